"""Files that are dragged in: which of them lie on this laptop, and the dashed ground that they may be put on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import look

NOT_HERE = "What was dropped is not a file on this laptop. Save it on the laptop first, then drop it here or choose it."


def dropped_files(held: QMimeData) -> list[Path]:
    """In the order in which they were chosen; empty for what lies elsewhere, such as a picture of a web page."""
    return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]


def draw_ground(on: QWidget, *, over: bool = False) -> None:
    """Dashed; while files are held `over` it the line is whole and thick, so that more than a colour says so."""
    painter = QPainter(on)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    line = Qt.PenStyle.SolidLine if over else Qt.PenStyle.DashLine
    painter.setPen(QPen(look().colour("focus" if over else "field"), 3 if over else 1.5, line))
    painter.setBrush(look().colour("surface"))
    painter.drawRoundedRect(QRectF(on.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6)
