"""Where a person was: the page, the box and the caret. Kept in memory over a lock; it holds no word of any record."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QTextEdit, QWidget

from desktop.ui.frame.screen import Screen
from desktop.ui.frame.while_locked import Bookmark, Where

NOT_AGAIN = {"recovery"}  # a code that is shown once


def bookmark(screen: Screen, where: Where) -> Bookmark:
    """Of the screen that is about to go."""
    if where.place in NOT_AGAIN:
        return Bookmark()
    here, box = screen.bookmark() or where, QApplication.focusWidget()
    if box is None or not screen.isAncestorOf(box):
        return Bookmark(here)
    return Bookmark(here, box.objectName(), _caret(box))


class PutBack(QObject):
    """Waits for a screen to have its boxes, and gives the keyboard back to the one that had it."""

    def __init__(self, screen: Screen, mark: Bookmark) -> None:
        super().__init__(screen)
        self._screen, self._mark, self._is_given = screen, mark, False
        screen.heading_changed.connect(self._soon)
        self._soon()

    def _soon(self) -> None:
        """After the screen itself has put the keyboard where a newcomer begins."""
        QTimer.singleShot(0, self, self._make_ready)

    def _make_ready(self) -> None:
        """What is opened for it is on the window a turn later."""
        self._screen.ready_for(self._mark.box)
        QTimer.singleShot(0, self, self._try)

    def _try(self) -> None:
        found = self._screen.findChildren(QWidget, self._mark.box) if self._mark.box else []
        box = next((one for one in found if one.isVisible()), None)
        if box is not None and not self._is_given:
            self._is_given = True
            _give(box, self._mark.caret)
            self.deleteLater()


def _give(box: QWidget, caret: int) -> None:
    box.setFocus()
    if isinstance(box, QLineEdit):
        box.setCursorPosition(caret)
    elif isinstance(box, QTextEdit):
        cursor = box.textCursor()
        cursor.setPosition(min(caret, max(box.document().characterCount() - 1, 0)))
        box.setTextCursor(cursor)
    page = box.parentWidget()
    while page is not None and not isinstance(page, QScrollArea):
        page = page.parentWidget()
    if isinstance(page, QScrollArea):
        page.ensureWidgetVisible(box, 24, 80)


def _caret(box: QWidget) -> int:
    if isinstance(box, QLineEdit):
        return box.cursorPosition()
    return box.textCursor().position() if isinstance(box, QTextEdit) else 0
