"""The timeline: four lanes of days, the four weeks that count shaded, and today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from casework.dates_in_words import LONDON, day_of_month, local
from desktop.flows.child.timeline import LANES, Timeline, TimelineMark, lanes
from desktop.ui.child.marks import draw_mark
from desktop.ui.kit.basics.picture import Picture, PictureCard, Spot, described
from desktop.ui.kit.basics.table import Table
from desktop.ui.theme import look

NAMES = 112  # px: the lanes' names
HEAD = 30
LANE, LINE = 43, 28
SIGN = 18
GAP = 8


def timeline_card(shown: Timeline) -> PictureCard:
    """The picture and its table, fed by the same marks."""
    marks = [(lane, mark) for lane, held in lanes(shown) for mark in held]
    picture = TimelinePicture(shown)
    rows = [(lane, mark.when, mark.words) for lane, mark in marks]
    words = f"Timeline {shown.title.lower()}"
    opens = [mark.record_id for _lane, mark in marks]
    table = Table(("What", "When", "How"), rows, name="child/timeline/table", words=words, opens=opens)
    return PictureCard(shown.title, picture, table, name="child/timeline", aside=_aside(shown))


def _aside(shown: Timeline) -> str:
    """What the shade is, and which lanes are empty only because their records are elsewhere."""
    return ". ".join(part.rstrip(".") for part in (_shaded(shown), shown.not_kept) if part)


def _shaded(shown: Timeline) -> str:
    if shown.window is None:
        return ""
    last = shown.window[1]
    days = (last - shown.window[0]).days + 1
    return f"Shaded: {days} days to {day_of_month(last)}"


class TimelinePicture(Picture):
    """Words never lie over one another: a lane grows by a line when they would."""

    def __init__(self, shown: Timeline) -> None:
        items = [f"{lane}: {mark.words}, {mark.when}" for lane, held in lanes(shown) for mark in held]
        super().__init__(
            "child/timeline/picture", f"Timeline {shown.title.lower()}", described(items, "Nothing is known of yet")
        )
        self._shown = shown
        self._width = 0
        self._tops: list[tuple[str, float, float]] = []
        self._placed: list[tuple[TimelineMark, QRectF, QRectF]] = []

    def lay(self, width: int) -> int:
        """Places marks and words line by line; the same sum each time, so asking for a height changes nothing."""
        self._width = width
        self._tops, self._placed, self.spots = [], [], []
        top = float(look().px(HEAD))
        for lane in LANES:
            held = self._shown.of(lane)
            lines = self._lay_lane(held, top)
            height = look().px(LANE) + (lines - 1) * look().px(LINE)
            self._tops.append((lane, top, height))
            top += height
        return round(top) + 4

    def draw(self, painter: QPainter) -> None:
        self._draw_window(painter)
        self._draw_days(painter)
        self._draw_lanes(painter)
        for mark, sign, words in self._placed:
            draw_mark(painter, mark, sign, words, self._x(mark.at))
        self._draw_today(painter)

    def _lay_lane(self, held: Sequence[TimelineMark], top: float) -> int:
        """How many lines the lane needs."""
        ends: list[float] = []
        for mark in held:
            sign, words = self._extent(mark)
            first, last = min(sign.left(), words.left()), max(sign.right(), words.right())
            line = next((number for number, end in enumerate(ends) if first >= end + GAP), len(ends))
            if line == len(ends):
                ends.append(last)
            ends[line] = last
            middle = top + look().px(LANE) / 2 + line * look().px(LINE)
            sign.moveTop(middle - sign.height() / 2)
            words.moveTop(middle - words.height() / 2)
            self._placed.append((mark, sign, words))
            self.spots.append(Spot(sign.united(words), f"{mark.words}, {mark.when}", mark.record_id))
        return max(len(ends), 1)

    def _extent(self, mark: TimelineMark) -> tuple[QRectF, QRectF]:
        """Where the sign and its words go sideways: missing hours stand before their bar, as read; others after."""
        metrics = QFontMetrics(look().font("caption"))
        wide, tall, side = metrics.horizontalAdvance(mark.words) + 2, metrics.height(), look().px(SIGN)
        x = self._x(mark.at)
        if mark.kind == "missing":
            length = max(self._x(mark.until or mark.at) - x, look().px(8))
            sign = QRectF(x, 0, length, look().px(20))
            left = x - GAP - wide
            start = left if left >= self._left() else sign.right() + GAP
            return sign, QRectF(start, 0, wide, tall)
        if mark.kind == "well" and mark.until is not None:
            start = max(x, self._left())
            length = max(self._x(mark.until) - start, wide + look().px(22))
            sign = QRectF(min(start, self._width - length), 0, length, look().px(24))
            return sign, QRectF(sign.left() + look().px(12), 0, wide, tall)
        sign = QRectF(x - side / 2, 0, side, side)
        start = sign.right() + 5
        if start + wide > self._width:
            start = sign.left() - 5 - wide
        return sign, QRectF(start, 0, wide, tall)

    def _left(self) -> float:
        return look().px(NAMES)

    def _x(self, at: datetime) -> float:
        """Kept inside the picture: what began before it is drawn from its edge."""
        start = datetime.combine(self._shown.first, datetime.min.time(), LONDON)
        whole = (self._shown.last - self._shown.first).days + 1
        part = (at.timestamp() - start.timestamp()) / 86400 / whole
        return self._left() + max(0.0, min(part, 1.0)) * (self._width - self._left())

    def _day(self, day: date) -> float:
        return self._x(datetime.combine(day, datetime.min.time(), LONDON))

    def _foot(self) -> float:
        _lane, top, height = self._tops[-1]
        return top + height

    def _draw_window(self, painter: QPainter) -> None:
        if self._shown.window is None:
            return
        first, last = self._shown.window
        left, right, top = self._day(first), self._day(last + timedelta(days=1)), look().px(HEAD)
        ground = look().colour("decide_bg")
        ground.setAlphaF(0.55)
        painter.fillRect(QRectF(left, top, right - left, self._foot() - top), ground)
        painter.setPen(QPen(look().colour("decide"), 1.5))
        painter.drawPolyline([QPointF(left, top), QPointF(left, top - 6), QPointF(right, top - 6), QPointF(right, top)])

    def _draw_days(self, painter: QPainter) -> None:
        """Dates along the top; one that would touch today's is left out, as today's says more."""
        metrics = QFontMetrics(look().font("caption"))
        painter.setFont(look().font("caption"))
        limit, end = self._today_box().left() - GAP, 0.0
        for day in self._ticks():
            x, words = self._day(day), day_of_month(day)
            painter.fillRect(QRectF(x, look().px(HEAD), 1, self._foot() - look().px(HEAD)), look().colour("hair"))
            wide = metrics.horizontalAdvance(words)
            if x >= end and x + wide < limit:
                painter.setPen(look().colour("muted"))
                painter.drawText(QPointF(x, metrics.ascent()), words)
                end = x + wide + GAP

    def _ticks(self) -> list[date]:
        whole = (self._shown.last - self._shown.first).days
        step = 14 if whole <= 120 else 28 if whole <= 400 else 84
        return [self._shown.first + timedelta(days=n) for n in range(0, whole, step)]

    def _draw_lanes(self, painter: QPainter) -> None:
        painter.setFont(look().font("caption_strong"))
        for lane, top, height in self._tops:
            painter.fillRect(QRectF(0, top, self._width, 1), look().colour("hair"))
            painter.setPen(look().colour("text"))
            where = QRectF(0, top, self._left() - GAP, height)
            painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, lane)
        painter.fillRect(QRectF(0, self._foot(), self._width, 1), look().colour("hair"))

    def _today_box(self) -> QRectF:
        metrics = QFontMetrics(look().font("caption_strong"))
        today = local(self._shown.now)
        wide = metrics.horizontalAdvance(f"Today, {day_of_month(today)}") + 2
        x = min(self._x(self._shown.now), self._width - wide)
        return QRectF(x, 0, wide, metrics.height())

    def _draw_today(self, painter: QPainter) -> None:
        x, today = self._x(self._shown.now), local(self._shown.now)
        painter.fillRect(
            QRectF(x - 0.75, look().px(HEAD) - 6, 1.5, self._foot() - look().px(HEAD) + 6), look().colour("text")
        )
        painter.setFont(look().font("caption_strong"))
        painter.setPen(look().colour("text"))
        painter.drawText(self._today_box(), Qt.AlignmentFlag.AlignLeft, f"Today, {day_of_month(today)}")
