"""Grounds that things stand on: cards, the two voices, banners, and what scrolls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.kit.basics.labels import Icon, Tag, TagKind, hairline, label
from desktop.ui.kit.basics.layout import Margins, column, row
from desktop.ui.theme import Colour, bar_sheet, look

# ground, line round it, and the thick left edge: painted, because a sheet bends unequal borders at corners.
Notice = Literal["decide", "soon", "problem", "draft", "waiting"]
PanelKind = Notice | Literal["card", "voice", "view"]
GROUNDS: Mapping[PanelKind, tuple[Colour, Colour, Colour | None]] = {
    "card": ("surface", "hair", None),
    "voice": ("voice_bg", "voice_line", "voice_edge"),
    "view": ("view_bg", "view_line", "view_edge"),
    "decide": ("decide_bg", "decide", "decide"),
    "soon": ("soon_bg", "soon", "soon"),
    "problem": ("surface", "error", "error"),
    "draft": ("draft_bg", "draft_bg", None),
    "waiting": ("waiting_bg", "waiting", "waiting"),
}
EDGE = 4


class Panel(QFrame):
    """A rounded ground; `voice` is warm and holds the child's words, `view` is cool and holds the worker's."""

    def __init__(self, kind: PanelKind = "card", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = GROUNDS[kind]

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground, line, edge = self._colours
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        half = now.tokens.line / 2
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)
        painter.fillPath(path, now.colour(ground))
        painter.setPen(QPen(now.colour(line), now.tokens.line))
        painter.drawPath(path)
        if edge:
            painter.setClipPath(path)
            painter.fillRect(QRectF(0, 0, EDGE, self.height()), now.colour(edge))


class Card(Panel):
    """A titled ground; what is added stands under a hairline."""

    def __init__(
        self, title: str = "", *, icon: str = "", aside: QWidget | None = None, kind: PanelKind = "card"
    ) -> None:
        super().__init__(kind)
        self.box = column(self, margins=(1, 1, 1, 1))
        self.title: QLabel | None = None
        self.header = row(gap=8)
        if title:
            self._head(title, icon, aside)

    def add(self, widget: QWidget, *, line: bool = True) -> None:
        if line and self.box.count():
            self.box.addWidget(hairline())
        self.box.addWidget(widget)

    def _head(self, title: str, icon: str, aside: QWidget | None) -> None:
        side = look().room(16)
        self.header.setContentsMargins(side, look().room(12), side, look().room(12))
        if icon:
            self.header.addWidget(Icon(icon))
        self.title = label(title, "section")
        self.header.addWidget(self.title, 1)
        if aside is not None:
            self.header.addWidget(aside)
        self.box.addLayout(self.header)


def count_tag(kind: TagKind, count: int) -> Tag:
    """A number on its colour, as at the head of a card."""
    return Tag(kind, str(count), "")


def padded(widget: QWidget, margins: Margins) -> QWidget:
    holder = QWidget()
    column(holder, margins=margins).addWidget(widget)
    return holder


class Scroller(QScrollArea):
    """A column that scrolls up and down only; what does not fit sideways wraps."""

    def __init__(self, *, gap: int = 16, margins: Margins = (24, 16, 24, 16), name: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ground = QWidget()  # our own: asked for Qt's, PySide looks through every kind of widget there is
        self.setViewport(self.ground)
        inside = QWidget()
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.box: QVBoxLayout = column(inside, gap=gap, margins=margins)
        self.setWidget(inside)
        for clear in (inside, self.ground):
            clear.setAutoFillBackground(False)
        self.verticalScrollBar().setStyleSheet(bar_sheet())

    def add(self, widget: QWidget) -> None:
        self.box.addWidget(widget)


def page_of(screen: QWidget, *, gap: int, margins: Margins) -> QVBoxLayout:
    """Of a page whose list takes what room is left. At twice the text none is left, and the page scrolls."""
    if not look().narrow:
        return column(screen, gap=gap, margins=margins)
    scroller = Scroller(gap=gap, margins=margins)
    column(screen).addWidget(scroller)
    return scroller.box


class Banner(Panel):
    """What happened, then the dates, the rule and the source, then one act."""

    def __init__(
        self, kind: Notice, icon: str, title: str, text: str, act: QWidget | None = None, *, more: QWidget | None = None
    ) -> None:
        super().__init__(kind)
        line = row(self, gap=16, margins=(look().room(18), look().room(10), look().room(16), look().room(10)))
        line.addWidget(Icon(icon, kind if kind != "problem" else "error", 24))
        words = column(gap=1)
        words.addWidget(label(title, "strong", kind if kind != "problem" else "error"))
        if text:
            words.addWidget(label(text, "caption", kind if kind != "problem" else ""))
        if more is not None and look().narrow:
            words.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        line.addLayout(words, 1)
        if more is not None and not look().narrow:
            line.addWidget(more)
        if act is not None:
            line.addWidget(act)
