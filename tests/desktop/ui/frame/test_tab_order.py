"""By Tab alone: what the page asks, Save and continue, then everything else; Enter does what has the focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from casework.forms.vocabulary import SAID_BY
from tests.desktop.ui.conftest import Driven


def here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def stops(driven: Driven) -> list[str]:
    """The names of what Tab visits, from where the page puts the keyboard until it comes round."""
    begun, names = here(), [here().objectName()]
    QTest.keyClick(begun, Qt.Key.Key_Tab)
    while here() is not begun:
        names.append(here().objectName())
        QTest.keyClick(here(), Qt.Key.Key_Tab)
        assert len(names) < 200, names
    return names


def test_after_the_last_answer_comes_the_way_on(driven: Driven) -> None:
    """It was 25 Tabs away: the rail, the places and the strip stood between."""
    driven.go("form", driven.planted.interview_id, "your_words")
    found = stops(driven)
    asked = [name for name in found if name.startswith("f/")]
    ways = ["save-and-continue", "come-back-later", "notes/box", "rail/episode", "strip/waiting", "place/today"]

    assert found[: len(asked)] == asked
    assert found[len(asked)] == "save-and-continue"
    assert sorted(ways, key=found.index) == ways


def test_a_section_that_is_opened_later_is_no_further_away(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.click("rail/why")
    found = stops(driven)
    way_on = found.index("save-and-continue")

    assert [name for name in found[:way_on] if not name.startswith("f/")] == []
    above = ["f/push_factors/ways", "f/push_factors/not_said", "f/push_factors/none/not_asked"]  # the first box
    assert [name for name in found[way_on:] if name.startswith("f/")] == above


def test_who_said_it_comes_after_the_answers_in_their_order(driven: Driven) -> None:
    """Under the list; made for the tick, when everything else in the section is there already."""
    driven.go("form", driven.planted.interview_id, "why")
    for code in ("bored", "bullying"):
        driven.click(f"f/push_factors/{code}")
    found = stops(driven)
    last = found.index("f/push_factors/other")
    said = [f"f/push_factors/{code}/{who}" for code in ("bullying", "bored") for who in SAID_BY]

    assert found[last + 1 : last + 7] == said


def test_shift_tab_goes_the_same_way_back(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "your_words")
    there = stops(driven)
    back = []
    for _ in there:
        QTest.keyClick(here(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
        back.append(here().objectName())

    assert back == [*reversed(there)]


def test_enter_presses_whatever_has_the_focus(driven: Driven) -> None:
    """Start on Today, a section in the rail, a place: each did nothing."""
    start = next(name for name in stops(driven) if name.startswith("today/start/"))
    driven.find(start).setFocus()
    driven.key(Qt.Key.Key_Return)
    assert driven.window.where.place == "form"
    driven.find("rail/why").setFocus()
    driven.key(Qt.Key.Key_Enter)
    assert driven.shows("f/push_factors/ways")
    driven.find("place/help").setFocus()
    driven.key(Qt.Key.Key_Return)
    assert driven.window.where.place == "help"
