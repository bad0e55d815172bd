"""Acceptance checks that go across pages, by their numbers; `docs/checks.md` names the test of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.demo.walk.hand import Hand
from desktop.flows.due.interviews.interviews_due import due_interviews
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.ui.theme import look
from tests.desktop.ui.conftest import Driven
from tests.journeys.keyboard_hand import KeyboardHand

FEWEST = 6  # answers of somebody who says no


@pytest.mark.parametrize("typed", ["27 3 2012", " 27 March 2012. ", "27/03/2012"])
def test_a_date_is_taken_as_it_is_written(driven: Driven, typed: str) -> None:
    """Check 13: pasted or typed whole into the first box, in the ways people write a day."""
    born = editing.new_record(driven.shell.desk, "child", "", {"given_name": "Otto", "family_name": "Pennyfeather"})
    driven.go("form", born)
    QGuiApplication.clipboard().setText(typed)
    box = driven.find("f/date_of_birth/day")
    assert isinstance(box, QLineEdit)
    box.setFocus()
    box.paste()
    driven.autosaved()

    assert editing.open_record(driven.shell.desk, born).answers["date_of_birth"] == "2012-03-27"


def test_not_known_is_an_answer_and_blank_stays_blank(driven: Driven) -> None:
    """Check 13: nobody makes up a time, and an empty box makes none."""
    desk = driven.shell.desk
    about = editing.new_record(desk, "missing_episode", driven.planted.child_id, {"outcome": "real"})
    driven.go("form", about)
    hand = Hand(driven.window, driven.planted.home)
    hand.click("f/reported_at/none/not_known")
    driven.find("f/last_seen_at/day").setFocus()
    driven.key(Qt.Key.Key_Tab)
    driven.autosaved()
    answers = editing.open_record(desk, about).answers

    assert answers["reported_at"] == {"none": "not_known"}
    assert "last_seen_at" not in answers


def test_a_no_takes_six_answers_and_is_not_red(driven: Driven, tmp_path: Path) -> None:
    """Check 14: by keyboard, to the page where it is signed; the clock has stopped, with the reason."""
    desk, record = driven.shell.desk, driven.planted.interview_id
    before = set(editing.open_record(desk, record).answers)
    hand = KeyboardHand(driven.window, tmp_path)
    driven.go("form", record, "episode")
    hand.choose("f/care_status", "lac")
    driven.go("form", record, "offer")
    hand.choose("f/offer_decision", "yes")
    offer = hand.add_row("offers")
    hand.click(f"{offer}/at/now")
    hand.choose(f"{offer}/how", "in_person")
    hand.choose(f"{offer}/reply", "declined")
    hand.click("f/decline_reason/not_said")
    driven.autosaved()
    red = set(_red(driven.find("form")))
    driven.go("today")
    given = set(editing.open_record(desk, record).answers) - before

    assert len(given) + 2 <= FEWEST  # an offer is three: when, how and what was answered
    assert signing.check(desk, record).stops == ()
    assert red == set()
    assert [found.record_id for found in due_interviews(desk)] == []


def test_one_interview_for_two_absences_asks_everything_once(driven: Driven, tmp_path: Path) -> None:
    """Check 16: the second is chosen in the first's interview, and both absences then lead to that one record."""
    desk, record = driven.shell.desk, driven.planted.interview_id
    times = {"last_seen_at": "2026-03-26T18:00:00+00:00", "found_at": "2026-03-26T23:10:00+00:00"}
    second = editing.new_record(desk, "missing_episode", driven.planted.child_id, times)
    assert [found.episode_id for found in due_interviews(desk)].count(second) == 1
    hand = KeyboardHand(driven.window, tmp_path)
    driven.go("form", record, "episode")
    hand.choose(f"{hand.add_row('also_covers')}/also_episode_id", second)
    asked = [name for name in hand.names() if name.startswith("f/") and name.count("/") == 1]
    driven.go("today")

    assert {found.episode_id: found.record_id for found in due_interviews(desk)} == {
        driven.planted.episode_id: record,
        second: record,
    }
    assert len(asked) == len(set(asked))


def _red(page: QWidget) -> Iterator[str]:
    """Where the colour of a problem is painted on it."""
    wanted = look().colour("error")
    picture = page.grab().toImage()
    for y in range(0, picture.height(), 2):
        for x in range(0, picture.width(), 2):
            if QColor(picture.pixel(x, y)) == wanted:
                yield f"{x},{y}"
