"""The window says plainly, and without a name, that records went by the council's rule; the verb says the same."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.cli import parse_arguments
from desktop.compose import build_catalogue
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.access.unlocking import Gate
from desktop.flows.council import sending
from desktop.flows.record import editing
from desktop.ui.app import application
from desktop.ui.window import MainWindow
from desktop.verbs.deeds import DEEDS
from tests.central.retention.ruled import age, destroyed, publish_rules
from tests.central.running import Council, running
from tests.desktop.doors import set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted
from tests.together.test_destroyed import BY_YEARS


@pytest.fixture
def joined(tmp_path: Path, qtbot: QtBot) -> Iterator[tuple[Council, Driven]]:
    """A laptop with a child and an episode that is long over."""
    with running(tmp_path / "central") as council:
        council.officer("nadia")
        publish_rules(council, BY_YEARS)
        gate = Gate(tmp_path / "home", build_catalogue(), council.clock)
        desk = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
        join(desk, council.url, council.code("nadia"))
        keep(desk, Preferences(sends_itself=False))
        child = editing.new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})
        found = {"last_seen_at": "2015-01-02T10:00:00+00:00", "found_at": "2015-01-03T10:00:00+00:00"}
        lost = editing.new_record(desk, "missing_episode", child, found)
        assert sending.sync(desk).problem is None
        desk.vault.close()
        application()
        window = MainWindow(gate)
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        driven = Driven(window, Planted(gate.home, child, lost, ""), council.clock, gate, qtbot)  # type: ignore[arg-type]
        driven.unlock()
        yield council, driven
        window.close()


def words(driven: Driven, picture: str) -> str:
    if folder := os.environ.get("PICTURES"):
        driven.window.resize(1366, 768)
        driven.settle()
        driven.window.grab().save(str(Path(folder) / f"{picture}.png"))
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def verb(driven: Driven, *line: str) -> str:
    args = parse_arguments(["destroyed", *line])
    value, said = DEEDS["destroyed"](args, driven.shell.desk)
    return json.dumps(value) if "json" in args else said


def test_it_is_said_until_it_was_read_and_stands_there_afterwards(joined: tuple[Council, Driven]) -> None:
    council, driven = joined
    assert "destroyed nothing" in verb(driven)
    age(council, driven.planted.episode_id)
    destroyed(council)
    driven.go("form", driven.planted.episode_id)
    driven.go("sending")
    driven.click("sending/now")
    driven.settle()
    line = "The council destroyed 1 record of the form Missing episode on "

    assert line in words(driven, "destroyed-sending")
    assert "Hollowby" not in next(text for text in words(driven, "destroyed-sending").split("\n") if line in text)
    driven.go("today")
    assert line in words(driven, "destroyed-today")
    driven.window.lock()
    driven.settle()
    driven.unlock()
    driven.go("today")
    assert line in words(driven, "destroyed-after-a-lock")
    driven.click("today/destroyed")
    driven.click("sending/destroyed-read")
    driven.settle()
    assert not driven.shows("sending/destroyed-read")
    assert line in words(driven, "destroyed-read")
    driven.go("today")
    assert not driven.shows("today/destroyed")
    driven.go("child", driven.planted.child_id)
    assert "Hollowby" in words(driven, "destroyed-child")
    (row,) = json.loads(verb(driven, "--json"))
    assert (row["form"], row["records"]) == ("missing_episode", 1)
    assert "as its rule says" in verb(driven)
    driven.go("form", driven.planted.episode_id)
    assert "Traceback" not in words(driven, "destroyed-form-gone")
