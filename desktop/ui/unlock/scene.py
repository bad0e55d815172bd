"""The picture beside the door: hills at night, a path, and a house with a lit window."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from desktop.paths import resources
from desktop.ui.frame.brand_mark import SCENE

WIDE, HIGH = 560, 800


class Scene(QWidget):
    """Decoration: it has no name for a screen reader, and the page loses nothing without it."""

    def __init__(self) -> None:
        super().__init__()
        self._drawing: QSvgRenderer | None = None  # read when it is first seen: a narrow window never shows it

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fills the room it has; the path always leaves at the lower edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(SCENE["night"]))
        scale = max(self.width() / WIDE, self.height() / HIGH)
        wide, high = WIDE * scale, HIGH * scale
        if self._drawing is None:
            self._drawing = QSvgRenderer(str(resources() / "icons" / "scene.svg"), self)
        self._drawing.render(painter, QRectF((self.width() - wide) / 2, self.height() - high, wide, high))
