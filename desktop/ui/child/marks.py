"""The signs of the timeline. Each differs in shape and has its words, so none is told by colour alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.flows.child.timeline import TimelineMark
from desktop.ui.theme import Colour, look


def draw_mark(painter: QPainter, mark: TimelineMark, sign: QRectF, words: QRectF, x: float) -> None:
    """The sign and its words; `x` is the moment itself, where a sign for what lasts has its thick edge."""
    lasts = mark.kind == "well" and mark.until is not None
    if lasts:
        _lasting(painter, sign, x)
    else:
        _SIGNS[mark.kind](painter, sign)
    painter.setFont(look().font("caption_strong" if lasts else "caption"))
    painter.setPen(look().colour("signed" if lasts else "text"))
    painter.drawText(words.adjusted(0, 0, 40, 0), Qt.AlignmentFlag.AlignVCenter, mark.words)


def _filled(painter: QPainter, colour: Colour) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look().colour(colour))


def _outlined(painter: QPainter, colour: Colour, width: float, ground: Colour | None = "surface") -> None:
    pen = QPen(look().colour(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(look().colour(ground) if ground else Qt.BrushStyle.NoBrush)


def _bar(painter: QPainter, sign: QRectF) -> None:
    _filled(painter, "left")
    painter.drawRoundedRect(sign, 3, 3)


def _held(painter: QPainter, sign: QRectF) -> None:
    _filled(painter, "left")
    painter.drawEllipse(sign.adjusted(1, 1, -1, -1))
    _outlined(painter, "surface", 2, None)
    unit, at = sign.width() / 18, sign.center()
    painter.drawPolyline([at + QPointF(-3.5, 0) * unit, at + QPointF(-0.9, 2.8) * unit, at + QPointF(3.7, -2.6) * unit])


def _declined(painter: QPainter, sign: QRectF) -> None:
    _outlined(painter, "declined", 1.5, "declined_bg")
    painter.drawEllipse(sign.adjusted(1.5, 1.5, -1.5, -1.5))
    unit, at = sign.width() / 18, sign.center()
    painter.drawLine(at + QPointF(-3.5, 0) * unit, at + QPointF(3.5, 0) * unit)


def _due(painter: QPainter, sign: QRectF) -> None:
    _outlined(painter, "soon_fill", 2)
    painter.drawEllipse(sign.adjusted(2, 2, -2, -2))
    unit, at = sign.width() / 18, sign.center()
    painter.drawPolyline([at + QPointF(0, -3.6) * unit, at, at + QPointF(3, 1.6) * unit])


def _paper(painter: QPainter, sign: QRectF) -> None:
    _outlined(painter, "left", 1.75)
    sheet = sign.adjusted(sign.width() / 9, 0, -sign.width() / 9, 0)
    painter.drawRoundedRect(sheet, 2, 2)
    for part in (0.36, 0.6):
        y = sheet.top() + sheet.height() * part
        painter.drawLine(QPointF(sheet.left() + 3.5, y), QPointF(sheet.right() - 3.5, y))


def _visit(painter: QPainter, sign: QRectF) -> None:
    _filled(painter, "view_edge")
    at, reach = sign.center(), sign.width() / 2
    painter.drawPolygon(
        [at + QPointF(0, -reach), at + QPointF(reach, 0), at + QPointF(0, reach), at - QPointF(reach, 0)]
    )


def _well(painter: QPainter, sign: QRectF) -> None:
    _filled(painter, "signed")
    painter.drawEllipse(sign.adjusted(2, 2, -2, -2))


def _lasting(painter: QPainter, sign: QRectF, x: float) -> None:
    _filled(painter, "signed_bg")
    painter.drawRoundedRect(sign, 4, 4)
    if x >= sign.left() - 1:
        painter.fillRect(QRectF(sign.left(), sign.top(), 4, sign.height()), look().colour("signed"))


_SIGNS: dict[str, Callable[[QPainter, QRectF], None]] = {
    "missing": _bar,
    "held": _held,
    "declined": _declined,
    "due": _due,
    "plan": _paper,
    "review": _paper,
    "visit": _visit,
    "well": _well,
}
