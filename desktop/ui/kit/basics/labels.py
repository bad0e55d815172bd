"""Words on screen: labels that wrap, tags with an icon, and hairlines between things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop.ui.kit.basics.directions import directed
from desktop.ui.theme import Colour, draw_icon, look

Runs = tuple[tuple[bool, str], ...]  # a text whole and in order: (is it marked?, the run)
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
# Those that words may have; by any other name they are in the text’s own.
TONES: Mapping[str, Colour] = {
    "muted": "muted", "error": "error", "problem": "problem", "decide": "decide", "soon": "soon", "over": "over",
    "draft": "draft", "waiting": "waiting", "signed": "signed", "voice_edge": "voice_edge", "ink": "ink",
}  # fmt: skip


class Words(QLabel):
    """A label whose mixed-direction lines read rightly."""

    def __init__(self, text: str, kind: str = "body", tone: str = "") -> None:
        self._heights: dict[int, int] = {}
        super().__init__(directed(text))
        self.setFont(look().font(kind))
        if tone:
            self.retone(tone)

    def setText(self, text: str) -> None:
        self._heights.clear()
        super().setText(directed(text))

    def setFont(self, font: QFont | str | Sequence[str]) -> None:
        self._heights.clear()
        super().setFont(font)

    def heightForWidth(self, width: int) -> int:
        """Kept, since layouts within layouts ask for it many times over, and each time the words are set anew."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def retone(self, tone: str) -> None:
        """Another tone, also for words that are already shown; none is the text’s own."""
        self.setForegroundRole(QPalette.ColorRole.WindowText)  # on a button words have another role
        self.setPalette(look().palette(QPalette.ColorRole.WindowText, TONES.get(tone, "text")))


class OneLine(Words):
    """Words that wrap only when they must: a wrapping label left to itself asks for a square."""

    def __init__(self, text: str, kind: str = "caption", tone: str = "muted", *, name: str = "") -> None:
        super().__init__(text, kind, tone)
        self._kind, self._hint = kind, QSize()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """Kept, as its heights are."""
        if not self._hint.isValid():
            metrics = QFontMetrics(look().font(self._kind))
            self._hint = QSize(metrics.horizontalAdvance(self.text()) + 4, metrics.height())
        return self._hint

    def setText(self, text: str) -> None:
        self._hint = QSize()
        super().setText(text)


def label(text: str, kind: str = "body", tone: str = "", *, name: str = "", wrap: bool = True) -> Words:
    """Plain words: never read as markup, whatever a person typed."""
    found = Words(text, kind, tone)
    found.setTextFormat(Qt.TextFormat.PlainText)
    if name:
        found.setObjectName(name)
    policy = QSizePolicy.Policy
    found.setSizePolicy(policy.Preferred, policy.Preferred if wrap else policy.Fixed)
    found.setWordWrap(wrap)  # after it: a policy set later forgets that the height follows the width
    return found


def hairline(parent: QWidget | None = None) -> QFrame:
    line = _hair(parent)
    line.setFixedHeight(look().tokens.line)
    return line


def upright(parent: QWidget | None = None) -> QFrame:
    """A hairline that stands."""
    line = _hair(parent)
    line.setFixedWidth(look().tokens.line)
    return line


def _hair(parent: QWidget | None) -> QFrame:
    line = QFrame(parent)
    line.setAutoFillBackground(True)
    line.setPalette(look().palette(QPalette.ColorRole.Window, "hair"))
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


def mark(shown: QLabel, text: str, runs: Runs, style: str) -> None:
    """`runs` of `text`; nothing that was typed is read as markup, and it is read aloud without its marks."""
    shown.setTextFormat(Qt.TextFormat.RichText)
    shown.setText(marked(runs, f'<span style="{style}">'))
    shown.setAccessibleName(text)


def marked(runs: Runs, opening: str) -> str:
    """As rich text, every letter of the words escaped; white space stays as it was written, and is not marked."""
    said = "".join(_marked(run, opening) if differs and run.strip() else escape(run) for differs, run in runs)
    return f'<div style="white-space: pre-wrap">{said}</div>'


def _marked(run: str, opening: str) -> str:
    core = run.strip()
    before, after = run.split(core, 1)
    return f"{before}{opening}{escape(core)}</span>{after}"
