"""Grounds that things stand on: cards, the two voices, banners, and what scrolls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.kit.basics.labels import Icon, Tag, TagKind, label
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
RULED = "ruled"  # has a hairline above it


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

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        paint_rules(QPainter(self), self)

    def add(self, widget: QWidget, *, line: bool = True) -> None:
        if line and self.box.count():
            add_rule(self.box, widget)
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
        self._gap, self._margins = gap, margins
        inside = QWidget()
        self.box = self._box_in(inside)
        self.ground.setAutoFillBackground(False)
        self._show(inside)
        self.verticalScrollBar().setStyleSheet(bar_sheet())

    @contextmanager
    def filled_anew(self) -> Iterator[None]:
        """What is added meanwhile takes the place of all that was there, and is laid out once, when all of it is there:
        added to what is seen, each part has everything laid out again. Whoever reads further down stays there."""
        inside, bar = QWidget(), self.verticalScrollBar()
        self.box, at = self._box_in(inside), bar.value()
        yield
        gone = self.takeWidget()
        self._show(inside)
        bar.setValue(at)
        gone.deleteLater()

    def _box_in(self, inside: QWidget) -> QVBoxLayout:
        inside.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return column(inside, gap=self._gap, margins=self._margins)

    def _show(self, inside: QWidget) -> None:
        """The bar has its room from the start: most pages need it, and would be laid out again where it comes."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

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


def add_rule(box: QVBoxLayout, below: QWidget) -> None:
    """Room for a hairline between what stands above and this widget; painted by whoever holds the box."""
    box.addSpacing(look().tokens.line)
    below.setProperty(RULED, True)


def paint_rules(painter: QPainter, holder: QWidget) -> None:
    """By the widgets themselves: an item of a layout is gone with its widget, and PySide does not hear of it."""
    thin, hair = look().tokens.line, look().colour("hair")
    for below in holder.children():
        if isinstance(below, QWidget) and below.property(RULED) and not below.isHidden():
            where = below.geometry()
            painter.fillRect(where.x(), where.y() - thin, where.width(), thin, hair)
