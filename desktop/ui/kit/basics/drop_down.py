"""A drop-down list for more than five answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy

from desktop.ui.theme import draw_icon, list_sheet, look

MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)


class DropDown(QComboBox):
    """Starts at nothing chosen, which `nothing` may put in words. The wheel scrolls the page, never the answer."""

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str, label: str, nothing: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.addItem(nothing, None)
        for code, words in options:
            self.addItem(words, code)
        self._words = [nothing, *(words for _code, words in options)]
        self.setMaxVisibleItems(12)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def code(self) -> str | None:
        found = self.currentData()
        return found if isinstance(found, str) else None

    def hint(self, hints: Mapping[str, str]) -> None:
        """Stands beside its answer in the open list, and is read with it; the closed box shows the answer alone."""
        for place in range(1, self.count()):
            hint = hints.get(str(self.itemData(place)), "")
            if hint:
                self.setItemText(place, f"{self._words[place]}. {hint}")
        view = self.view()
        metrics = QFontMetrics(look().font())
        widest = max(metrics.horizontalAdvance(self.itemText(place)) for place in range(self.count()))
        view.setMinimumWidth(min(widest + look().room(48), look().px(640)) if hints else 0)
        view.setTextElideMode(Qt.TextElideMode.ElideRight)

    def put(self, code: str | None) -> None:
        self.setCurrentIndex(max(self.findData(code), 0) if code is not None else 0)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(look().font())
        widest = max(metrics.horizontalAdvance(words) for words in self._words)
        return QSize(max(widest, 60) + look().room(24) + look().px(28), look().room(40))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().room(120), look().room(40))

    def showPopup(self) -> None:
        self.view().setStyleSheet(list_sheet())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            self.showPopup()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bad = self.property("bad") is True
        painter.setPen(QPen(now.colour("error" if bad else "field"), 2 if bad else now.tokens.line))
        painter.setBrush(now.colour("field_bg" if self.isEnabled() else "sunk"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        side, pad = now.px(20), now.room(12)
        painter.setPen(now.colour("text"))
        painter.setFont(now.font())
        room = QRect(pad, 0, self.width() - pad - side - 12, self.height())
        words = painter.fontMetrics().elidedText(
            self._words[max(self.currentIndex(), 0)], Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, MIDDLE, words)
        arrow = QRectF(self.width() - side - 8, (self.height() - side) / 2, side, side)
        draw_icon(painter, "chevron-down", arrow, now.colour("text"))
