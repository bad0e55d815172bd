"""The window opens whole on the screen there is, and as it was left."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from desktop.ui.frame.window_place import FILE, keep_place, put_inside, show_in_place


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    found = QMainWindow()
    qtbot.addWidget(found)
    return found


@pytest.mark.parametrize(
    ("room", "is_own_size"),
    [
        (QRect(0, 0, 1920, 1040), True),
        (QRect(0, 0, 1366, 728), False),
        (QRect(0, 0, 1280, 680), False),
        (QRect(-1366, 40, 1366, 728), False),
    ],
)
def test_nothing_of_it_is_beyond_the_edge(window: QMainWindow, room: QRect, is_own_size: bool) -> None:
    assert put_inside(window, room) is is_own_size
    assert room.contains(window.geometry())


def test_it_opens_as_it_was_left(window: QMainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    show_in_place(window, tmp_path)
    window.showNormal()
    window.resize(700, 560)
    keep_place(window, tmp_path)
    again = QMainWindow()
    qtbot.addWidget(again)
    show_in_place(again, tmp_path)

    assert (again.width(), again.height()) == (700, 560)
    assert (tmp_path / FILE).is_file()


def test_a_file_that_is_none_is_as_good_as_nothing(window: QMainWindow, tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"place=@nonsense\x00")
    show_in_place(window, tmp_path)

    assert window.isVisible()
