"""What stands in any box is on the disk soon after, whatever it is, and is there again."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from desktop.flows.record import editing
from desktop.ui.kit.boxes.line_box import LineBox
from desktop.ui.kit.fields.narrative import WordsBox
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def meeting(driven: Driven) -> Driven:
    driven.go("form", driven.planted.interview_id, "meeting")
    return driven


def left(driven: Driven) -> None:
    driven.go("today")


def locked_and_unlocked(driven: Driven) -> None:
    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()


def paste(driven: Driven, name: str, words: str) -> None:
    QApplication.clipboard().setText(words)
    driven.find(name).setFocus()
    QTest.keyClick(driven.find(name), Qt.Key.Key_V, CONTROL)


def words_in(driven: Driven, name: str) -> str:
    box = driven.find(name)
    assert isinstance(box, (WordsBox, LineBox))
    return box.words()


def strip(driven: Driven) -> str:
    label = driven.find("strip/saved")
    assert isinstance(label, QLabel)
    return label.text()


@pytest.mark.parametrize("go", [left, locked_and_unlocked])
def test_half_a_date_comes_back_as_it_stood(meeting: Driven, go: Callable[[Driven], None]) -> None:
    for part, words in (("day", "31"), ("month", "Febr"), ("time", "14:")):
        meeting.type(f"f/started_at/{part}", words)
    go(meeting)
    meeting.go("form", meeting.planted.interview_id, "meeting")

    shown = [words_in(meeting, f"f/started_at/{part}") for part in ("day", "month", "year", "time")]
    assert shown == ["31", "Febr", "", "14:"]
    assert "started_at" not in editing.open_record(meeting.shell.desk, meeting.planted.interview_id).answers


def test_the_strip_says_saved_only_once_half_a_date_is_on_the_disk(meeting: Driven) -> None:
    meeting.type("f/started_at/day", "31")
    assert strip(meeting) == "Saving on this laptop"
    assert meeting.shell.desk.vault.half_typed.of(meeting.planted.interview_id) == {}
    meeting.autosaved()

    assert strip(meeting).startswith("Saved on this laptop ")
    kept = meeting.shell.desk.vault.half_typed.of(meeting.planted.interview_id)["f/started_at"].raw
    assert isinstance(kept, dict)
    assert kept["day"] == "31"


def test_a_paste_from_word_is_saved_line_by_line(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "your_words")
    paste(driven, "f/before", "I left at nine.\x0bThen I got\x00 the bus.\u2028Home.")
    driven.autosaved()
    driven.type("f/before", "!")
    driven.autosaved()

    kept = editing.open_record(driven.shell.desk, driven.planted.interview_id).answers["before"]
    assert kept == "I left at nine.\nThen I got the bus.\nHome.!"


@pytest.fixture
def person(driven: Driven) -> str:
    """The path of the name of a person just added to the interview."""
    driven.go("form", driven.planted.interview_id, "places_people")
    driven.click("f/people/add")
    boxes = driven.window.findChildren(LineBox)
    return next(box.objectName() for box in boxes if box.objectName().endswith("/name") and box.isVisible())


def names(driven: Driven) -> list[object]:
    answers = editing.open_record(driven.shell.desk, driven.planted.interview_id).answers
    return [row.get("name") for row in answers.get("people", [])]


def test_a_paste_into_one_line_keeps_its_words(driven: Driven, person: str) -> None:
    paste(driven, person, "one\x0btwo\x1b\u2029three")
    driven.autosaved()

    assert words_in(driven, person) == "one two three"
    assert names(driven) == ["one two three"]


def test_too_many_words_are_kept_and_counted(driven: Driven, person: str) -> None:
    """620 letters into 500: none is cut, how many are too many is said, and all are there again."""
    words = "word " * 124
    paste(driven, person, words)
    said = driven.find(f"{person}/problem")
    assert isinstance(said, QLabel)
    assert said.text().startswith("This takes 500 letters, and 120 are too many.")
    left(driven)
    driven.go("form", driven.planted.interview_id, "places_people")
    driven.click(f"{person.removesuffix('/name')}/toggle")

    assert words_in(driven, person) == words
    assert driven.shows(f"{person}/problem")
    assert names(driven) == [None]
    box = driven.find(person)
    assert isinstance(box, QLineEdit)
    box.setCursorPosition(500)
    for _ in range(120):
        QTest.keyClick(box, Qt.Key.Key_Delete)
    driven.autosaved()
    assert not driven.shows(f"{person}/problem")
    assert names(driven) == [words[:500]]


@pytest.mark.parametrize("word", ["word ", "x"])
def test_a_megabyte_is_said_at_once_and_no_key_takes_a_second(driven: Driven, word: str) -> None:
    """Also where there is no space to break at, which a layout of the whole would take minutes over."""
    driven.go("form", driven.planted.interview_id, "your_words")
    words = (word * 1_000_000)[:1_000_000]
    began = time.monotonic()
    paste(driven, "f/before", words)
    pasted = time.monotonic() - began
    began = time.monotonic()
    QTest.keyClick(driven.find("f/before"), Qt.Key.Key_Home, CONTROL)
    QTest.keyClick(driven.find("f/before"), Qt.Key.Key_A)
    typed = time.monotonic() - began
    assert driven.shows("f/before/problem")
    left(driven)
    driven.go("form", driven.planted.interview_id, "your_words")

    assert words_in(driven, "f/before") == "a" + words
    assert pasted < 5
    assert typed < 2


def test_words_under_a_tick_come_back_when_it_is_taken_away(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "why")
    driven.type("f/main_reason", "To see Jude")
    driven.click("f/main_reason/none/not_said")
    left(driven)
    driven.go("form", driven.planted.interview_id, "why")
    assert words_in(driven, "f/main_reason") == "To see Jude"
    driven.click("f/main_reason/none/not_said")
    driven.autosaved()

    assert editing.open_record(driven.shell.desk, driven.planted.interview_id).answers["main_reason"] == "To see Jude"


def test_a_year_nobody_was_born_in_is_said_at_its_question(driven: Driven) -> None:
    """The store would refuse it: it stays in its boxes, and the sentence stands there when one goes on."""
    driven.go("form", driven.planted.interview_id, "meeting")
    for part, words in (("day", "3"), ("month", "2"), ("year", "1626"), ("time", "14:00")):
        driven.type(f"f/started_at/{part}", words)
    left(driven)
    driven.go("form", driven.planted.interview_id, "meeting")
    driven.click("save-and-continue")
    said = driven.find("f/started_at/problem")
    assert isinstance(said, QLabel)

    assert words_in(driven, "f/started_at/year") == "1626"
    assert "needs a year from 1900 to 2199" in said.text()
