"""Push and pull: a line a reason, a column an interview, and in it whose words it was: the child’s own solid and warm,
an adult’s hatched and cool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from casework.dates_in_words import counted, day, month_day
from casework.practice.figures.collated_views import ADULT, CHILD, WORKER
from desktop.flows.child.push_and_pull import NOT_NOTED, GivenReason, PushAndPull, SaidReason
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.kit.basics.picture import Picture, PictureCard, Spot, described
from desktop.ui.kit.basics.table import Table
from desktop.ui.theme import look

TITLE = "Getting away from, going towards"
NAMES, NAMES_MOST = 0.34, 230  # of the width, and in px: the reasons
COLUMN_MOST, MARK, MARK_WIDE, SWATCH = 120, 18, 34, 12
GAP = 6
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter
ORDER = (CHILD, ADULT, WORKER, NOT_NOTED)


def reasons_card(shown: PushAndPull, today: date) -> Card:
    """The picture and its table, fed by the same items; a sentence where no interview gave a reason."""
    if not shown.reasons:
        return _nothing(shown)
    items = list(shown.items())
    rows = [(one.head, one.words, day(said.on), shown.voices[said.voice]) for one, said in items]
    opens = [said.record_id for _one, said in items]
    heads = ("What", "Reason", "Interview", "Whose words")
    table = Table(heads, rows, name="child/reasons/table", words=TITLE, opens=opens)
    return PictureCard(TITLE, ReasonsPicture(shown, today), table, name="child/reasons")


def _nothing(shown: PushAndPull) -> Card:
    many = len(shown.interviews)
    words = f"No reason was given in {counted(many, 'signed interview')}." if many else "No interview is signed yet."
    card, side = Card(TITLE), look().room(16)
    said = label(words, "body", "muted", name="child/reasons/none")
    card.add(padded(said, (side, look().room(10), side, look().room(10))))
    return card


class ReasonsPicture(Picture):
    """All places are as in a window that reads from the left; `_turned` puts them where this one reads from."""

    def __init__(self, shown: PushAndPull, today: date) -> None:
        said = [_said(shown, one, item) for one, item in shown.items()]
        super().__init__("child/reasons/picture", f"{TITLE}, as {shown.child} and others said", described(said, ""))
        self._shown, self._today = shown, today
        self._width, self._names, self._column = 0, 0.0, 0.0
        self._legend: list[tuple[str, QRectF]] = []
        self._days: list[tuple[str, QRectF]] = []
        self._words: list[tuple[str, QRectF, bool]] = []
        self._marks: list[tuple[str, QRectF]] = []
        self._counts: list[tuple[GivenReason, QRectF]] = []

    def step(self, key: Qt.Key) -> int:
        """Sideways goes the way that time goes on the picture."""
        turns = key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and self._is_turned()
        return -super().step(key) if turns else super().step(key)

    def lay(self, width: int) -> int:
        self._width, self._names = width, min(width * NAMES, float(look().px(NAMES_MOST)))
        room = width - self._names - self._count_wide()
        self._column = min(max(room, 1.0) / len(self._shown.interviews), float(look().px(COLUMN_MOST)))
        self._words, self._marks, self._counts, self.spots = [], [], [], []
        top = self._lay_days(self._lay_legend())
        for one in self._shown.reasons:
            top = self._lay_reason(one, top)
        return round(top) + 4

    def draw(self, painter: QPainter) -> None:
        for voice, where in self._legend:
            self._draw_swatch(painter, voice, where, self._voice_words(voice))
        painter.setPen(look().colour("muted"))
        for words, where in self._days:
            painter.setFont(look().font("caption"))
            painter.drawText(self._turned(where), self._flags(), words)
            painter.fillRect(self._turned(QRectF(where.left(), where.bottom(), 1, 5)), look().colour("muted"))
        for words, where, is_head in self._words:
            painter.fillRect(QRectF(0, where.top(), self._width, 1), look().colour("hair"))
            painter.setFont(look().font("caption_strong" if is_head else "caption"))
            painter.setPen(look().colour("text"))
            painter.drawText(self._turned(where), self._flags(), words)
        for voice, where in self._marks:
            draw_voice(painter, voice, self._turned(where))
        for one, where in self._counts:
            self._draw_counts(painter, one, where)

    def _is_turned(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _turned(self, where: QRectF) -> QRectF:
        if not self._is_turned():
            return where
        return QRectF(self._width - where.right(), where.top(), where.width(), where.height())

    def _flags(self) -> int:
        """Where words begin: absolute, as their place was turned already."""
        side = Qt.AlignmentFlag.AlignRight if self._is_turned() else Qt.AlignmentFlag.AlignLeft
        return int(WRAP | side | Qt.AlignmentFlag.AlignAbsolute)

    def _voices(self) -> Sequence[str]:
        there = {said.voice for _one, said in self._shown.items()}
        return [voice for voice in ORDER if voice in there]

    def _voice_words(self, voice: str) -> str:
        words = self._shown.voices[voice]
        return f"{words[:1].upper()}{words[1:]}"

    def _lay_legend(self) -> float:
        """One after another, and on a new line when the line is full."""
        metrics, swatch = QFontMetrics(look().font("caption")), look().px(SWATCH)
        tall, left, top = metrics.height() + GAP, 0.0, 0.0
        self._legend = []
        for voice in self._voices():
            wide = swatch + GAP + metrics.horizontalAdvance(self._voice_words(voice)) + 2
            if left and left + wide > self._width:
                left, top = 0.0, top + tall
            self._legend.append((voice, QRectF(left, top, wide, metrics.height())))
            left += wide + look().room(16)
        return top + tall

    def _lay_days(self, top: float) -> float:
        """Above its column; the latest always, another where it does not touch the next."""
        metrics = QFontMetrics(look().font("caption"))
        self._days, limit = [], float(self._width)
        for place, (_record, on) in reversed(list(enumerate(self._shown.interviews))):
            words = month_day(on, self._today)
            wide = metrics.horizontalAdvance(words) + 2
            left = min(self._names + place * self._column, self._width - wide)
            if left + wide <= limit:
                self._days.append((words, QRectF(left, top, wide, metrics.height())))
                limit = left - GAP
        return top + metrics.height() + 5

    def _lay_reason(self, one: GivenReason, top: float) -> float:
        """As tall as its words, or as the interview in which most voices named it."""
        if all(where[0] != one.head for where in self._words if where[2]):
            top = self._lay_words(one.head, top, tall=0.0, is_head=True)
        stacks = [list(self._of(one, record)) for record, _on in self._shown.interviews]
        mark = look().px(MARK)
        foot = self._lay_words(one.words, top, tall=max(map(len, stacks)) * (mark + 3) + GAP, is_head=False)
        for place, stack in enumerate(stacks):
            first = (top + foot - len(stack) * (mark + 3) + 3) / 2
            for number, said in enumerate(stack):
                self._lay_mark(one, said, QPointF(self._names + place * self._column, first + number * (mark + 3)))
        after = self._names + len(stacks) * self._column
        self._counts.append((one, QRectF(after, top, self._width - after, foot - top)))
        return foot

    def _of(self, one: GivenReason, record_id: str) -> Iterator[SaidReason]:
        return (said for said in one.said if said.record_id == record_id)

    def _lay_words(self, words: str, top: float, *, tall: float, is_head: bool) -> float:
        metrics = QFontMetrics(look().font("caption_strong" if is_head else "caption"))
        wide = self._width if is_head else self._names - GAP
        box = metrics.boundingRect(QRectF(0, 0, wide, 4000).toRect(), int(WRAP), words)
        high = max(box.height() + 2 * GAP, tall)
        self._words.append((words, QRectF(0, top, wide, high), is_head))
        return top + high

    def _lay_mark(self, one: GivenReason, said: SaidReason, at: QPointF) -> None:
        wide = max(min(self._column - 4, look().px(MARK_WIDE)), 4.0)
        where = QRectF(at.x(), at.y(), wide, look().px(MARK))
        self._marks.append((said.voice, where))
        self.spots.append(Spot(self._turned(where), _said(self._shown, one, said), said.record_id))

    def _count_wide(self) -> float:
        """Room for the numbers of every voice that is there."""
        digits = QFontMetrics(look().font("caption_strong")).horizontalAdvance("00")
        return len(self._voices()) * (look().px(SWATCH) + digits + 2 * GAP) + GAP

    def _draw_counts(self, painter: QPainter, one: GivenReason, where: QRectF) -> None:
        """Each number stands beside the sign of whose it is: never one sum of both."""
        left, wide = where.left() + GAP, (self._count_wide() - GAP) / len(self._voices())
        for voice in self._voices():
            if count := one.count(voice):
                self._draw_swatch(painter, voice, QRectF(left, where.top(), wide, where.height()), str(count))
                left += wide

    def _draw_swatch(self, painter: QPainter, voice: str, where: QRectF, words: str) -> None:
        side = look().px(SWATCH)
        sign = QRectF(where.left(), where.center().y() - side / 2, side, side)
        draw_voice(painter, voice, self._turned(sign))
        painter.setFont(look().font("caption_strong" if words.isdigit() and voice == CHILD else "caption"))
        painter.setPen(look().colour("text"))
        beside = where.adjusted(side + GAP, 0, 0, 0)
        painter.drawText(self._turned(beside), self._flags(), words)


def draw_voice(painter: QPainter, voice: str, where: QRectF) -> None:
    """The child’s own words solid and warm; an adult’s hatched and cool; words of nobody noted, an empty outline."""
    if voice == CHILD:
        painter.fillRect(where, look().colour("voice_edge"))
        return
    known = voice != NOT_NOTED
    painter.setPen(QPen(look().colour("view_edge"), 1, Qt.PenStyle.SolidLine if known else Qt.PenStyle.DashLine))
    painter.setBrush(look().colour("view_bg" if known else "surface"))
    painter.drawRect(where.adjusted(0.5, 0.5, -0.5, -0.5))
    if known:
        _hatch(painter, where, leans=voice == WORKER)


def _hatch(painter: QPainter, where: QRectF, *, leans: bool) -> None:
    """Leaning for the worker, level for another adult."""
    painter.save()
    painter.setClipRect(where)
    painter.setPen(QPen(look().colour("view_edge"), 1.5))
    gap, tall = 5.0, where.height()
    for number in range(1, int((where.width() + tall) / gap) + 1):
        if leans:
            start = where.bottomLeft() + QPointF(number * gap, 0)
            painter.drawLine(start, start + QPointF(-tall, -tall))
        else:
            at = where.top() + number * gap - 1
            painter.drawLine(QPointF(where.left(), at), QPointF(where.right(), at))
    painter.restore()


def _said(shown: PushAndPull, one: GivenReason, said: SaidReason) -> str:
    return f"{one.head}, {one.words}: {shown.voices[said.voice]}, {day(said.on)}"
