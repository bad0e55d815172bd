"""A box for words: grows as they come, and leaves at Tab."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from desktop.ui.kit.keys import is_ours
from desktop.ui.theme import look

LINE = 1.45  # times the letters' size: the drawings' height for narrative
TALLEST = 420  # px at 100 %: beyond it the box scrolls, so the questions around it stay in reach


class WordsBox(QTextEdit):
    """Plain words only: what is pasted keeps its letters and loses its dress."""

    def __init__(self, *, name: str, label: str, lines: int = 2) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = lines
        self.document().setDocumentMargin(4)
        self._space_lines()
        self.textChanged.connect(self._grow)

    def put(self, words: str) -> None:
        """Shows words without an entry in undo, and only if they differ: the caret stays where it was."""
        if words == self.toPlainText():
            return
        self.setPlainText(words)
        self._space_lines()
        self._grow()

    def sizeHint(self) -> QSize:
        return QSize(look().room(240), self._least())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().room(120), self._least())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def event(self, event: QEvent) -> bool:
        if is_ours(event):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the page unless these words themselves are longer than their box."""
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _least(self) -> int:
        """Room for the least number of lines: 64 px for two at 100 %."""
        return round(look().px(16) * LINE * self._lines) + look().room(8) + 10

    def _grow(self) -> None:
        frame = self.height() - self.viewport().height()
        wanted = round(self.document().size().height()) + max(frame, 0)
        highest = look().room(TALLEST)
        too_long = wanted > highest
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if too_long else policy.ScrollBarAlwaysOff)
        height = min(max(wanted, self._least()), highest)
        if height != self.height():
            self.setFixedHeight(height)

    def _space_lines(self) -> None:
        """Line height belongs to each paragraph; those typed later take it from the one before."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        shape = QTextBlockFormat()
        shape.setLineHeight(look().px(16) * LINE, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(shape)
        document.setUndoRedoEnabled(True)
