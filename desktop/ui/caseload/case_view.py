"""A caseload on screen: rows of two lines, school days as a bar with its marks, the chosen row with a thick edge."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from desktop.ui.caseload.case_model import TWO_LINES, Cell, Index, TwoLineModel
from desktop.ui.kit.basics.panels import EDGE
from desktop.ui.theme import list_sheet, look
from desktop.ui.theme.tokens import Colour

ROW, HEAD, FEWEST, LONGEST = 56, 36, 2, 40
"""A row's height and the head's; the fewest rows in sight; the school days that fill a bar."""
NOTHING = "Nothing stands in this list."
BARS: tuple[Colour, Colour, Colour] = ("left", "soon_fill", "over_bg")
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class CaseView(QTableView):
    """Enter, or a double click, opens a case; a click on a head asks for that order."""

    opened = Signal(object)
    moved_to = Signal(object)
    order_asked = Signal(str)

    def __init__(self, marks: Sequence[int], *, name: str = "caseload/table", words: str = "Cases") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setStyleSheet(list_sheet())
        self.setItemDelegate(_TwoLines(self, marks))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look().px(ROW))
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._ask_order)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        if look().narrow:  # the page scrolls, and would leave it no more than its head
            self.setMinimumHeight(look().px(HEAD + FEWEST * ROW))

    def put(self, model: TwoLineModel) -> None:
        """Chooses the first row, so that there is always one act to take."""
        old = self.model()
        self.setModel(model)
        if old is not None:
            old.deleteLater()
        self.selectionModel().currentRowChanged.connect(lambda now, _was: self._moved(now.row()))
        self._share_width()
        if model.rows:
            self.selectRow(0)
        self._moved(0)

    def chosen(self) -> Any:
        """The row itself; None of an empty table."""
        model, place = self.model(), max(self.currentIndex().row(), 0)
        return model.rows[place] if isinstance(model, TwoLineModel) and place < len(model.rows) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and not self.model().rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(look().colour("muted"))
            painter.drawText(self.viewport().rect(), int(Qt.AlignmentFlag.AlignCenter), NOTHING)
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        model, width = self.model(), self.viewport().width()
        if isinstance(model, TwoLineModel):
            whole = sum(column.share for column in model.columns)
            for place, column in enumerate(model.columns):
                self.setColumnWidth(place, width * column.share // whole)

    def _open(self, row: int) -> None:
        model = self.model()
        if isinstance(model, TwoLineModel) and 0 <= row < len(model.rows):
            self.opened.emit(model.rows[row])

    def _moved(self, _row: int) -> None:
        self.moved_to.emit(self.chosen())

    def _ask_order(self, section: int) -> None:
        model = self.model()
        if isinstance(model, TwoLineModel):
            self.order_asked.emit(model.columns[section].order)


class _TwoLines(QStyledItemDelegate):
    def __init__(self, view: CaseView, marks: Sequence[int]) -> None:
        super().__init__(view)
        self._marks = marks

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().px(80), look().px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, box = index.data(TWO_LINES), QRect(option.rect)
        if not isinstance(cell, Cell):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, look().colour("select"))
            if index.column() == 0:
                painter.fillRect(box.x(), box.y(), EDGE, box.height(), look().colour("primary"))
        painter.fillRect(box.x(), box.bottom(), box.width(), 1, look().colour("hair"))
        inside = box.adjusted(look().px(12), look().px(7), -look().px(8), -look().px(7))
        self._lines(painter, inside, cell, strong=index.column() == 0)
        painter.restore()

    def _lines(self, painter: QPainter, inside: QRect, cell: Cell, *, strong: bool) -> None:
        half = inside.height() // 2
        upper, lower = inside.adjusted(0, 0, 0, -half), inside.adjusted(0, half, 0, 0)
        self._words(
            painter, upper if cell.second or cell.is_bar else inside, cell.first, "strong" if strong else "body"
        )
        if cell.is_bar:
            self._bar(painter, QRectF(lower.x(), lower.center().y() - 3, lower.width(), 7), cell.days)
        elif cell.second:
            self._words(painter, lower, cell.second, "caption_strong" if cell.late else "caption", late=cell.late)

    def _words(self, painter: QPainter, box: QRect, words: str, font: str, *, late: bool = False) -> None:
        painter.setFont(look().font(font))
        painter.setPen(look().colour("waiting" if late else "text" if font != "caption" else "muted"))
        said = QFontMetrics(look().font(font)).elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, _LEFT, said)

    def _bar(self, painter: QPainter, box: QRectF, days: int | None) -> None:
        """Unknown days are a dashed line, and never an empty bar."""
        if days is None:
            painter.setPen(QPen(look().colour("muted"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(box.left(), box.center().y(), box.right(), box.center().y()))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("spent"))
        painter.drawRoundedRect(box, 3, 3)
        reached = sum(days >= mark for mark in self._marks)
        painter.setBrush(look().colour(BARS[min(reached, 2)]))
        painter.drawRoundedRect(
            QRectF(box.x(), box.y(), box.width() * min(days, LONGEST) / LONGEST, box.height()), 3, 3
        )
        for mark in self._marks:
            across = box.x() + box.width() * min(mark, LONGEST) / LONGEST
            painter.fillRect(QRectF(across - 1, box.y() - 3, 2, box.height() + 6), look().colour("text"))
