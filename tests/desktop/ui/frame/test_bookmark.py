"""After a lock one is where one was: record, section, box and caret; and the strip tells the last save."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit

from desktop.ui.kit.boxes.line_box import LineBox
from tests.desktop.ui.conftest import Driven

CONTROL = Qt.KeyboardModifier.ControlModifier


def lock_and_unlock(driven: Driven) -> None:
    driven.key(Qt.Key.Key_L, CONTROL)
    driven.unlock()


def strip(driven: Driven) -> str:
    label = driven.find("strip/saved")
    assert isinstance(label, QLabel)
    return label.text()


def test_one_returns_to_the_box_and_the_caret(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.type("f/during", "I went to the park")
    for _ in range(4):
        driven.key(Qt.Key.Key_Left)
    lock_and_unlock(driven)
    box = driven.find("f/during")
    assert isinstance(box, QTextEdit)

    assert QApplication.focusWidget() is box
    QTest.keyClicks(box, "big ")
    assert box.toPlainText() == "I went to the big park"
    assert strip(driven) == "Saving on this laptop"
    driven.autosaved()
    assert strip(driven).startswith("Saved on this laptop ")


def test_one_returns_into_a_row(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "places_people")
    driven.click("f/people/add")
    name = next(b for b in driven.window.findChildren(LineBox) if b.objectName().endswith("/name") and b.isVisible())
    path = name.objectName()
    driven.type(path, "Dexter")
    driven.key(Qt.Key.Key_Home)
    lock_and_unlock(driven)
    box = driven.find(path)
    assert isinstance(box, QLineEdit)

    assert QApplication.focusWidget() is box
    assert (box.text(), box.cursorPosition()) == ("Dexter", 0)


def test_one_returns_to_the_section_one_had_gone_on_to(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.click("f/words_not_said")
    driven.key(Qt.Key.Key_Return, CONTROL)
    lock_and_unlock(driven)
    title = driven.find("section/title")
    assert isinstance(title, QLabel)

    assert title.text() == "5 Why"


def test_the_strip_tells_the_last_save_after_a_lock(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.type("f/during", "Park")
    driven.autosaved()
    before = strip(driven)
    lock_and_unlock(driven)

    assert strip(driven) == before
    driven.look("dark", 100)
    assert strip(driven) == before


def test_a_code_that_is_shown_once_is_not_come_back_to(driven: Driven) -> None:
    driven.go("recovery", "AAAA BBBB")
    lock_and_unlock(driven)

    assert driven.window.where.place == "today"
    assert "AAAA" not in repr(vars(driven.window))


def test_where_one_was_is_gone_with_its_record(driven: Driven) -> None:
    """Then it is Today, with the sentence."""
    driven.go("form", "0" * 32)

    assert driven.window.where.place == "today"
    assert driven.window.messages.history[-1].title == "That record is not on this laptop."
