"""A table on A4, lying: what a screen shows, as rows over as many pages as it takes, tagged and signed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.platypus import Flowable

from casework.canonical import JSON
from casework.dates_in_words import day_and_time
from casework.identifiers import OfficerId
from desktop.documents.ink_on_paper import HEIGHT, InkBlock
from desktop.documents.last_page import Joint, above_signatures
from desktop.documents.lettering.line_drawing import draw_line, lines_of, one_line
from desktop.documents.lettering.typeface import BOLD, SEMIBOLD, Typeface
from desktop.documents.page_by_page import PageShape, finished, page_by_page
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.rendering import HAIR, INK, MADE_WITH, MUTED
from desktop.documents.tagging import FIELD, TaggedCanvas
from desktop.documents.text_flow import Band, Style, TableRow, TextFlow

_PAGE = landscape(A4)
_LEFT, _WIDTH = 40.0, _PAGE[0] - 80
_SIGNED = 14 + HEIGHT + 20.0  # with the room above and below it
_TITLE = Style(size=16, leading=22, weight=BOLD, after=2)
_LINE = Style(size=9, leading=13, colour=MUTED, after=6)
_HEAD = Style(size=8.5, leading=12, weight=SEMIBOLD)
_CELL = Style(size=8.5, leading=12)


@dataclass(frozen=True)
class TablePaper:
    """`widths` are shares of the page. `form` names what it is for whoever reads it by program."""

    form: str
    title: str
    line: str
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Sequence[Sequence[str]]
    author: str
    council: str
    officer_id: OfficerId
    made: datetime
    foot: str = "Confidential: keep it where only those may read it who should"


def table_pdf(
    paper: TablePaper, fonts: Path, before: Callable[[Typeface, Element], Iterator[Flowable]] | None = None
) -> bytes:
    """The unsigned file. `before`: what stands between the title and the table."""
    face = Typeface(fonts)
    shape = PageShape(paper.title, paper.author, _PAGE, (_LEFT, 50, _WIDTH, _PAGE[1] - 50 - 40))
    begins = Joint()

    def edges(canvas: TaggedCanvas, page: int, total: int) -> None:
        if page > begins.page and paper.rows:
            _heads_again(canvas, paper, face)
        _foot(canvas, page, total, paper, face)

    drawn = page_by_page(shape, lambda tree: _story(paper, face, tree, before, begins), edges)
    return finished(drawn, shape, {**_about(paper), "made_with": MADE_WITH}, signer=paper.author, created=paper.made)


def _about(paper: TablePaper) -> dict[str, JSON]:
    """The same for a computer."""
    return {
        "form": paper.form,
        "title": paper.title,
        "line": paper.line,
        "heads": list(paper.heads),
        "rows": [list(row) for row in paper.rows],
        "signed_by": paper.author,
        "signed_by_officer": paper.officer_id,
        "signed_at": paper.made.isoformat(timespec="seconds"),
    }


def _story(
    paper: TablePaper,
    face: Typeface,
    tree: Element,
    before: Callable[[Typeface, Element], Iterator[Flowable]] | None,
    begins: Joint,
) -> Iterator[Flowable]:
    yield from above_signatures(_rows(paper, face, tree, before, begins), need=_SIGNED)
    yield Band(14)
    when = (f"{paper.council}, {day_and_time(paper.made)}",)
    yield InkBlock(face, [(paper.author, {"typed": paper.author}, when, FIELD)], tree)


def _rows(
    paper: TablePaper,
    face: Typeface,
    tree: Element,
    before: Callable[[Typeface, Element], Iterator[Flowable]] | None,
    begins: Joint,
) -> Iterator[Flowable]:
    yield TextFlow(face, paper.title, _TITLE, tree, "H1")
    yield TextFlow(face, paper.line, _LINE, tree)
    if before is not None:
        yield from before(face, tree)
    table = tree.add("Table")
    head = table.add("TR")
    cells = [TextFlow(face, words, _HEAD, head.add("TH", scope="Column")) for words in paper.heads]
    yield TableRow(cells, paper.widths, rule=INK, gap=3)
    yield begins
    for row in paper.rows:
        yield _row(row, paper.widths, face, table.add("TR"))


def _row(row: Sequence[str], widths: tuple[float, ...], face: Typeface, tr: Element) -> Flowable:
    """Its first cell names the row. An empty one says so to whoever listens."""
    first, *rest = (words or "–" for words in row)
    cells = [TextFlow(face, first, _HEAD, tr.add("TH", scope="Row"))]
    cells += [TextFlow(face, words, _CELL, tr.add("TD")) for words in rest]
    return TableRow(cells, widths, rule=HAIR, gap=3)


def _heads_again(canvas: TaggedCanvas, paper: TablePaper, face: Typeface) -> None:
    """Above the rows of each later page, for the eye: whoever listens is told the head of each cell."""
    canvas.begin_artifact()
    x, low = _LEFT, _PAGE[1] - 40 + 3
    for words, share in zip(paper.heads, paper.widths, strict=True):
        lines = [*lines_of(face, words, _HEAD.weight, _HEAD.size, share * _WIDTH - 8)][:2]
        for up, line in enumerate(reversed(lines)):
            base = low + _HEAD.leading * (up + 0.24)
            draw_line(canvas, face, line, x, base, weight=_HEAD.weight, size=_HEAD.size, colour=INK)
        x += share * _WIDTH
    canvas.setStrokeColor(HexColor(INK))
    canvas.line(_LEFT, low - 3, _LEFT + _WIDTH, low - 3)
    canvas.end()


def _foot(canvas: TaggedCanvas, page: int, total: int, paper: TablePaper, face: Typeface) -> None:
    canvas.begin_artifact()
    canvas.setStrokeColor(HexColor(HAIR))
    canvas.line(_LEFT, 40, _LEFT + _WIDTH, 40)
    number = f"Page {page} of {total}"
    for text, x in ((paper.foot, _LEFT), (number, _LEFT + _WIDTH - face.width(number, "Regular", 8.5))):
        draw_line(canvas, face, one_line(text, base=0), x, 28, weight="Regular", size=8.5, colour=MUTED)
    canvas.end()
