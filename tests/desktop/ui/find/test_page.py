"""Find: results while typing, the keyboard all the way, and never another child than the one asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.demo.walk.hand import pause
from desktop.flows.record import editing
from desktop.ui.find.page import PAUSE_MS
from tests.desktop.ui.conftest import Driven


@pytest.fixture
def otto(driven: Driven) -> str:
    """A second child, and the page to find either."""
    facts = {"given_name": "Otto", "family_name": "Pennyfeather"}
    child = editing.new_record(driven.shell.desk, "child", "", facts)
    driven.go("find")
    return child


def found(driven: Driven, words: str) -> None:
    """Typed, and the results there."""
    driven.type("find/text", words)
    pause(2 * PAUSE_MS)
    driven.settle()


def heading(driven: Driven) -> str:
    assert driven.window.frame is not None
    assert driven.window.frame.screen_shown is not None
    return driven.window.frame.screen_shown.title()


def test_results_come_while_somebody_types_and_the_arrows_lead_to_them(driven: Driven, otto: str) -> None:
    found(driven, "pennyf")
    assert driven.shows(f"find/{otto}")
    assert not driven.shows(f"find/{driven.planted.child_id}")

    driven.key(Qt.Key.Key_Down)
    driven.key(Qt.Key.Key_Return)
    assert heading(driven) == "Otto Pennyfeather"


def test_enter_opens_what_was_typed_and_not_what_was_found_before(driven: Driven, otto: str) -> None:
    """The results on the screen are of other words until the pause is over: they are another child's."""
    found(driven, "hollo")
    assert driven.shows(f"find/{driven.planted.child_id}")
    box = driven.find("find/text")
    QTest.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(box, "otto")
    QTest.keyClick(box, Qt.Key.Key_Return)
    driven.settle()

    assert heading(driven) == "Otto Pennyfeather"


def test_nothing_found_says_so_and_offers_to_add_a_child(driven: Driven, otto: str) -> None:
    found(driven, "zzz")
    assert not driven.shows(f"find/{otto}")
    driven.key(Qt.Key.Key_Return)
    driven.click("find/add")
    assert heading(driven) == "New record"


def test_what_can_be_done_is_found_as_children_are(driven: Driven, otto: str) -> None:
    """Ctrl+K, a few letters, Enter."""
    driven.key(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found(driven, "new re")
    assert driven.shows("find/act/new")
    assert not driven.shows("find/act/lock")
    driven.key(Qt.Key.Key_Return)

    assert driven.window.where.place == "new"


def test_a_child_comes_before_what_can_be_done(driven: Driven, otto: str) -> None:
    """And what can be done for that child before what can be done from anywhere."""
    lockwood = editing.new_record(driven.shell.desk, "child", known={"given_name": "Lockwood"})
    driven.go("find")
    found(driven, "lock")
    assert driven.shows(f"find/{lockwood}")
    for _child_card_new_lock in range(4):
        driven.key(Qt.Key.Key_Down)
    driven.key(Qt.Key.Key_Return)

    assert driven.window.shell is None
