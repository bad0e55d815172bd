"""Today of an officer for education: what is due by month, and never an empty card of interviews."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.ui.conftest import Driven

FAMILIES: tuple[tuple[str, dict[str, JSON]], ...] = (
    ("Sage Thackery", {"last_contact": "2024-12-09", "child_last_seen": "2026-01-05"}),
    ("Bram Eastaugh", {"last_contact": "2025-04-10", "child_last_seen": "2026-01-05"}),
    ("Elowen Vickers", {"ehe_start": "2025-11-08"}),
)


@pytest.fixture
def helen(driven: Driven) -> Driven:
    desk = driven.shell.desk
    known = Officer(id=OfficerId("o1"), name="Helen Marchbanks", role="ehe_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, known)
    desk.joined_anew()
    for name, answers in FAMILIES:
        given, family = name.split()
        facts: dict[str, JSON] = {"given_name": given, "family_name": family, "date_of_birth": "2016-05-04"}
        child = editing.new_record(desk, "child", known=facts)
        editing.new_record(desk, "ehe_case", child, {"stage": "current", **answers})
    child = editing.new_record(desk, "child", known={"given_name": "Hazel", "date_of_birth": "2014-05-04"})
    editing.new_record(desk, "ehe_visit", child, {"visit_at": "2026-03-17T10:00:00+00:00"})
    driven.go("today")
    return driven


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_the_first_card_is_the_officers_own(helen: Driven, tmp_path: Path) -> None:
    said = words(helen)
    helen.window.grab().save(str(tmp_path / "today.png"))

    assert "Return home interviews due" not in said
    assert "What is due" in said
    assert "Sage Thackery, 9" in said
    assert "9 December 2025" in said
    assert "Bram Eastaugh, 9" not in said
    assert "Never contacted" in said
    assert "Elowen Vickers, 9" in said
    assert "Reports owed" in said
    assert "Hazel, 11" in said


def test_a_month_ahead_is_one_click_away_and_the_first_row_opens(helen: Driven) -> None:
    helen.click("today/months/1")
    ahead = words(helen)
    helen.click("today/months/0")
    screen = helen.window.frame.screen_shown if helen.window.frame else None
    assert screen is not None
    screen.primary()
    helen.settle()

    assert "Bram Eastaugh, 9" in ahead
    assert "Sage Thackery, 9" not in ahead
    assert not helen.shows("today/months")
