"""A scorecard on A4: its pictures as bars with their numbers, then every figure as a table; tagged and signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from reportlab.platypus import CondPageBreak, Flowable

from desktop.documents.bars_on_paper import STEP, BarsBlock, PaperBar
from desktop.documents.lettering.typeface import BOLD, Typeface
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.documents.text_flow import Style, TextFlow

_HEADING = Style(size=11.5, leading=16, weight=BOLD, before=4, after=3)

_SAID = Style(size=10, leading=14, after=6)


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """One picture of the page; left out when it has no bars."""

    title: str
    bars: Sequence[PaperBar]


def scorecard_pdf(
    paper: TablePaper,
    pictures: Sequence[PaperPicture],
    fonts: Path,
    *,
    table: str = "Every figure",
    said: tuple[str, str] | None = None,
) -> bytes:
    """The unsigned file; `table` heads the rows beneath the pictures, and `said` is what somebody says about them, with
    its heading."""
    return table_pdf(paper, fonts, partial(_drawn, [one for one in pictures if one.bars], table, said))


def _drawn(
    pictures: Sequence[PaperPicture], heading: str, said: tuple[str, str] | None, face: Typeface, tree: Element
) -> Iterator[Flowable]:
    if said is not None:
        part = tree.add("Sect")
        yield TextFlow(face, said[0], _HEADING, part, "H2")
        yield TextFlow(face, said[1], _SAID, part)
    for picture in pictures:
        part = tree.add("Sect")
        yield CondPageBreak(min(STEP * len(picture.bars), 300) + 40)
        yield TextFlow(face, picture.title, _HEADING, part, "H2")
        yield BarsBlock(face, picture.title, picture.bars, part)
    part = tree.add("Sect")
    yield CondPageBreak(90)
    yield TextFlow(face, heading, _HEADING, part, "H2")
