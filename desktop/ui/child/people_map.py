"""The people map: the child in the middle, people round about, each line drawn as strong as the tie."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop.flows.child.people_around import Person
from desktop.ui.kit.basics.picture import Picture, PictureCard, Spot, described
from desktop.ui.kit.basics.table import Table
from desktop.ui.theme import Colour, look

BOX, GAP, RADIUS = 136, 26, 33
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter


def people_card(child: str, people: Sequence[Person]) -> PictureCard:
    """The picture and its table, fed by the same people."""
    rows = [(person.named, person.words, person.source) for person in people]
    table = Table(("Who", "Tie", "Where from"), rows, name="child/people/table", words=f"People round {child}")
    return PictureCard("People", PeopleMap(child, people), table, name="child/people")


class PeopleMap(Picture):
    """Thick: strong. Thin: growing. Broken: weak. Zigzag: strained. Dots: a concern. The box says it in words too."""

    def __init__(self, child: str, people: Sequence[Person]) -> None:
        words = described([f"{person.named}: {person.words}" for person in people], "Nobody is named yet")
        super().__init__("child/people/picture", f"People round {child}", words)
        self._child, self._people = child, people
        self._boxes: list[QRectF] = []
        self._centre = QPointF()

    def lay(self, width: int) -> int:
        """Two columns with the child between them; a name that does not fit on a line makes its row taller."""
        wide = min(look().px(BOX), (width - 2 * look().px(RADIUS) - 24) // 2)
        half, gap = (len(self._people) + 1) // 2, look().room(GAP)
        left, right = self._people[:half], self._people[half:]
        tall = [max(self._tall(p, wide) for p in (left[n], *right[n : n + 1])) for n in range(half)]
        height = max(sum(tall) + gap * (half - 1), 2 * look().px(RADIUS)) + 8
        tops = [(height - sum(tall) - gap * (half - 1)) / 2 + sum(tall[:n]) + gap * n for n in range(half)]
        self._boxes = [QRectF(0.75, tops[n], wide, tall[n]) for n in range(half)]
        self._boxes += [QRectF(width - wide - 0.75, tops[n], wide, tall[n]) for n in range(len(right))]
        self._centre = QPointF(width / 2, height / 2)
        self.spots = [
            Spot(box, f"{p.named}: {p.words}. {p.source}") for p, box in zip(self._people, self._boxes, strict=True)
        ]
        return round(height)

    def draw(self, painter: QPainter) -> None:
        for person, box in zip(self._people, self._boxes, strict=True):
            end = QPointF(box.right() if box.left() < 2 else box.left(), box.center().y())
            _LINES[person.tie](painter, self._centre, end)
        for person, box in zip(self._people, self._boxes, strict=True):
            self._draw_box(painter, person, box)
        self._draw_child(painter)

    def _tall(self, person: Person, wide: int) -> int:
        room = QRectF(0, 0, wide - 12, 4000).toRect()
        strong, plain = (QFontMetrics(look().font(kind)) for kind in ("caption_strong", "caption"))
        flags = int(Qt.TextFlag.TextWordWrap)
        name = strong.boundingRect(room, flags, person.named).height()
        return name + plain.boundingRect(room, flags, person.words).height() + 8

    def _draw_box(self, painter: QPainter, person: Person, box: QRectF) -> None:
        worry = person.tie == "concern"
        painter.setPen(QPen(look().colour("text" if worry else "field"), 2.5 if worry else 1.5))
        painter.setBrush(look().colour("sunk" if worry else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inside = box.adjusted(6, 4, -6, -4)
        painter.setFont(look().font("caption_strong"))
        painter.setPen(look().colour("text"))
        painter.drawText(inside, int(WRAP | Qt.AlignmentFlag.AlignTop), person.named)
        painter.setFont(look().font("caption"))
        painter.setPen(look().colour("text" if worry else "muted"))
        painter.drawText(inside, int(WRAP | Qt.AlignmentFlag.AlignBottom), person.words)

    def _draw_child(self, painter: QPainter) -> None:
        radius = look().px(RADIUS)
        painter.setPen(QPen(look().colour("surface"), 4))
        painter.setBrush(look().colour("primary"))
        painter.drawEllipse(self._centre, radius, radius)
        painter.setPen(look().colour("on_primary"))
        painter.setFont(look().font("strong"))
        inside = QRectF(self._centre.x() - radius, self._centre.y() - radius, 2 * radius, 2 * radius)
        words = QFontMetrics(look().font("strong")).elidedText(self._child, Qt.TextElideMode.ElideRight, 2 * radius - 8)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignCenter), words)


def _line(
    painter: QPainter, start: QPointF, end: QPointF, *, colour: Colour, width: float, dashes: Sequence[float]
) -> None:
    pen = QPen(look().colour(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if dashes:
        pen.setDashPattern(list(dashes))
    painter.setPen(pen)
    painter.drawLine(start, end)


def _strong(painter: QPainter, start: QPointF, end: QPointF) -> None:
    _line(painter, start, end, colour="left", width=5, dashes=())


def _growing(painter: QPainter, start: QPointF, end: QPointF) -> None:
    _line(painter, start, end, colour="left", width=2, dashes=())


def _weak(painter: QPainter, start: QPointF, end: QPointF) -> None:
    _line(painter, start, end, colour="field", width=1.5, dashes=(7, 5))


def _unknown(painter: QPainter, start: QPointF, end: QPointF) -> None:
    _line(painter, start, end, colour="field", width=1, dashes=())


def _concern(painter: QPainter, start: QPointF, end: QPointF) -> None:
    _line(painter, start, end, colour="text", width=2, dashes=(1.5, 2.5))


def _strained(painter: QPainter, start: QPointF, end: QPointF) -> None:
    """A zigzag, eight pixels to a tooth."""
    along = end - start
    length = math.hypot(along.x(), along.y()) or 1.0
    teeth = max(int(length // 8), 2)
    across = QPointF(-along.y(), along.x()) / length * 5
    points = [start + along * (n / teeth) + across * (0 if n in (0, teeth) else (-1) ** n) for n in range(teeth + 1)]
    painter.setPen(QPen(look().colour("text"), 1.75))
    painter.drawPolyline(points)


_LINES = {
    "strong": _strong,
    "growing": _growing,
    "weak": _weak,
    "strained": _strained,
    "unknown": _unknown,
    "concern": _concern,
}
