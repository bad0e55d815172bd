"""The house with the lit door, and the colours of its picture."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import look


class Mark(QWidget):
    """The house with the lit door: the same on the bar and at the door."""

    def __init__(self, *, boxed: bool = False) -> None:
        super().__init__()
        self._boxed = boxed
        self.setFixedSize(QSize(look().px(40), look().px(40)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 40, self.height() / 40)
        if self._boxed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(SCENE["night"]))
            painter.drawRoundedRect(QRectF(0, 0, 40, 40), 8, 8)
            painter.translate(4.4, 4.6)
            painter.scale(0.78, 0.78)
        painter.fillPath(_house(), QColor(SCENE["wall"]))
        painter.fillPath(_door(), QColor(SCENE["door"]))


# The picture's own colours: a drawing, not a control, so it is the same in every theme.
SCENE = {
    "night": "#0C2F3B", "wall": "#D7E6EB", "door": "#FFC25C", "moon": "#F3E3B8", "far": "#123F4D",
    "middle": "#185363", "near": "#1F6678",
}  # fmt: skip


def _house() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(6, 19)
    for x, y in ((20, 6), (34, 19), (34, 34), (6, 34)):
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _door() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(15, 34)
    path.lineTo(15, 25)
    path.arcTo(15, 20, 10, 10, 180, -180)
    path.lineTo(25, 34)
    path.closeSubpath()
    return path
