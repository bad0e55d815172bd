"""A person by initials in a circle; silent, as the name stands beside it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.theme import look


class Initials(QWidget):
    """`size` is its width and height in pixels, before the chosen size of text."""

    def __init__(self, name: str, size: int = 32) -> None:
        super().__init__()
        self._letters = letters(name)
        self.setFixedSize(look().px(size), look().px(size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour("primary_soft"))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setPen(look().colour("primary"))
        painter.setFont(look().font("caption_strong"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._letters)


def letters(name: str) -> str:
    """Of the first name and the last; a part such as “(agency)” is none."""
    parts = [part for part in name.split() if part[:1].isalpha()]
    return "".join(part[0] for part in (parts[:1] + parts[-1:] if len(parts) > 1 else parts)).upper()
