"""One page to take to a visit: a first name only, large enough to read in a car, with boxes to tick what is packed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from desktop.documents.lettering.line_drawing import draw_line, one_line
from desktop.documents.lettering.typeface import BOLD, SEMIBOLD, Typeface
from desktop.documents.page_by_page import Drawn, PageShape, finished_unsigned, page_by_page
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.rendering import HAIR, INK, MADE_WITH, MUTED
from desktop.documents.sheets.writing_room import PenSize, Ruled, Ticks
from desktop.documents.tagging import TaggedCanvas
from desktop.documents.text_flow import Style, TableRow, TextFlow

_LEFT, _WIDTH = 51.0, A4[0] - 102
_SCALES = (1.0, 0.93, 0.86, 0.8)
_NOTES = (14, 8, 4, 2)  # ruled lines at the foot, as many as there is room for
FOOT = "First name only. Keep it with you, and shred it after the visit."
MORE = "Not everything has room here: the rest stands on the laptop."
Pair = tuple[str, str]


@dataclass(frozen=True)
class SheetPaper:
    """`facts`: when, where, why, who waits for the call, in that order."""

    title: str
    line: str
    facts: Sequence[Pair]
    safety: Sequence[Pair]
    rings: Sequence[Pair]
    prompts: Sequence[str]
    known: Sequence[Pair]
    take: Sequence[str]
    author: str
    made: datetime
    is_cut: bool = False


def sheet_pdf(paper: SheetPaper, fonts: Path) -> bytes:
    """Always one page: smaller within reason, then without the last of what is known and the ways to ask; never without
    safety, and it says what it left out."""
    face = Typeface(fonts)
    shape = PageShape(paper.title, paper.author, A4, (_LEFT, 48, _WIDTH, A4[1] - 48 - 44))
    for now in _shorter(paper):
        for scale in _SCALES:
            for lines in _NOTES if scale == 1.0 else _NOTES[-1:]:
                drawn = _drawn(now, face, shape, (scale, lines))
                if len(drawn.canvas.pages) == 1:
                    return finished_unsigned(drawn, shape, {"form": "visit_sheet", "made_with": MADE_WITH}, paper.made)
    return finished_unsigned(drawn, shape, {"form": "visit_sheet", "made_with": MADE_WITH}, paper.made)


def _shorter(paper: SheetPaper) -> Iterator[SheetPaper]:
    yield paper
    while paper.known or len(paper.prompts) > 2:
        if len(paper.prompts) > 3:
            paper = replace(paper, prompts=paper.prompts[:-2], is_cut=True)
        else:
            paper = replace(paper, known=paper.known[:-1], prompts=paper.prompts[:2], is_cut=True)
        yield paper


def _drawn(paper: SheetPaper, face: Typeface, shape: PageShape, fit: tuple[float, int]) -> Drawn:
    return page_by_page(
        shape,
        lambda tree: _Sheet(paper, face, fit[0]).story(tree, fit[1]),
        lambda canvas, _page, _total: _edges(canvas, face),
    )


class _Sheet:
    def __init__(self, paper: SheetPaper, face: Typeface, scale: float) -> None:
        self.paper, self.face = paper, face
        size, leading = 10.5 * scale, 14.5 * scale
        self.hand = PenSize(line=23 * scale, box=10 * scale, size=size)
        self.title = Style(size=20 * scale, leading=26 * scale, weight=BOLD)
        self.heading = Style(size=12 * scale, leading=16 * scale, weight=BOLD, before=8 * scale, after=2)
        self.plain = Style(size=size, leading=leading)
        self.strong = Style(size=size, leading=leading, weight=SEMIBOLD)
        self.quiet = Style(size=9.5 * scale, leading=13 * scale, colour=MUTED, after=2)

    def story(self, tree: Element, lines: int) -> Iterator[Flowable]:
        paper = self.paper
        yield TextFlow(self.face, paper.title, self.title, tree, "H1")
        yield TextFlow(self.face, paper.line, self.quiet, tree)
        yield from self._pairs(tree, "", paper.facts)
        yield from self._pairs(tree, "Safety", [*paper.safety, *paper.rings])
        yield from self._pairs(tree, "Known already: no need to ask", paper.known)
        yield from self._listed(tree, "Ways to ask", paper.prompts)
        yield from self._take(tree)
        if paper.is_cut:
            yield TextFlow(self.face, MORE, self.quiet, tree)
        yield TextFlow(self.face, "Notes", self.heading, tree, "H2")
        yield Ruled(lines, self.hand)

    def _pairs(self, tree: Element, title: str, pairs: Sequence[Pair]) -> Iterator[Flowable]:
        if not pairs:
            return
        part = tree.add("Sect")
        if title:
            yield TextFlow(self.face, title, self.heading, part, "H2")
        table = part.add("Table")
        for name, words in pairs:
            row = table.add("TR")
            cells = [
                TextFlow(
                    self.face,
                    name,
                    self.quiet if title.startswith("Known") else self.strong,
                    row.add("TH", scope="Row"),
                ),
                TextFlow(self.face, words, self.plain, row.add("TD")),
            ]
            yield TableRow(cells, (0.26, 0.74), rule=HAIR, gap=2.5)

    def _listed(self, tree: Element, title: str, items: Sequence[str]) -> Iterator[Flowable]:
        if not items:
            return
        part = tree.add("Sect")
        yield TextFlow(self.face, title, self.heading, part, "H2")
        listed = part.add("L")
        for words in items:
            yield TextFlow(self.face, words, self.plain, listed.add("LI"), "LBody")

    def _take(self, tree: Element) -> Iterator[Flowable]:
        part = tree.add("Sect")
        yield TextFlow(self.face, "Take", self.heading, part, "H2")
        listed = part.add("L")
        for start in range(0, len(self.paper.take), 2):
            pair = self.paper.take[start : start + 2]
            yield Ticks(
                [TextFlow(self.face, words, self.plain, listed.add("LI"), "LBody") for words in pair],
                self.hand,
                share=0.5,
            )


def _edges(canvas: TaggedCanvas, face: Typeface) -> None:
    canvas.begin_artifact()
    canvas.setStrokeColor(HexColor(HAIR))
    canvas.line(_LEFT, 41, _LEFT + _WIDTH, 41)
    draw_line(canvas, face, one_line(FOOT, base=0), _LEFT, 28, weight=SEMIBOLD, size=9, colour=INK)
    canvas.end()
