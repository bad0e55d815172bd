"""A whole line that is one button: a title, a line about it, perhaps a picture before them and a tag at the right."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basics.height_for_width import WholeLine
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.theme import look


class LineButton(WholeLine):
    """Read out as title and line together. `below` stands in the line's place, `before` left of both."""

    def __init__(
        self,
        title: str,
        text: str,
        *,
        name: str,
        tag: QWidget | None = None,
        before: QWidget | None = None,
        below: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(f"{title}. {text}".strip(". ") if text else title)
        side = look().room(16)
        line = row(self, gap=12, margins=(side, look().room(8), side, look().room(8)))
        if before is not None:
            before.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line.addWidget(before)
        words = column(gap=1)
        for part in (label(title, "strong"), label(text, "caption", "muted") if text else below):
            if part is not None:
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
                words.addWidget(part)
        line.addLayout(words, 1)
        if tag is not None:
            tag.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            line.addWidget(tag)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        hint = layout.sizeHint() if layout is not None else QSize(200, 52)
        return hint.expandedTo(QSize(0, self._tall))

    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else QSize(100, 52)

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return max(layout.totalHeightForWidth(width) if layout is not None else 52, look().room(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.underMouse() or self.isDown():
            QPainter(self).fillRect(self.rect().adjusted(1, 1, -1, -1), look().colour("select"))
