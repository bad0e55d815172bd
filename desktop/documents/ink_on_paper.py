"""A signature drawn with a pen, as lines on paper. It shows who held the pen; the proof is the certificate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from casework.canonical import JSON
from desktop.documents.lettering.typeface import Typeface
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.text_flow import Style, TextFlow
from judgement.signature_form import CHECKER

HEIGHT = 112.0
_PEN = 46.0  # the room above the line, in points
_TALLEST = 200.0


class InkBlock(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Up to two signatures side by side: ink or a typed name above a line, who it is below."""

    def __init__(
        self, face: Typeface, signatures: Sequence[tuple[str, JSON, Sequence[str], str]], parent: Element
    ) -> None:
        super().__init__()
        self.width, self.height = 0.0, 0.0
        self._face, self._signatures, self._parent = face, signatures, parent
        self.spaceBefore, self.spaceAfter = 6, 12

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, HEIGHT
        return width, HEIGHT

    def draw(self) -> None:
        step = self.width / 2 + 10
        for place, (name, ink, lines, field) in enumerate(self._signatures):
            self.canv.saveState()
            self.canv.translate(place * step, 0)
            self._draw_one(name, ink, lines, self.width / 2 - 10)
            if field == CHECKER:  # what is said of the check stands below the line, on the page itself
                self.canv.translate(0, HEIGHT - _PEN + 2)
                self.canv.mark_place(field, self.width / 2 - 10, _PEN - 4)
            elif field:
                self.canv.mark_place(field, self.width / 2 - 10, HEIGHT)
            self.canv.restoreState()

    def _draw_one(self, name: str, ink: JSON, lines: Sequence[str], width: float) -> None:
        canvas = self.canv
        strokes = ink.get("strokes") if isinstance(ink, Mapping) else None
        if isinstance(ink, Mapping) and isinstance(strokes, list):
            canvas.begin(self._parent.add("Figure", alt=f"{name}: signed with a pen"))
            _draw_strokes(canvas, ink, strokes, (width, _PEN - 4), HEIGHT - 2)
            canvas.end()
        elif isinstance(ink, Mapping):
            typed = TextFlow(self._face, str(ink.get("typed", name)), Style(size=15, leading=20), self._parent)
            typed.wrap(width, HEIGHT)
            typed.draw_on(canvas, HEIGHT - _PEN + 22)
        canvas.begin_artifact()
        canvas.setStrokeColor(HexColor("#15202B"))
        canvas.setLineWidth(0.8)
        canvas.line(0, HEIGHT - _PEN, width, HEIGHT - _PEN)
        canvas.end()
        self._draw_lines(name, lines, width)

    def _draw_lines(self, name: str, lines: Sequence[str], width: float) -> None:
        top = HEIGHT - _PEN - 4
        for number, line in enumerate([name, *lines]):
            style = Style(size=9, leading=13, weight="SemiBold" if number == 0 else "Regular")
            words = TextFlow(self._face, line, style, self._parent)
            words.wrap(width, HEIGHT)
            words.draw_on(self.canv, top)
            top -= words.height


class DrawingBlock(Flowable):  # type: ignore[misc]
    """What a child drew, as large as half the page is wide: a picture, and nobody's signature."""

    def __init__(self, ink: Mapping[str, JSON], alt: str, parent: Element) -> None:
        super().__init__()
        self._ink, self._alt, self._parent = ink, alt, parent
        self.width = self.height = 0.0
        self.spaceBefore, self.spaceAfter = 4, 8
        self.width = self.height = 0.0  # until `wrap` is told how wide the page is

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        shape = max(_whole(self._ink.get("height")), 1) / max(_whole(self._ink.get("width")), 1)
        self.width = min(width / 1.6, _TALLEST / shape)
        self.height = self.width * shape
        return self.width, self.height

    def draw(self) -> None:
        strokes = self._ink.get("strokes")
        self.canv.begin(self._parent.add("Figure", alt=self._alt))
        if isinstance(strokes, list):
            _draw_strokes(self.canv, self._ink, strokes, (self.width, self.height), self.height)
        self.canv.end()


def _draw_strokes(
    canvas: object, ink: Mapping[str, JSON], strokes: Sequence[JSON], room: tuple[float, float], top: float
) -> None:
    scale = min(room[0] / max(_whole(ink.get("width")), 1), room[1] / max(_whole(ink.get("height")), 1))
    path = canvas.beginPath()  # type: ignore[attr-defined]
    for stroke in strokes:
        points = (
            [point for point in stroke if isinstance(point, list) and len(point) >= 2]
            if isinstance(stroke, list)
            else []
        )
        for number, point in enumerate(points):
            x, y = _whole(point[0]) * scale, top - _whole(point[1]) * scale
            (path.lineTo if number else path.moveTo)(x, y)
    canvas.setStrokeColor(HexColor("#0B1F4B"))  # type: ignore[attr-defined]
    canvas.setLineWidth(1.3)  # type: ignore[attr-defined]
    canvas.setLineCap(1)  # type: ignore[attr-defined]
    canvas.drawPath(path)  # type: ignore[attr-defined]


def _whole(value: JSON) -> int:
    return value if isinstance(value, int) else 0
