"""A box for words: grows as they come, and leaves at Tab."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import QResizeEvent, QTextBlockFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from casework.typed_words import kept_words
from desktop.ui.kit.basics.shortcuts import KEYS, UNDONE_BY_THE_PAGE, is_ours, takes_back
from desktop.ui.kit.boxes.caret_places import before
from desktop.ui.kit.boxes.dropped import dropped_files
from desktop.ui.kit.boxes.long_words import parted
from desktop.ui.theme import box_sheet, look

LINE = 1.45  # times the letters' size: the drawings' height for narrative
TALLEST = 420  # px at 100 %: beyond it the box scrolls, so the questions around it stay in reach


class WordsBox(QTextEdit):
    """Plain words only: what is pasted keeps its letters and loses its dress. Of very long words it shows the first
    part and holds the rest."""

    def __init__(self, *, name: str, label: str, lines: int = 2) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAcceptRichText(False)
        self.setStyleSheet(box_sheet())
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._lines = lines
        self._rest = ""
        self.document().setDocumentMargin(4)
        self._space_lines()
        self.textChanged.connect(self._grow)

    def words(self) -> str:
        """Everything in it, as it is kept; Qt’s own plain text would make every fixed space an ordinary one."""
        return kept_words(self.document().toRawText()) + self._rest

    @property
    def holds_more(self) -> bool:
        """Whether only the first part of its words is in sight."""
        return bool(self._rest)

    def put(self, words: str) -> None:
        """Shows words without an entry in undo, and only if they differ: the caret stays where it was."""
        if words == self.words():
            return
        self._show_part(words)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """A file that is dropped goes to the question round it: its path is nobody’s words."""
        return not dropped_files(source) and super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted, dropped, or dictated by way of the clipboard."""
        cursor, pasted = self.textCursor(), kept_words(source.text())
        there = self.document().toRawText()
        ahead, marked = before(there, cursor.selectionStart()), before(there, cursor.selectionEnd())
        whole = kept_words(ahead) + pasted + kept_words(there[len(marked) :])
        if not parted(whole)[1]:
            cursor.insertText(pasted)
            self.ensureCursorVisible()
            return
        self._show_part(whole + self._rest)

    def createMimeDataFromSelection(self) -> QMimeData:
        """All that is in sight, copied, is all there is."""
        chosen = self.textCursor().selection().toPlainText()
        data = QMimeData()
        data.setText(self.words() if self._rest and len(chosen) >= len(self.document().toRawText()) else chosen)
        return data

    def sizeHint(self) -> QSize:
        return QSize(look().room(240), self._least())

    def minimumSizeHint(self) -> QSize:
        return QSize(look().room(120), self._least())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def event(self, event: QEvent) -> bool:
        if event.type() in KEYS and (is_ours(event) or (self.property(UNDONE_BY_THE_PAGE) and takes_back(event))):
            event.ignore()
            return False
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls the page unless these words themselves are longer than their box."""
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _show_part(self, words: str) -> None:
        shown, self._rest = parted(words)
        self.setPlainText(shown)
        self._space_lines()
        self._grow()

    def _least(self) -> int:
        """Room for the least number of lines: 64 px for two at 100 %."""
        return round(look().px(16) * LINE * self._lines) + look().room(8) + 10

    def _grow(self) -> None:
        if self._rest and self.document().isEmpty():
            self._rest = ""  # everything in sight was taken out, and with it what it stood for
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
