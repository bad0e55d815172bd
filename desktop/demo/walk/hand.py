"""A hand on the keyboard and the mouse: finds a widget by its name, as a person finds it by its words."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QScrollArea, QWidget

from casework.dates_in_words import LONDON
from casework.errors import BugError
from desktop.flows.desk import Desk
from desktop.ui.window import MainWindow

PREVIEW_MS = 500  # a page beside the boxes is laid out once nobody has typed for a while
PATIENCE = 60.0  # seconds; a cold disk takes many to give a program its libraries


def pause(milliseconds: int) -> None:
    """The window goes on meanwhile, and so do its other threads: `QTest.qWait` would keep them from the interpreter."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Hand:
    """Every deed goes through the window's own events and waits until the window has done its work."""

    def __init__(self, window: MainWindow, pictures: Path) -> None:
        self.window = window
        self.pictures = pictures
        self.taken: list[tuple[str, str]] = []

    @property
    def desk(self) -> Desk:
        """Of whoever has unlocked the window. Raises BugError when it is locked."""
        if self.window.shell is None:
            message = "The window is locked."
            raise BugError(message)
        return self.window.shell.desk

    def picture(self, title: str) -> None:
        """A numbered screenshot."""
        self.settle()
        name = f"{len(self.taken) + 1:02d}-{title.lower().replace(' ', '-').replace(',', '')}.png"
        self.window.grab().save(str(self.pictures / name))
        self.taken.append((name, title))

    def find(self, name: str) -> QWidget:
        """A visible widget of this name, scrolled to. Raises BugError when the window shows none."""
        for widget in self.window.findChildren(QWidget, name):
            if widget.isVisible():
                self._scroll_to(widget)
                return widget
        message = f"The window shows nothing called “{name}”."
        raise BugError(message)

    def shows(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def names(self) -> list[str]:
        """What the window shows, by name, in its order."""
        return [widget.objectName() for widget in self.window.findChildren(QWidget) if widget.isVisible()]

    def wait_for(self, name: str) -> QWidget:
        self.wait(lambda: self.shows(name), f"“{name}” to appear")
        return self.find(name)

    def wait(self, ready: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not ready():
            if time.monotonic() > until:
                self.window.grab().save(str(self.pictures / "stuck.png"))
                message = f"Waited {PATIENCE:.0f} seconds for {what}."
                raise BugError(message)
            pause(20)

    def settle(self) -> None:
        """Until the window has nothing left to do: autosave waits a moment after the last key.

        Nothing is sent until the hand presses for it, so that each picture is the same every time.
        """
        self.window.rest_courier()
        for _ in range(2):
            pause(35)
            self.wait(
                lambda: all(worker.idle for worker in self.window.workers),
                "the window to finish",
            )

    def click(self, name: str) -> None:
        widget = self.wait_for(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def enter(self, name: str) -> QWidget:
        """The caret goes into it."""
        widget = self.wait_for(name)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        return widget

    def focus(self, name: str) -> QWidget:
        """The keyboard goes to it, and nothing opens."""
        widget = self.wait_for(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        return widget

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def type(self, name: str, text: str) -> None:
        """Replaces what stands there."""
        widget = self.enter(name)
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for char in text:
            press(widget, char)
        self.settle()

    def choose(self, name: str, code: str) -> None:
        """In a drop-down, by the arrow keys; in a row of segments, by a click."""
        if self.shows(f"{name}/{code}"):
            self.click(f"{name}/{code}")
            return
        box = self.focus(name)
        if not isinstance(box, QComboBox):
            message = f"“{name}” offers no answer “{code}”."
            raise BugError(message)
        for _ in range(box.count()):
            if box.currentData() == code:
                break
            QTest.keyClick(box, Qt.Key.Key_Down)
        self.settle()

    def date(self, name: str, moment: datetime) -> None:
        local = moment.astimezone(LONDON)
        parts = {"day": f"{local.day}", "month": f"{local.month}", "year": f"{local.year}", "time": f"{local:%H:%M}"}
        for part, text in parts.items():
            if self.shows(f"{name}/{part}"):
                box = self.enter(f"{name}/{part}")
                if isinstance(box, QLineEdit):
                    box.selectAll()
                QTest.keyClicks(box, text)
        self.settle()

    def add_row(self, group: str) -> str:
        """Presses “Add …”; returns the start of the new row's names."""
        before = self._rows(group)
        self.click(f"f/{group}/add")
        self.wait(lambda: bool(self._rows(group) - before), f"a new row of {group}")
        return f"r/{group}/{(self._rows(group) - before).pop()}"

    def sign(self, name: str, *strokes: list[tuple[int, int]]) -> None:
        """Draws on a pad, stroke by stroke, with the left button held."""
        pad = self.wait_for(name)
        for stroke in strokes:
            points = [QPoint(x, y) for x, y in stroke]
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=points[0])
            for point in points[1:]:
                QTest.mouseMove(pad, point)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=points[-1])
        self.settle()

    def _rows(self, group: str) -> set[str]:
        start = f"r/{group}/"
        return {name.removeprefix(start).split("/")[0] for name in self.names() if name.startswith(start)}

    @staticmethod
    def _scroll_to(widget: QWidget) -> None:
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                parent.ensureWidgetVisible(widget, 20, 60)
            parent = parent.parentWidget()
        pause(10)


def press(widget: QWidget, char: str) -> None:
    """One key, any letter: QTest's own typing stops at the first that is not ASCII."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))
