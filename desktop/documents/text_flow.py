"""Text that breaks into lines and pages, in any of our scripts, and keeps its place in the structure tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from desktop.documents.lettering.line_drawing import Line, draw_line, lines_of
from desktop.documents.lettering.spoken_language import SecondWords, language_of
from desktop.documents.lettering.typeface import REGULAR, Typeface, clean
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.tagging import TaggedCanvas

_HEADINGS = ("H1", "H2", "H3")


@dataclass(frozen=True)
class Style:
    """Sizes in points. `edge` and `ground` paint a panel behind the words; `pad` keeps them off its sides."""

    size: float = 10.5
    leading: float = 15
    weight: str = REGULAR
    colour: str = "#15202B"
    before: float = 0
    after: float = 3
    indent: float = 0
    ground: str = ""
    edge: str = ""


class TextFlow(Flowable):  # type: ignore[misc]  # reportlab has no types
    """One paragraph. Its lines share one element, over however many pages they run; `also` is the same in another
    language, under it in an element of its own. `language`: of words that are known to be in one."""

    def __init__(
        self,
        face: Typeface,
        text: str,
        style: Style,
        parent: Element,
        tag: str = "P",
        *,
        also: SecondWords | None = None,
        language: str = "",
    ) -> None:
        super().__init__()
        self.width, self.height = 0.0, 0.0
        self._face, self._style = face, style
        self._paragraphs = clean(text).split("\n")
        self._lines: list[Line] = []
        self._broken_for = -1.0
        self._element = parent.add(tag) if text else parent  # a part goes on in the element it began in
        if text:
            self._element.language = language_of(text) or language
        self._also = clean(also.text).split("\n") if also else []
        self._also_element, self._also_from = self._element, 0
        self._also_near = also is not None and also.near
        if also:
            self._also_element = parent.add("P" if tag in _HEADINGS else tag)
            self._also_element.language = also.language
        face.missing(
            f"{text}{also.text if also else ''}"
        )  # so that the foot of the document can say what its boxes are
        self._fixed = False
        self.spaceBefore, self.spaceAfter = style.before, style.after

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        if not self._fixed and self._broken_for != width:
            self._lines = [line for part in self._paragraphs for line in self._lines_of(part)]
            self._also_from = len(self._lines)
            self._lines += [line for part in self._also for line in self._lines_of(part)]
            self._broken_for = width
        self.height = len(self._lines) * self._style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[TextFlow]:
        """Never leaves one line alone at the foot or the head of a page."""
        self.wrap(width, height)
        room = int(height // self._style.leading)
        if room >= len(self._lines):
            return [self]
        room = min(room, len(self._lines) - 2)
        if room < 2:
            return []
        also_from = self._also_from
        return [
            self._part(self._lines[:room], also_from, last=False),
            self._part(self._lines[room:], max(also_from - room, 0), last=True),
        ]

    def draw(self) -> None:
        if self._element.tag in ("H1", "H2") and not self._fixed:
            self.canv.add_bookmark(" ".join(self._paragraphs), 0 if self._element.tag == "H1" else 1)
        self.draw_on(self.canv, self.height)

    def draw_on(self, canvas: TaggedCanvas, top: float) -> None:
        """With the first line's top at `top`."""
        self._paint_panel(canvas, top)
        base = top - self._style.leading * 0.76
        for number, line in enumerate(self._lines):
            canvas.begin(self._element_of(line, number))
            near = self._also_near and number >= self._also_from
            self._draw_line(canvas, line, base - number * self._style.leading, near=near)
            canvas.end()

    def _element_of(self, line: Line, number: int) -> Element:
        """Of a line with words from the right among others, its own, which says it as it was said.

        A line that runs from the right has none: readers turn it round themselves, and some would turn this round too.
        """
        element = self._element if number < self._also_from else self._also_element
        is_mixed = line.levels and not line.runs_from_right
        return element.add("Span", spoken=f"{line.text} ") if is_mixed else element

    def _lines_of(self, paragraph: str) -> list[Line]:
        style = self._style
        return list(lines_of(self._face, paragraph, style.weight, style.size, self.width - 2 * style.indent))

    def _part(self, lines: list[Line], also_from: int = 0, *, last: bool) -> TextFlow:
        part = TextFlow(self._face, "", self._style, self._element)
        part._lines, part._fixed = lines, True
        part._also_element, part._also_from = self._also_element, also_from
        part._also_near = self._also_near
        part.spaceBefore, part.spaceAfter = 0, self._style.after if last else 0
        return part

    def _paint_panel(self, canvas: TaggedCanvas, top: float) -> None:
        if self._style.ground:
            paint_panel(canvas, self._style, self.width, top - self.height - self.spaceAfter, top + self.spaceBefore)

    def _draw_line(self, canvas: TaggedCanvas, line: Line, y: float, *, near: bool) -> None:
        """A space after it keeps its last word apart from the next line's first when it is read out."""
        style = self._style
        left = style.indent
        if line.runs_from_right and not near:
            left = self.width - style.indent - self._face.width(line.text, style.weight, style.size)
        elif not line.levels:
            line = Line(line.text + " ")
        draw_line(canvas, self._face, line, left, y, weight=style.weight, size=style.size, colour=style.colour)


