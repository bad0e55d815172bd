"""F1 explains the page one is on and leads back to it; words search everything Help says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from desktop.demo.walk.hand import pause
from tests.desktop.ui.conftest import Driven


def words(driven: Driven) -> str:
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def look_for(driven: Driven, typed: str) -> None:
    driven.type("help/text", typed)
    pause(250)
    driven.settle()


def test_f1_explains_this_page_and_alt_left_goes_back(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id)
    driven.key(Qt.Key.Key_F1)
    said = words(driven)
    assert "About this page: Filling in a form" in said
    assert "Use the chosen note in your answer" in said

    driven.key(Qt.Key.Key_F1)  # on Help itself it explains Help
    assert driven.window.where.place == "help"
    driven.go("form", driven.planted.interview_id)
    driven.key(Qt.Key.Key_F1)
    driven.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert (driven.window.where.place, driven.window.where.about) == ("form", driven.planted.interview_id)


def test_the_button_of_the_places_bar_explains_the_page_too(driven: Driven) -> None:
    driven.go("sending")
    driven.click("place/help")

    assert "About this page: Sending" in words(driven)


def test_words_find_what_help_says_and_without_them_all_is_there(driven: Driven) -> None:
    driven.go("help")
    look_for(driven, "forgotten pass")
    assert "two keepers of its keys" in words(driven)
    assert "Questions people ask" not in words(driven)

    look_for(driven, "zzz")
    assert driven.shows("help/none")
    box = driven.find("help/text", QLineEdit)
    assert isinstance(box, QLineEdit)
    box.clear()
    look_for(driven, " ")
    for title in ("Questions people ask", "How it works", "Keys"):
        assert title in words(driven)


def test_what_was_searched_for_is_there_after_a_lock(driven: Driven) -> None:
    driven.go("sending")
    driven.key(Qt.Key.Key_F1)
    driven.type("help/text", "stolen")
    driven.autosaved()
    driven.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    driven.unlock()

    assert driven.window.where.place == "help"
    assert "takes nothing more from that laptop" in words(driven)
