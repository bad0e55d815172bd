"""What other records offer, on the form: taken or left by a press, remembered, and never filled in by itself."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from desktop.flows.due import find_me_plans
from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven

PLACES = [
    {"id": "park", "name": "Skate park", "area": "Brackenford", "add_to_plan": True},
    {"id": "mill", "name": "Millgate", "add_to_plan": True},
]


@pytest.fixture
def plan(driven: Driven) -> str:
    """The plan of a child whose interview marked two places for it, at the section that asks for places."""
    desk = driven.shell.desk
    known = {"offer_decision": "yes", "offers": [{"id": "o", "reply": "accepted"}], "went_ahead": "yes"}
    editing.answer(desk, driven.planted.interview_id, {**known, "places": PLACES})
    editing.answer(desk, driven.planted.child_id, {"language": "Urdu"})
    begun = find_me_plans.open_plan(desk, driven.planted.child_id)
    driven.go("form", begun, "where_who_how")
    return begun


def said(driven: Driven, name: str) -> str:
    found = driven.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def press(driven: Driven, name: str) -> None:
    QTest.keyClick(driven.find(name), Qt.Key.Key_Space)
    driven.settle()


def names(driven: Driven, record: str) -> list[object]:
    rows = editing.open_record(driven.shell.desk, record).answers.get("likely_places", [])
    return [row["name"] for row in rows]


def test_nothing_is_there_until_somebody_takes_it(driven: Driven, plan: str) -> None:
    assert said(driven, "offered/park/words") == "Skate park. Brackenford"
    assert said(driven, "offered/park/from").startswith("From the interview of ")
    driven.autosaved()
    assert names(driven, plan) == []


def test_the_window_keeps_the_keyboard(driven: Driven, plan: str) -> None:
    """A panel shown before it stands in the page would open as a window of its own, and take the keyboard with it."""
    assert QApplication.activeWindow() is driven.window
    assert QApplication.focusWidget() is not None


def test_one_is_taken_and_one_left_by_keyboard(driven: Driven, plan: str) -> None:
    """The row shows where it came from; the panel goes when nothing is left to decide."""
    press(driven, "offered/park/take")
    assert driven.shows("r/likely_places/park/toggle")
    assert any("From the interview of" in found.text() for found in driven.window.findChildren(QLabel))
    press(driven, "offered/mill/leave")
    driven.autosaved()
    assert names(driven, plan) == ["Skate park"]

    driven.go("today")
    driven.go("form", plan, "where_who_how")
    assert not driven.shows("offered/likely_places")
    assert names(driven, plan) == ["Skate park"]


def test_all_are_taken_at_once(driven: Driven, plan: str) -> None:
    driven.click("offered/likely_places/all")
    driven.autosaved()

    assert names(driven, plan) == ["Skate park", "Millgate"]


def test_what_was_left_can_be_taken_after_all(driven: Driven, plan: str) -> None:
    driven.click("offered/mill/leave")
    driven.click("offered/mill/back")
    driven.autosaved()

    assert names(driven, plan) == ["Millgate"]


def test_an_answer_of_the_childs_record_is_used_by_a_press_and_says_its_source(driven: Driven, plan: str) -> None:
    driven.go("form", plan, "who")
    assert said(driven, "f/language/told") == "From the child’s record: Urdu"
    assert "language" not in editing.open_record(driven.shell.desk, plan).answers
    driven.click("f/language/use")
    driven.autosaved()

    assert editing.open_record(driven.shell.desk, plan).answers["language"] == "Urdu"
    assert said(driven, "f/language/told") == "From the child’s record"
    assert not driven.shows("f/language/use")


def test_what_was_known_before_of_a_name_stands_beside_it(driven: Driven) -> None:
    """As drawn: where the name stands already, a way to that record, and a plain word when it stands nowhere."""
    desk, planted = driven.shell.desk, driven.planted
    kit = editing.new_record(desk, "child", "", {"given_name": "Kit", "family_name": "Dunmore"})
    known = {"last_seen_at": "2026-03-16T22:20:00+00:00", "last_seen_where": "By a man called Dexter, in a grey car"}
    episode = editing.new_record(desk, "missing_episode", kit, known)
    met = {"offer_decision": "yes", "offers": [{"id": "o", "reply": "accepted"}], "went_ahead": "yes"}
    people = [{"id": "p1", "name": "Dexter"}, {"id": "p2", "name": "Zebedee"}]
    editing.answer(desk, planted.interview_id, {**met, "people": people})
    driven.go("form", planted.interview_id, "places_people")

    assert said(driven, "known/0/line").startswith("Dexter. Kit Dunmore, the episode, 16 March 2026: ")
    assert "grey car" in said(driven, "known/0/line")
    assert said(driven, "known/nowhere") == "Zebedee. In no other record on this laptop."
    assert not driven.shows("known/1")
    driven.go("form", planted.interview_id, "harm_risk")
    assert not driven.shows("known")
    driven.go("form", planted.interview_id, "places_people")
    driven.click("known/0")
    assert driven.window.shell is not None
    screen = driven.window.frame.screen_shown if driven.window.frame else None
    assert getattr(screen, "record_id", "") == episode