class TableRow(Flowable):  # type: ignore[misc]
    """Cells side by side; a row too tall for the page goes on in the same cells on the next."""

    def __init__(self, cells: Sequence[TextFlow], widths: Sequence[float], *, rule: str = "", gap: float = 5) -> None:
        super().__init__()
        self.width, self.height = 0.0, 0.0
        self._cells, self._widths, self._rule, self._gap = cells, widths, rule, gap

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        tallest = max(
            cell.wrap(share * width - 8, height)[1] for cell, share in zip(self._cells, self._widths, strict=True)
        )
        self.height = tallest + 2 * self._gap
        return width, self.height

    def split(self, width: float, height: float) -> list[TableRow]:
        self.wrap(width, height)
        if self.height <= height:
            return [self]
        parts = [
            self._cut(cell, share * width - 8, height - 2 * self._gap)
            for cell, share in zip(self._cells, self._widths, strict=True)
        ]
        cut = [part for part in parts if part is not None]
        if len(cut) < len(parts):
            return []
        first = TableRow([part[0] for part in cut], self._widths, gap=self._gap)
        rest = TableRow([part[1] for part in cut], self._widths, rule=self._rule, gap=self._gap)
        return [first, rest]

    @staticmethod
    def _cut(cell: TextFlow, width: float, height: float) -> tuple[TextFlow, TextFlow] | None:
        if cell.wrap(width, height)[1] <= height:
            return cell, cell._part([], last=True)
        parts = cell.split(width, height)
        return (parts[0], parts[1]) if len(parts) == 2 else None

    def draw(self) -> None:
        canvas, x = self.canv, 0.0
        for cell, share in zip(self._cells, self._widths, strict=True):
            canvas.saveState()
            canvas.translate(x, 0)
            cell.draw_on(canvas, self.height - self._gap)
            canvas.restoreState()
            x += share * self.width
        if self._rule:
            canvas.begin_artifact()
            canvas.setStrokeColor(HexColor(self._rule))
            canvas.setLineWidth(0.6)
            canvas.line(0, 0, self.width, 0)
            canvas.end()


class Band(Flowable):  # type: ignore[misc]
    """Empty height that carries a panel's ground, or a rule across the page."""

    def __init__(self, height: float, style: Style | None = None, rule: str = "") -> None:
        super().__init__()
        self.width, self.height = 0.0, 0.0
        self._height, self._style, self._rule = height, style, rule

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._height
        return width, self._height

    def draw(self) -> None:
        if self._style is not None:
            paint_panel(self.canv, self._style, self.width, 0, self._height)
        if self._rule:
            self.canv.begin_artifact()
            self.canv.setStrokeColor(HexColor(self._rule))
            self.canv.setLineWidth(0.8)
            self.canv.line(0, self._height / 2, self.width, self._height / 2)
            self.canv.end()


def paint_panel(canvas: TaggedCanvas, style: Style, width: float, bottom: float, top: float) -> None:
    """A tinted ground with a thick left edge: warm for the child's words, cool for the worker's view."""
    canvas.begin_artifact()
    canvas.setFillColor(HexColor(style.ground))
    canvas.rect(0, bottom, width, top - bottom, stroke=0, fill=1)
    if style.edge:
        canvas.setFillColor(HexColor(style.edge))
        canvas.rect(0, bottom, 3, top - bottom, stroke=0, fill=1)
    canvas.end()
