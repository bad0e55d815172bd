"""Where the window stands: all of it on the screen it opens on, as large as it was left."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QMainWindow

WANTED = QSize(1280, 800)
TITLE_BAR = 40  # px: what a window manager puts above a window that is not maximised
FILE = "window.place"


def show_in_place(window: QMainWindow, home: Path) -> None:
    """As it was left last time; at first at its own size where there is room, and else over the whole screen.

    Qt brings a place on a screen that is no longer there, or is smaller now, back onto one that is."""
    kept = _kept(home)
    if kept and window.restoreGeometry(kept):
        window.show()
        return
    screen = window.screen()
    if put_inside(window, screen.availableGeometry()):
        window.show()
    else:
        window.showMaximized()


def put_inside(window: QMainWindow, room: QRect) -> bool:
    """Whether the window has its own size in the middle of this room; else it is as large as the room allows."""
    free = room.adjusted(0, TITLE_BAR, 0, 0)
    window.resize(WANTED.boundedTo(free.size()))
    window.move(free.center() - QRect(0, 0, window.width(), window.height()).center())
    return window.size() == WANTED


def keep_place(window: QMainWindow, home: Path) -> None:
    """Numbers only, beside the stores and not in one: the window opens before any is unlocked."""
    if home.is_dir():
        with suppress(OSError):  # a full disk keeps nobody from closing a window
            (home / FILE).write_bytes(window.saveGeometry().data())


def _kept(home: Path) -> bytes:
    with suppress(OSError):
        return (home / FILE).read_bytes()
    return b""
