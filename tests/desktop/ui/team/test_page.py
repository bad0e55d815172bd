"""Team in the window: a manager's place, its lists with their counts, and each line opens its record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from casework.identifiers import OfficerId
from desktop.flows.record import editing
from desktop.flows.team.exception_row import Gap
from desktop.store.database.remembered import OFFICER, Officer
from desktop.ui.caseload.case_view import CaseView
from tests.desktop.ui.conftest import Driven


def becomes_manager(driven: Driven, role: str = "missing_manager", name: str = "Tom Applegarth") -> None:
    """The places of a role stand in the bar from the next unlocking."""
    desk = driven.shell.desk
    officer = Officer(id=OfficerId("o2"), name=name, role=role, council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    driven.window.lock()
    driven.settle()
    driven.unlock()
    driven.settle()


@pytest.fixture
def actions(driven: Driven) -> list[str]:
    desk, child = driven.shell.desk, driven.planted.child_id
    said = [{"what": f"Ring {who}", "who": who, "by_when": "2026-03-20"} for who in ("Sam", "Ida")]
    found = [editing.new_record(desk, "action", child, answers) for answers in said]
    becomes_manager(driven)
    return found


def table(driven: Driven) -> CaseView:
    found = driven.find("team/table")
    assert isinstance(found, CaseView)
    return found


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_an_advocate_has_no_such_place(driven: Driven) -> None:
    assert not driven.shows("place/team")


def test_a_list_is_chosen_filtered_and_its_line_opened(driven: Driven, actions: list[str]) -> None:
    """The count at the left is the count of the list; one filled button opens what is chosen."""
    driven.click("place/team")
    assert driven.find(f"team/list/{Gap.ACTION_OVER}").accessibleName() == "Actions overdue, 2"

    driven.click(f"team/list/{Gap.ACTION_OVER}")
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / "team.png"))
    assert table(driven).model().rowCount() == 2
    driven.type("team/words", "ida")
    driven.settle()
    assert table(driven).model().rowCount() == 1
    assert "Actions overdue: 1 of 2 lines" in words(driven)
    driven.click("team/open")

    assert driven.window.where.about == actions[1]


def test_an_action_is_taken_to_supervision_and_the_table_saved(
    driven: Driven, actions: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driven.click("place/team")
    driven.click(f"team/list/{Gap.ACTION_OVER}")
    driven.click("team/supervision")
    assert table(driven).chosen().reason == "Taken to supervision Fri 27 March"
    whole = driven.find("team/reason")
    assert isinstance(whole, QLabel)
    assert whole.text() == f"{table(driven).chosen().what}. Reason on record: Taken to supervision Fri 27 March"

    file = tmp_path / "team.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(file), ""))
    driven.click("team/save")

    assert file.read_text(encoding="utf-8-sig").count("Actions overdue") == 2


def test_enter_opens_the_record_of_a_late_interview(driven: Driven) -> None:
    """What is held late or open stands there first."""
    becomes_manager(driven)
    driven.clock.passes(hours=24 * 10)
    driven.go("team")
    view = table(driven)
    assert view.chosen().gap is Gap.LATE

    QTest.keyClick(view, Qt.Key.Key_Return)
    driven.settle()

    assert driven.window.where.about == driven.planted.interview_id


def test_it_begins_with_the_first_list_that_has_something(driven: Driven, actions: list[str]) -> None:
    """Nothing is late yet: an empty list says so, and is not what a manager is shown first."""
    driven.go("team")
    begun = table(driven).chosen()
    driven.click(f"team/list/{Gap.LATE}")
    picture = table(driven).viewport().grab().toImage()
    colours = {picture.pixel(x, picture.height() // 2) for x in range(picture.width())}

    assert begun is not None
    assert begun.gap is not Gap.LATE
    assert table(driven).model().rowCount() == 0
    assert len(colours) > 2


@pytest.mark.parametrize("role", ["ehe_lead", "cme_lead", "education_manager"])
def test_who_manages_education_has_the_lists_of_education_alone(driven: Driven, role: str) -> None:
    """After a lock too; what is over stands with its officer and opens, and nothing leads to the missing service."""
    desk = driven.shell.desk
    child = editing.new_record(desk, "child", known={"given_name": "Otto", "date_of_birth": "2016-05-04"})
    home = editing.new_record(desk, "ehe_case", child, {"stage": "current", "ehe_start": "2023-09-08"})
    becomes_manager(driven, role, "Lena Okafor")
    driven.click("place/team")
    said = driven.find(f"team/list/{Gap.HOME_EDUCATION}").accessibleName()
    assert said.startswith("Home education, overdue, ")
    assert not said.endswith(" 0")
    assert not any(driven.shows(name) for name in ("team/themes", "team/harbouring", "team/police", "team/list/late"))
    driven.type("team/words", "ott")
    driven.settle()
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"team-{role}.png"))
    assert table(driven).chosen().record_id == home
    driven.click("team/open")

    assert driven.window.where.about == home
