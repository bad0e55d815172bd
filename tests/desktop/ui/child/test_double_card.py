"""An episode recorded twice, on the child's page: both beside each other, and one press."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven


@pytest.fixture
def pair(driven: Driven) -> tuple[str, str]:
    """The one there is lasted from 22:20 to the evening after; another was begun in between."""
    who, first = driven.planted.child_id, driven.planted.episode_id
    times = {"last_seen_at": "2026-03-25T08:00:00+00:00", "reported_at": "2026-03-25T08:30:00+00:00"}
    return first, editing.new_record(driven.shell.desk, "missing_episode", who, {**times, "police_ref": "AP-7"})


@pytest.mark.parametrize(("said", "outcome"), [("same", "duplicate"), ("two", None)])
def test_the_two_stand_beside_each_other_and_one_press_decides(
    driven: Driven, pair: tuple[str, str], said: str, outcome: str | None
) -> None:
    driven.go("today")
    driven.click(next(n for n in names(driven) if n.startswith("today/matter/double/")))
    labels = [found.text() for found in driven.find("child").findChildren(QLabel) if found.isVisible()]
    shown = [line for words in labels for line in words.split("\n")]
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / "double.png"))
    assert {"Recorded first", "Recorded beside it", "24 March 2026, 22:20", "25 March 2026, 08:00"} <= set(shown)

    driven.click(f"child/double/{said}/{pair[0]}/{pair[1]}")
    assert driven.shell.desk.vault.view(pair[1]).answers().get("outcome") == outcome
    assert not any(name.startswith("child/double/") for name in names(driven))


def names(driven: Driven) -> list[str]:
    return [b.objectName() for b in driven.window.findChildren(QAbstractButton) if b.isVisible()]
