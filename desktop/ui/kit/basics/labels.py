"""Words on screen: labels that wrap, tags with an icon, and hairlines between things."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop.ui.kit.basics.directions import directed
from desktop.ui.theme import Colour, draw_icon, look

TagKind = Literal["draft", "ready", "signed", "waiting", "decide", "soon", "over", "declined", "problem"]
# words, ground, icon
TAGS: Mapping[TagKind, tuple[Colour, Colour, str]] = {
    "draft": ("draft", "draft_bg", "square-pen"),
    "ready": ("ready", "ready_bg", "pen-line"),
    "signed": ("signed", "signed_bg", "signature"),
    "waiting": ("waiting", "waiting_bg", "send"),
    "decide": ("decide", "decide_bg", "split"),
    "soon": ("soon", "soon_bg", "timer"),
    "over": ("over", "over_bg", "clock-alert"),
    "declined": ("declined", "declined_bg", "circle-minus"),
    "problem": ("problem", "problem_bg", "triangle-alert"),
}


class Words(QLabel):
    """A label whose mixed-direction lines read rightly."""

    def __init__(self, text: str) -> None:
        super().__init__(directed(text))

    def setText(self, text: str) -> None:
        super().setText(directed(text))


def label(text: str, kind: str = "body", tone: str = "", *, name: str = "", wrap: bool = True) -> QLabel:
    """Plain words: never read as markup, whatever a person typed."""
    found = Words(text)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setWordWrap(wrap)
    found.setProperty("look", kind)
    if tone:
        found.setProperty("tone", tone)
    if name:
        found.setObjectName(name)
    policy = QSizePolicy.Policy
    found.setSizePolicy(policy.Preferred, policy.Preferred if wrap else policy.Fixed)
    return found


def retone(found: QLabel, tone: str) -> None:
    """Another tone for a label that is already shown."""
    found.setProperty("tone", tone)
    found.style().unpolish(found)
    found.style().polish(found)


def hairline(parent: QWidget | None = None) -> QFrame:
    line = QFrame(parent)
    line.setProperty("look", "hair")
    line.setFixedHeight(look().tokens.line)
    return line


def upright(parent: QWidget | None = None) -> QFrame:
    """A hairline that stands."""
    line = QFrame(parent)
    line.setProperty("look", "hair")
    line.setFixedWidth(look().tokens.line)
    return line


class Icon(QLabel):
    """An outline beside words; silent, since the words say it."""

    def __init__(self, icon: str, colour: Colour = "text", size: int = 20) -> None:
        super().__init__()
        self._icon, self._colour = icon, colour
        side = look().px(size)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_icon(painter, self._icon, QRectF(self.rect()), look().colour(self._colour))


class Tag(QLabel):
    """A state in words with an icon, on its own colour; in bright and contrast themes with an edge."""

    def __init__(self, kind: TagKind, words: str, icon: str | None = None) -> None:
        super().__init__(words)
        self._colour, self._ground, usual = TAGS[kind]
        self._icon = usual if icon is None else icon
        self.setFixedSize(self.sizeHint())
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        side = look().px(16)
        before = look().room(6) + side + 5 if self._icon else look().room(8)
        self.setFont(look().font("caption_strong"))
        width = before + self.fontMetrics().horizontalAdvance(self.text()) + look().room(8)
        return QSize(width, look().px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = now.colour(self._colour)
        painter.setPen(QPen(words, 1.5) if now.tokens.outlined else Qt.PenStyle.NoPen)
        painter.setBrush(now.colour(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)
        x, side = now.room(8), now.px(16)
        if self._icon:
            x = now.room(6)
            draw_icon(painter, self._icon, QRectF(x, (self.height() - side) / 2, side, side), words)
            x += side + 5
        painter.setFont(now.font("caption_strong"))
        painter.setPen(words)
        painter.drawText(self.rect().adjusted(x, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text())
