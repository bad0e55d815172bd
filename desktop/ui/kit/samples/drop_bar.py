"""Where pictures are brought in: a dashed ground, and the same by two buttons."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import Flow, column, row, stacked
from desktop.ui.kit.boxes.dropped import draw_ground
from desktop.ui.theme import look


class DropBar(QWidget):
    """A dashed ground that says what may be put on it."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.choose = Button("Choose a file", name=f"{path}/add", icon="folder-open")
        self.paste = Button("Paste", name=f"{path}/paste", icon="clipboard-paste", key="Ctrl+V")
        side = look().room(14)
        margins = (side, look().room(10), side, look().room(10))
        line = column(self, gap=10, margins=margins) if look().narrow else row(self, gap=14, margins=margins)
        words = stacked(
            label("Drag pictures here", "strong"),
            label("Place and camera details are removed. Hide names before you keep a picture.", "caption", "muted"),
            gap=1,
        )
        if not look().narrow:
            line.addWidget(Icon("image-plus", "text", 24))
        line.addWidget(words, 1)
        acts = QWidget()
        flow = Flow(acts, gap=10) if look().narrow else row(acts, gap=10)
        for button in (self.choose, self.paste):
            flow.addWidget(button)
        line.addWidget(acts)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_ground(self)
