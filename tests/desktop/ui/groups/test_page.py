"""Groups in the window: the agenda is made, a child is spoken of, an action given, and the minutes are saved."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QTextEdit

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.groups.meeting_list import items_of, meetings
from desktop.flows.groups.minutes import minutes
from desktop.flows.record import editing
from desktop.store.database.remembered import CERTIFICATE, OFFICER, Certificate, Officer
from desktop.ui.kit.basics.drop_down import DropDown
from tests.desktop.documents.conformance import text_of
from tests.desktop.documents.council import Council
from tests.desktop.ui.conftest import NAME, Driven


@pytest.fixture
def meeting(driven: Driven) -> Driven:
    """On the page of a meeting of today, at its first child."""
    driven.click("place/groups")
    driven.click("groups/agenda/operational")
    return driven


def item_id(driven: Driven) -> str:
    desk = driven.shell.desk
    return items_of(desk, meetings(desk)[0].record_id)[0].record_id


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def picture(driven: Driven, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        driven.window.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_child_is_spoken_of_and_the_worker_told(meeting: Driven) -> None:
    """The words are kept as they are typed; Ctrl+Enter says done."""
    driven, desk = meeting, meeting.shell.desk
    assert driven.window.where.place == "meeting"
    assert f"{NAME}, 14" in words(driven)
    assert "Back, and no agreed plan" in words(driven)
    picture(driven, "meeting")

    driven.type("meeting/decided", "The plan is made with Wren before Friday.")
    driven.autosaved()
    driven.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    (item,) = minutes(desk, meetings(desk)[0].record_id).items
    assert (item.decided, item.is_done) == ("The plan is made with Wren before Friday.", True)
    assert "1 child, 1 done" in words(driven)


def test_typed_words_are_kept_when_the_page_is_left(meeting: Driven) -> None:
    meeting.type("meeting/decided", "Half a thought")
    meeting.go("groups")
    meeting.settle()
    picture(meeting, "groups")

    meeting.click(f"groups/meeting/{meetings(meeting.shell.desk)[0].record_id}")
    box = meeting.find("meeting/decided")
    assert isinstance(box, QPlainTextEdit | QTextEdit)
    assert "Half a thought" in box.toPlainText()


def test_an_action_without_a_day_is_refused_and_its_words_stay(meeting: Driven) -> None:
    driven = meeting
    driven.type("meeting/action/what", "Ask for the bus station pictures")
    driven.type("meeting/action/who", "PC Anand")
    driven.click("meeting/action/add")
    assert "An action needs" in words(driven)
    box = driven.find("meeting/action/what")
    assert isinstance(box, QLineEdit)
    assert box.text() == "Ask for the bus station pictures"

    for part, typed in (("day", "3"), ("month", "4"), ("year", "2026")):
        driven.type(f"meeting/action/by/{part}", typed)
    driven.click("meeting/action/add")

    (action,) = driven.shell.desk.vault.summaries(form_id="action")
    assert (action.answers["who"], action.answers["by_when"]) == ("PC Anand", "2026-04-03")
    assert action.answers["from_record"] == item_id(driven)
    assert "PC Anand, by Fri 3 April" in words(driven)


def test_who_is_here_and_a_child_put_on_by_a_person(meeting: Driven) -> None:
    driven, desk = meeting, meeting.shell.desk
    milo = editing.new_record(desk, "child", "", {"given_name": "Milo", "family_name": "Fernsby"})
    driven.click("meeting/item/here")
    driven.type("meeting/member/name", "Ida Moor")
    driven.click("meeting/member/away")
    assert "Ida Moor. Apologies" in words(driven)

    child = driven.find("meeting/put_on/child")
    assert isinstance(child, DropDown)
    child.put(milo)
    driven.type("meeting/put_on/why", "A new adult with a car")
    driven.click("meeting/put_on")
    picture(driven, "meeting_here")

    found = minutes(desk, meetings(desk)[0].record_id)
    assert [one.why[0] for one in found.items if one.child.child_id == milo] == [
        "Put on by Nadia Brightwater: A new adult with a car"
    ]


def test_the_minutes_are_saved_for_one_recipient(
    meeting: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driven, mine = meeting, Council().officer("Nadia Brightwater")
    certificate = Certificate(chain_pem=mine.chain_pem, key_pem=mine.key_pem)
    driven.shell.desk.vault.settings.put(CERTIFICATE, certificate)
    file = tmp_path / "minutes.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    which = driven.find("meeting/copy")
    assert isinstance(which, DropDown)
    which.put("partner")

    driven.click("meeting/pdf")

    assert NAME in text_of(file)
    assert "No agreed plan" not in text_of(file).split("Decided")[0].split("Why")[0]


def test_who_is_not_spoken_of_is_carried_over(meeting: Driven) -> None:
    meeting.click("meeting/carry")
    assert "Carried over" in words(meeting)
    meeting.click("meeting/item/here")
    meeting.click("meeting/end")

    assert meetings(meeting.shell.desk)[0].ended


def test_half_an_action_is_there_again(meeting: Driven) -> None:
    """Left, it waits; given, it is gone from the box."""
    meeting.type("meeting/action/what", "Ask for the bus")
    meeting.go("groups")
    meeting.click(f"groups/meeting/{meetings(meeting.shell.desk)[0].record_id}")
    meeting.settle()
    box = meeting.find("meeting/action/what")
    assert isinstance(box, QLineEdit)
    assert box.text() == "Ask for the bus"

    meeting.type("meeting/action/who", "PC Anand")
    for part, typed in (("day", "3"), ("month", "4"), ("year", "2026")):
        meeting.type(f"meeting/action/by/{part}", typed)
    meeting.click("meeting/action/add")
    meeting.settle()

    box = meeting.find("meeting/action/what")
    assert isinstance(box, QLineEdit)
    assert box.text() == ""


def test_the_overview_group_of_home_education_is_kept_in_the_window(driven: Driven) -> None:
    """S1 EHE 2.4.2: its agenda by rule, where each case stands, and who is expected until they come."""
    desk = driven.shell.desk
    officer = Officer(id=OfficerId("o1"), name="Helen Marchbanks", role="ehe_officer", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.joined_anew()
    child = editing.new_record(desk, "child", known={"given_name": "Sage", "date_of_birth": "2014-05-04"})
    known: dict[str, JSON] = {"stage": "current", "ehe_start": "2024-09-02", "child_last_seen": "2025-01-10"}
    editing.new_record(desk, "ehe_case", child, {**known, "last_contact": "2026-03-02"})
    driven.go("groups")
    driven.click("groups/agenda/ehe_overview")
    picture(driven, "overview")

    said = words(driven)
    assert "Not known to be seen since 10 January 2025" in said
    assert "The case" in said
    assert "Current. Last contact 2 March 2026" in said
    driven.click("meeting/item/here")
    driven.settle()
    picture(driven, "overview-here")
    assert "Social care. Expected" in words(driven)
    driven.type("meeting/member/name", "NSPCC")
    driven.click("meeting/member/here")
    driven.settle()
    assert "NSPCC, Voluntary organisation. Here" in words(driven)
