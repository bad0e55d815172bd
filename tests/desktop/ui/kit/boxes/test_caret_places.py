"""Words typed after a 😢 stand after it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.demo.walk.hand import press
from desktop.ui.kit.boxes.caret_places import before, places
from desktop.ui.kit.boxes.line_box import LineBox, line_box

CONTROL = Qt.KeyboardModifier.ControlModifier


@given(st.text(), st.text())
def test_a_text_and_its_places(first: str, rest: str) -> None:
    assert before(first + rest, places(first)) == first
    assert places(first) == len(first.encode("utf-16-le")) // 2


@pytest.fixture
def box(qtbot: QtBot) -> LineBox:
    made = line_box("box", "Box")
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_caret_stands_behind_what_was_pasted(box: LineBox) -> None:
    QApplication.clipboard().setText("😢👩\u200d👧 Jude")
    QTest.keyClick(box, Qt.Key.Key_V, CONTROL)
    for letter in ", 🚌 at 9":
        press(box, letter)

    assert box.words() == "😢👩\u200d👧 Jude, 🚌 at 9"


def test_so_it_does_in_the_middle_and_where_something_was_left_out(box: LineBox) -> None:
    box.put("😢😢 end")
    box.setCursorPosition(2)
    QApplication.clipboard().setText("👩\r\n\x00👧")
    QTest.keyClick(box, Qt.Key.Key_V, CONTROL)
    press(box, "!")

    assert box.words() == "😢👩 👧!😢 end"
