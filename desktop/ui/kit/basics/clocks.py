"""The two clocks, in two shapes so that nobody reads one for the other: a draining track, and one box a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.theme import Colour, look


class HoursTrack(QWidget):
    """Seventy-two hours. `spent` is the part gone, from 0; above 1 it is over. None: it cannot be counted yet."""

    def __init__(self, spent: float | None, *, soon: bool, words: str, width: int = 200) -> None:
        super().__init__()
        self._spent, self._soon = spent, soon
        self.setAccessibleName(words)
        self.setFixedSize(look().px(width), look().px(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(look().percent / 100, look().percent / 100)
        width = self.width() * 100 / look().percent
        if self._spent is None:
            self._paint_unknown(painter, width)
        else:
            self._paint_spent(painter, width, self._spent)

    def _paint_unknown(self, painter: QPainter, width: float) -> None:
        pen = QPen(look().colour("field"), 1.5)
        pen.setDashPattern([2.7, 2.7])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(0.75, 2.75, width - 1.5, 8.5), 4, 4)

    def _paint_spent(self, painter: QPainter, width: float, spent: float) -> None:
        """Over: the whole track is time gone, and the part beyond the line is what is over."""
        now = look()
        over = spent > 1
        end = width / spent if over else width * max(spent, 0)
        rest: Colour = "over_bg" if over else "soon_fill" if self._soon else "left"
        track = QPainterPath()
        track.addRoundedRect(QRectF(0, 2, width, 10), 5, 5)
        painter.fillPath(track, now.colour(rest))
        painter.save()
        painter.setClipPath(track)
        painter.fillRect(QRectF(0, 2, end, 10), now.colour("spent"))
        for day in (1, 2):
            at = day / 3 * (end if over else width)
            painter.fillRect(QRectF(at - 0.75, 2, 1.5, 10), now.colour("surface"))
        painter.restore()
        painter.fillRect(QRectF(min(max(end - 1, 0), width - 2), 0, 2, 14), now.colour("text"))


DayState = Literal["past", "today", "left", "over"]


@dataclass(frozen=True, slots=True)
class DayBox:
    """One working day of a clock, and what stands in its box."""

    words: str
    state: DayState


# ground, words, whether they are bold
_DAYS: Mapping[DayState, tuple[Colour, Colour, bool]] = {
    "past": ("sunk", "muted", False),
    "today": ("surface", "text", True),
    "left": ("ready_bg", "ready", True),
    "over": ("over_bg", "over", True),
}


class DayBoxes(QWidget):
    """One box a working day, named; today has an edge, a day that is over is filled."""

    WIDTH, HEIGHT, GAP = 44, 24, 4

    def __init__(self, days: Sequence[DayBox], *, words: str) -> None:
        super().__init__()
        self._days = tuple(days)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        count = max(len(self._days), 1)
        return QSize(look().px(count * (self.WIDTH + self.GAP) - self.GAP), look().px(self.HEIGHT))

    def boxes(self) -> Sequence[QRectF]:
        """Narrower where a column has less room: a day that is over is one box more."""
        gap, count = look().px(self.GAP), max(len(self._days), 1)
        wide = min(look().px(self.WIDTH), (self.width() + gap) / count - gap)
        return [QRectF(number * (wide + gap), 0, wide, look().px(self.HEIGHT)) for number in range(len(self._days))]

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for day, box in zip(self._days, self.boxes(), strict=True):
            self._paint_day(painter, day, box)

    def _paint_day(self, painter: QPainter, day: DayBox, box: QRectF) -> None:
        now = look()
        ground, ink, strong = _DAYS[day.state]
        edge = day.state == "today"
        outlined = now.tokens.outlined and day.state != "past"
        painter.setPen(QPen(now.colour("text"), 2 if edge else 1) if edge or outlined else Qt.PenStyle.NoPen)
        painter.setBrush(now.colour(ground))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1) if edge or outlined else box, 4, 4)
        painter.setPen(now.colour(ink))
        painter.setFont(now.font("caption_strong" if strong else "caption"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), day.words)
