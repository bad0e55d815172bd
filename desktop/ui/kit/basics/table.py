"""Rows and columns of words that the arrow keys walk through; as tall as its rows need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem

from desktop.ui.theme import list_sheet, look

SIDE = 10  # px: room beside the words of a cell


class Table(QTableWidget):
    """Enter, or a double click, opens the record behind a row."""

    opened = Signal(str)

    def __init__(
        self, heads: Sequence[str], rows: Sequence[Sequence[str]], *, name: str, words: str, opens: Sequence[str] = ()
    ) -> None:
        super().__init__(len(rows), len(heads))
        self._opens = opens
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setHorizontalHeaderLabels(list(heads))
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for number, row in enumerate(rows):
            for place, text in enumerate(row):
                self.setItem(number, place, QTableWidgetItem(text))
        self.cellActivated.connect(self._activated)
        self.setStyleSheet(list_sheet())
        self.setFont(look().font("caption"))

    def sizeHint(self) -> QSize:
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        return QSize(look().px(200), rows + self.horizontalHeader().sizeHint().height() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._share_width(event.size().width())
            self._share_height()
            self.updateGeometry()

    def _share_width(self, width: int) -> None:
        """Each column as wide as its longest words ask, in proportion when there is not room for all."""
        metrics = QFontMetrics(look().font("caption_strong"))
        wanted = [
            max(metrics.horizontalAdvance(text) for text in self._column(place)) + 2 * SIDE + 8
            for place in range(self.columnCount())
        ]
        spare = (width - sum(wanted)) / len(wanted)
        for place, wide in enumerate(wanted):
            self.setColumnWidth(place, int(wide + spare) if spare >= 0 else int(width * wide / sum(wanted)))

    def _share_height(self) -> None:
        """A row is as tall as its tallest cell: no word is cut."""
        metrics, flags = QFontMetrics(look().font("caption")), int(Qt.TextFlag.TextWordWrap)
        for row in range(self.rowCount()):
            cells = [(self.columnWidth(place), self.item(row, place)) for place in range(self.columnCount())]
            tall = [
                metrics.boundingRect(QRect(0, 0, wide - 2 * SIDE - 8, 4000), flags, cell.text()).height()
                for wide, cell in cells
                if cell is not None
            ]
            self.setRowHeight(row, max([*tall, metrics.height()]) + look().room(14))

    def _column(self, place: int) -> list[str]:
        head = self.horizontalHeaderItem(place)
        cells = [self.item(row, place) for row in range(self.rowCount())]
        return [item.text() for item in (head, *cells) if item is not None]

    def _activated(self, row: int, _column: int) -> None:
        if row < len(self._opens) and self._opens[row]:
            self.opened.emit(self._opens[row])
