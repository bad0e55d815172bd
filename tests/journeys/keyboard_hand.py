"""A hand that has no mouse: it comes to everything by Tab, as somebody does who cannot or will not point."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton, QWidget

from casework.errors import BugError
from desktop.demo.walk.hand import Hand

MOST_STOPS = 700


class KeyboardHand(Hand):
    """Raises BugError for what no Tab leads to."""

    def click(self, name: str) -> None:
        """Enter does what a press does, and a box is ticked by Space."""
        widget = self.enter(name)
        if not (isinstance(widget, QRadioButton) and widget.isChecked()):  # going to it by an arrow has chosen it
            QTest.keyClick(widget, Qt.Key.Key_Space if isinstance(widget, QCheckBox) else Qt.Key.Key_Return)
        self.settle()

    def enter(self, name: str) -> QWidget:
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

    def focus(self, name: str) -> QWidget:
        return self.enter(name)

    def sign(self, name: str, *_strokes: list[tuple[int, int]]) -> None:
        """A name that is typed stands for one that is drawn."""
        self.click(f"{name}/type")
        self.type(f"{name}/typed", "Signed by keyboard")
