"""Ctrl+Z in a form: by word, across sections, after a lock; never over what came from elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from casework.canonical import JSON
from desktop.demo.walk.hand import press
from desktop.flows.record import editing
from desktop.ui.form.page import FormScreen
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.boxes.line_box import LineBox
from desktop.ui.kit.fields.narrative import WordsBox
from tests.desktop.ui.conftest import Driven

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def form(driven: Driven) -> Driven:
    driven.go("form", driven.planted.interview_id, "your_words/during")
    return driven


def type_in(driven: Driven, name: str, words: str) -> None:
    box = driven.find(name)
    box.setFocus()
    for letter in words:
        press(box, letter)


def words(driven: Driven, name: str = "f/during") -> str:
    box = driven.find(name)
    assert isinstance(box, (LineBox, WordsBox))
    return box.words()


def undo(driven: Driven) -> None:
    driven.key(Qt.Key.Key_Z, CONTROL)


def redo(driven: Driven) -> None:
    driven.key(Qt.Key.Key_Z, CONTROL | SHIFT)


def kept(driven: Driven) -> JSON:
    return editing.open_record(driven.shell.desk, driven.planted.interview_id).answers.get("during")


def show(driven: Driven, section: str) -> None:
    shown = driven.window.frame.screen_shown if driven.window.frame else None
    assert isinstance(shown, FormScreen)
    shown.show_section(section)
    driven.settle()


def test_word_by_word_and_again_with_the_caret_behind_it(form: Driven) -> None:
    """And what stands there is what is kept."""
    type_in(form, "f/during", "I got the bus")
    undo(form)
    undo(form)
    assert words(form) == "I got "
    redo(form)
    assert words(form) == "I got the "
    type_in(form, "f/during", "train")
    form.autosaved()

    assert kept(form) == "I got the train"
    redo(form)
    assert words(form) == "I got the train"


def test_it_goes_to_the_section_it_is_about(form: Driven) -> None:
    """Half a date is a step as well."""
    type_in(form, "f/during", "Bus")
    show(form, "meeting")
    type_in(form, "f/started_at/day", "31")
    undo(form)
    assert words(form, "f/started_at/day") in {"", "3"}
    for _ in range(3):
        if not form.shows("f/during"):
            undo(form)

    assert words(form) == ""
    assert QApplication.focusWidget() is form.find("f/during")


def test_it_is_there_after_a_lock(form: Driven) -> None:
    type_in(form, "f/during", "I got the bus")
    form.key(Qt.Key.Key_L, CONTROL)
    form.unlock()
    form.settle()
    undo(form)
    assert words(form) == "I got the "
    form.go("today")
    form.go("form", form.planted.interview_id, "your_words/during")
    undo(form)
    assert words(form) == "I got "
    redo(form)
    redo(form)

    assert words(form) == "I got the bus"


def test_a_tick_that_stands_over_words_is_taken_back_and_the_words_are_there(form: Driven) -> None:
    tick = a_tick_over_words(form)
    name = tick.objectName().partition("/none/")[0]
    type_in(form, name, "Bus")
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    form.settle()
    assert not form.find(name).isEnabled()
    undo(form)

    assert not tick.isChecked()
    assert (words(form, name), form.find(name).isEnabled()) == ("Bus", True)


def a_tick_over_words(form: Driven) -> CheckBox:
    shown = form.window.frame.screen_shown if form.window.frame else None
    assert isinstance(shown, FormScreen)
    for section in shown.sections():
        show(form, section.id)
        boxes = {box.objectName() for box in form.window.findChildren(WordsBox) if box.isVisible()}
        for tick in form.window.findChildren(CheckBox):
            if tick.isVisible() and tick.objectName().partition("/none/")[0] in boxes:
                return tick
    message = "no section has one"
    raise AssertionError(message)


def test_a_consent_is_taken_back_on_the_screen_as_well(form: Driven) -> None:
    """Its line is no field of its own."""
    show(form, "sharing")
    line = next(one for one in form.window.findChildren(Segments) if one.objectName().startswith("f/consents/"))
    QTest.mouseClick(line.segments[-1], Qt.MouseButton.LeftButton)
    form.settle()
    assert line.code() is not None
    undo(form)

    assert line.code() is None


def test_what_was_said_elsewhere_since_is_not_taken_back(form: Driven) -> None:
    type_in(form, "f/during", "Bus")
    form.go("today")
    editing.answer(form.shell.desk, form.planted.interview_id, {"during": "Corrected at the desk."})
    form.go("form", form.planted.interview_id, "your_words/during")
    undo(form)

    assert words(form) == "Corrected at the desk."
    assert form.window.messages.history[-1].title == "There is nothing more of that."


def test_a_box_that_is_no_answer_takes_back_its_own_letters(form: Driven) -> None:
    type_in(form, "f/during", "Bus")
    type_in(form, "notes/box", "Note")
    undo(form)

    assert words(form) == "Bus"
    assert words(form, "notes/box") == ""


def test_words_taken_back_beside_who_may_see_are_taken_back_in_their_box(form: Driven) -> None:
    """The box went on showing what was kept no longer: two presses back, and the page said other than the disk."""
    show(form, "sharing")
    form.click("f/consents/police/some")
    boxes = [box.objectName() for box in form.window.findChildren(QWidget) if box.isVisible()]
    name = next(box for box in boxes if box.startswith("r/consents/") and box.endswith("/words"))
    type_in(form, name, "Only my name")
    form.click("f/consents/police/all")
    undo(form)
    assert words(form, name) == "Only my name"
    undo(form)
    shown = words(form, name)
    form.go("today")
    form.go("form", form.planted.interview_id, "sharing")

    assert shown == words(form, name) == "Only my "
