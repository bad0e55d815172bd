"""Spelling in a form, through the window: the worker's words are marked, the child's only when asked."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop.demo.walk.hand import pause
from desktop.flows.record.editing import open_record
from desktop.flows.spelling.dictionary import my_words
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.spelling.box_spelling import NOTHING, PAUSE_MS
from tests.desktop.ui.conftest import Driven

WORKERS, CHILDS = "f/analysis", "f/before"


def box(driven: Driven, path: str) -> WordsBox:
    driven.go("form", driven.planted.interview_id, f"{_section(driven, path)}/{path[2:]}")
    found = driven.find(path)
    assert isinstance(found, WordsBox)
    found.setFocus()
    driven.settle()
    return found


def _section(driven: Driven, path: str) -> str:
    definition = open_record(driven.shell.desk, driven.planted.interview_id).definition
    return definition.section_of[path[2:]].id


def types(driven: Driven, box: WordsBox, words: str) -> None:
    QTest.keyClicks(box, words)
    pause(PAUSE_MS + 60)
    driven.settle()


def marked(box: WordsBox) -> list[str]:
    return [mark.cursor.selectedText() for mark in box.extraSelections()]


def menu(driven: Driven) -> QMenu:
    driven.settle()
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def news(driven: Driven) -> list[str]:
    return [said.title for said in driven.window.messages.history]


def test_a_slip_is_marked_after_a_pause_and_put_right_by_keys_alone(driven: Driven) -> None:
    words = box(driven, WORKERS)
    types(driven, words, "She did not recieve it. Wren chose the colour")
    assert marked(words) == ["recieve"]
    assert words.words() == "She did not recieve it. Wren chose the colour"

    driven.key(Qt.Key.Key_F7)
    shown = menu(driven)
    assert shown.activeAction().text() == "receive"
    QTest.keyClick(shown, Qt.Key.Key_Return)
    driven.autosaved()

    assert words.words() == "She did not receive it. Wren chose the colour"
    kept = open_record(driven.shell.desk, driven.planted.interview_id).answers["analysis"]
    assert kept == "She did not receive it. Wren chose the colour"


def test_a_slip_is_marked_while_a_sending_waits_for_the_council(driven: Driven, qtbot: QtBot) -> None:
    """Both stood in one line: nothing was underlined until a slow network had answered."""
    words, answered = box(driven, WORKERS), Event()
    driven.shell.fetch(driven.window, answered.wait, lambda _done: None)
    try:
        QTest.keyClicks(words, "She did not recieve it. ")
        qtbot.waitUntil(lambda: marked(words) == ["recieve"], timeout=20_000)
        assert not driven.window.network.idle
    finally:
        answered.set()
    driven.settle()


def test_a_word_that_is_being_typed_is_not_marked_yet(driven: Driven) -> None:
    words = box(driven, WORKERS)
    types(driven, words, "The colour, recie")
    assert marked(words) == []

    QTest.keyClick(words, Qt.Key.Key_Home)
    pause(PAUSE_MS + 60)
    driven.settle()
    assert marked(words) == ["recie"]


def test_what_the_child_said_is_left_alone_until_asked(driven: Driven) -> None:
    words = box(driven, CHILDS)
    words.insertPlainText("😢 ")  # two places for Qt, one letter for everybody else
    types(driven, words, "I wos sad an I recieve nothing. Then")
    assert marked(words) == []

    driven.key(Qt.Key.Key_F7)
    shown = menu(driven)
    assert "Wren’s words" in " ".join(news(driven))
    assert words.textCursor().selectedText() == "wos"
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert words.words().startswith("😢 I wos sad")


def test_ones_own_word_is_right_from_then_on(driven: Driven) -> None:
    words = box(driven, WORKERS)
    types(driven, words, "The skatepark was shut. Then")
    assert marked(words) == ["skatepark"]
    driven.key(Qt.Key.Key_F7)
    keep = next(action for action in menu(driven).actions() if "my own words" in action.text())
    keep.trigger()
    menu(driven).close()
    driven.settle()

    assert my_words(driven.shell.desk) == ("skatepark",)
    assert marked(words) == []
    driven.go("settings")
    assert any("skatepark" in found.text() for found in driven.window.findChildren(QLabel))
    driven.click("settings/forget-words")
    assert my_words(driven.shell.desk) == ()


def test_it_can_be_switched_off_and_f7_still_asks(driven: Driven) -> None:
    driven.go("settings")
    driven.click("settings/marks-spelling")
    words = box(driven, WORKERS)
    types(driven, words, "I recieve it. Then")
    assert marked(words) == []

    driven.key(Qt.Key.Key_F7)
    assert menu(driven).activeAction().text() == "receive"
    menu(driven).close()


def test_with_nothing_to_put_right_it_says_so(driven: Driven) -> None:
    words = box(driven, WORKERS)
    types(driven, words, "Wren chose the colour. ")
    driven.key(Qt.Key.Key_F7)

    assert NOTHING in news(driven)
