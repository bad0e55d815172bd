"""A picture in a frame of another shape, or an outline in its place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from desktop.ui.theme import draw_icon, look


def draw_fitted(painter: QPainter, frame: QRectF, picture: QPixmap, how: Qt.AspectRatioMode) -> None:
    """In the middle, never out of proportion."""
    size = picture.size().scaled(frame.size().toSize(), how)
    left, top = (frame.width() - size.width()) / 2, (frame.height() - size.height()) / 2
    painter.drawPixmap(QRectF(left, top, size.width(), size.height()), picture, QRectF(picture.rect()))


def draw_outline(painter: QPainter, frame: QRectF, icon: str, size: int) -> None:
    """What stands there while there is no picture."""
    side = look().px(size)
    where = QRectF((frame.width() - side) / 2, (frame.height() - side) / 2, side, side)
    draw_icon(painter, icon, where, look().colour("muted"))
