"""Bars that lie, columns that stand, and a trend: painted, walked through by arrow keys, each with its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop.ui.kit.basics.picture import Picture, Spot, described
from desktop.ui.theme import look

BAR, GAP = 18, 8
LABELS = 0.42  # of the width: the names of bars that lie
COLUMNS_TALL = 150


@dataclass(frozen=True, slots=True)
class Bar:
    """`count` is None where it is hidden; `number` names the figure, empty for one of a period before."""

    words: str
    count: int | None
    beside: str = ""
    number: str = ""

    @property
    def said(self) -> str:
        count = "hidden" if self.count is None else str(self.count)
        return f"{self.words}: {count}{f', {self.beside}' if self.beside else ''}"

    @property
    def shown(self) -> str:
        return "hidden" if self.count is None else f"{self.count:,}"


class BarPicture(Picture):
    """`opened` names the figure of a bar."""

    def __init__(self, name: str, words: str, bars: Sequence[Bar]) -> None:
        super().__init__(name, words, described([bar.said for bar in bars], "Nothing was counted"))
        self._bars = bars
        self._most = max((bar.count or 0 for bar in bars), default=0) or 1
        self._places: list[tuple[Bar, QRectF, QRectF]] = []
        self._foot = 0

    def _ground(self, painter: QPainter, bar: Bar, where: QRectF) -> None:
        """A hidden number has an outline and no length that could be measured."""
        if bar.count is None:
            painter.setPen(QPen(look().colour("muted"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(where)
        else:
            painter.fillRect(where, look().colour("primary" if bar.number else "field"))


class LyingBars(BarPicture):
    """A line for each: its name, its bar, its number and its share."""

    def lay(self, width: int) -> int:
        step, names = look().px(BAR + GAP), width * LABELS
        metrics, tall = QFontMetrics(look().font("caption")), 0.0
        numbers = max((metrics.horizontalAdvance(f"{bar.shown}  {bar.beside}") for bar in self._bars), default=0) + 12
        self._places, self.spots = [], []
        for bar in self._bars:
            box = QRectF(0, tall, names - GAP, 1000)
            high = max(
                metrics.boundingRect(box.toRect(), int(Qt.TextFlag.TextWordWrap), bar.words).height() + GAP, step
            )
            share = 0.12 if bar.count is None else bar.count / self._most
            room = max(width - names - numbers, 10.0)
            drawn = QRectF(names, tall + (high - look().px(BAR)) / 2, max(room * share, 1.0), look().px(BAR))
            line = QRectF(0, tall, width, high)
            self._places.append((bar, line, drawn))
            self.spots.append(Spot(line, bar.said, bar.number))
            tall += high
        return round(tall) + 4

    def draw(self, painter: QPainter) -> None:
        for bar, line, drawn in self._places:
            self._ground(painter, bar, drawn)
            painter.setPen(look().colour("text"))
            painter.setFont(look().font("caption"))
            names = QRectF(0, line.top(), drawn.left() - GAP, line.height())
            painter.drawText(names, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), bar.words)
            after = QRectF(drawn.right() + 6, line.top(), line.width() - drawn.right(), line.height())
            painter.setFont(look().font("caption_strong"))
            painter.drawText(after, int(Qt.AlignmentFlag.AlignVCenter), bar.shown)
            wide = painter.fontMetrics().horizontalAdvance(bar.shown) + 8
            painter.setFont(look().font("caption"))
            painter.setPen(look().colour("muted"))
            painter.drawText(after.adjusted(wide, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), bar.beside)


class StandingColumns(LyingBars):
    """A column for each, its number above and its name below; where a word of a name is wider than its column, the bars
    lie instead: a name cut off on both sides names nothing."""

    def __init__(self, name: str, words: str, bars: Sequence[Bar]) -> None:
        super().__init__(name, words, bars)
        self._lies = False

    def lay(self, width: int) -> int:
        metrics = QFontMetrics(look().font("caption"))
        widest = max((metrics.horizontalAdvance(word) for bar in self._bars for word in bar.words.split()), default=0)
        self._lies = widest > width / max(len(self._bars), 1) - 4
        return super().lay(width) if self._lies else self._stand(width, metrics)

    def _stand(self, width: int, metrics: QFontMetrics) -> int:
        step = width / max(len(self._bars), 1)
        tall, head = look().px(COLUMNS_TALL), metrics.height() + 4
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        self._foot = max(
            (metrics.boundingRect(0, 0, int(step) - 4, 1000, flags, bar.words).height() for bar in self._bars),
            default=0,
        )
        self._places, self.spots = [], []
        for place, bar in enumerate(self._bars):
            share = 0.08 if bar.count is None else bar.count / self._most
            high = max(tall * share, 1.0)
            side = min(step * 0.7, look().px(64))
            drawn = QRectF(place * step + (step - side) / 2, head + tall - high, side, high)
            whole = QRectF(place * step, 0, step, head + tall + 4 + self._foot)
            self._places.append((bar, whole, drawn))
            self.spots.append(Spot(whole, bar.said, bar.number))
        return round(head + tall + 8 + self._foot)

    def draw(self, painter: QPainter) -> None:
        if self._lies:
            super().draw(painter)
        else:
            self._draw_standing(painter)

    def _draw_standing(self, painter: QPainter) -> None:
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap)
        for bar, whole, drawn in self._places:
            self._ground(painter, bar, drawn)
            painter.setPen(look().colour("text"))
            painter.setFont(look().font("caption_strong"))
            high = painter.fontMetrics().height()
            above = QRectF(whole.left(), drawn.top() - high - 2, whole.width(), high)
            painter.drawText(above, int(Qt.AlignmentFlag.AlignHCenter), bar.shown)
            painter.setFont(look().font("caption"))
            painter.drawText(
                QRectF(whole.left() + 2, drawn.bottom() + 4, whole.width() - 4, self._foot), flags, bar.words
            )
