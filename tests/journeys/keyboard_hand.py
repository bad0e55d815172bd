"""A hand that has no mouse: it comes to everything by Tab, as somebody does who cannot or will not point."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QRadioButton, QWidget

from casework.dates_in_words import LONDON
from casework.errors import BugError
from desktop.demo.walk.hand import Hand, press

MOST_STOPS = 700


class KeyboardHand(Hand):
    """Raises BugError for what no Tab leads to."""

    def click(self, name: str) -> None:
        """Enter does what a press does, and a box is ticked by Space."""
        widget = self._reach(name)
        if not (isinstance(widget, QRadioButton) and widget.isChecked()):  # going to it by an arrow has chosen it
            QTest.keyClick(widget, Qt.Key.Key_Space if isinstance(widget, QCheckBox) else Qt.Key.Key_Return)
        self.settle()

    def type(self, name: str, text: str) -> None:
        widget = self._reach(name)
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        for char in text:
            press(widget, char)
        self.settle()

    def choose(self, name: str, code: str) -> None:
        """In a drop-down, by the arrow keys; in a row of segments, by going to it."""
        if self.shows(f"{name}/{code}"):
            self.click(f"{name}/{code}")
            return
        box = self._reach(name)
        assert isinstance(box, QComboBox)
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
                box = self._reach(f"{name}/{part}")
                if isinstance(box, QLineEdit):
                    box.selectAll()
                QTest.keyClicks(box, text)
        self.settle()

    def sign(self, name: str, *_strokes: list[tuple[int, int]]) -> None:
        """A name that is typed stands for one that is drawn."""
        self.click(f"{name}/type")
        self.type(f"{name}/typed", "Signed by keyboard")

    def _reach(self, name: str) -> QWidget:
        """By Tab alone, from wherever the keyboard is; among joined answers by the arrows."""
        widget = self.wait_for(name)
        for _ in range(MOST_STOPS):
            here = QApplication.focusWidget()
            if here is not None and (here is widget or widget.focusProxy() is here):
                return here
            among = isinstance(here, QRadioButton) and here.parent() is widget.parent()
            QTest.keyClick(here or self.window, Qt.Key.Key_Right if among else Qt.Key.Key_Tab)
        message = f"No Tab leads to “{name}”."
        raise BugError(message)
