"""Lucide outlines, drawn in any colour and size, sharp on dense screens."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resources

SMALL, USUAL, LARGE = 16, 20, 24


def draw_icon(painter: QPainter, name: str, where: QRectF, colour: QColor) -> None:
    """Paints one outline; 16 px ones are drawn a little bolder, as their strokes would otherwise vanish."""
    stroke = "2" if where.width() <= SMALL else "1.75"
    _renderer(name, colour.name(), stroke).render(painter, where)


def icon_pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw_icon(painter, name, QRectF(0, 0, size, size), colour)
    painter.end()
    return pixmap


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str, stroke: str) -> QSvgRenderer:
    text = _source(name).replace("currentColor", colour).replace('stroke-width="1.75"', f'stroke-width="{stroke}"')
    return QSvgRenderer(QByteArray(text.encode()))


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
