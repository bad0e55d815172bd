"""A letter on A4: the council at its head, whom it goes to, what it says, and who signed it.

It holds what the letter says and nothing of the case it is about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import CondPageBreak, Flowable

from casework.canonical import JSON
from casework.dates_in_words import day
from casework.practice.letters.letter_filling import FACT, POINT, LetterPart
from desktop.documents.ink_on_paper import InkBlock
from desktop.documents.last_page import above_signatures
from desktop.documents.lettering.line_drawing import draw_line, one_line
from desktop.documents.lettering.typeface import SEMIBOLD, Typeface
from desktop.documents.page_by_page import PageShape, finished, page_by_page
from desktop.documents.paper import Maker, Signer, copy_hash
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.rendering import HAIR, INK, MADE_WITH, MUTED, draw_house
from desktop.documents.signatures_on_paper import standing
from desktop.documents.tagging import FIELD, TaggedCanvas
from desktop.documents.text_flow import Band, Style, TableRow, TextFlow

_LEFT, _WIDTH = 68.0, A4[0] - 136
_SIGNED = 190.0
_WORDS = Style(size=11, leading=16, after=9)
_SUBJECT = Style(size=13, leading=18, weight=SEMIBOLD, before=6, after=10)
_ADDRESS = Style(size=10, leading=14)
_LABEL = Style(size=10, leading=15, colour=MUTED)
_FACT = Style(size=10.5, leading=15)
_BULLET = "•"


@dataclass(frozen=True)
class LetterPaper:
    """A signed letter, ready to be laid out."""

    record_id: str
    kind: str
    wording: str
    council: str
    head: tuple[str, ...]
    to: tuple[str, ...]
    sent_on: date
    subject: str
    parts: tuple[LetterPart, ...]
    closing: str
    law: str
    signer: Signer
    ink: JSON
    maker: Maker | None = None  # unless the signer is

    @property
    def sealed_by(self) -> str:
        return self.maker.name if self.maker else self.signer.name

    def said(self) -> dict[str, JSON]:
        """What its reader is given, whoever makes the copy, and when."""
        return {
            "form": "letter",
            "form_version": 1,
            "record": self.record_id,
            "copy": "letter",
            "letter": self.kind,
            "wording": self.wording,
            "to": list(self.to),
            "head": [self.council, *self.head],
            "sent_on": self.sent_on.isoformat(),
            "subject": self.subject,
            "parts": [[part.kind, part.label, part.words] for part in self.parts],
            "end": [self.closing, self.law],
            "signed_at": self.signer.signed_at.isoformat(timespec="seconds"),
            "signed_by": self.signer.name,
            "signed_by_officer": self.signer.officer_id,
        }

    @staticmethod
    def beside() -> dict[str, JSON]:
        """A letter draws nothing but what it says itself."""
        return {}

    def attached(self) -> dict[str, JSON]:
        said = self.said()
        made = self.maker.to_json() if self.maker else None
        return {**said, "made": made, "copy_hash": copy_hash(said), "made_with": MADE_WITH}


def letter_pdf(paper: LetterPaper, fonts: Path) -> bytes:
    """The unsigned file."""
    face = Typeface(fonts)
    shape = PageShape(paper.subject, paper.signer.name, A4, (_LEFT, 66, _WIDTH, A4[1] - 66 - 58))
    drawn = page_by_page(
        shape,
        lambda tree: _story(paper, face, tree),
        lambda canvas, page, total: _foot(canvas, page, total, paper, face),
    )
    return finished(
        drawn,
        shape,
        paper.attached(),
        signer=paper.sealed_by,
        created=paper.maker.made_at if paper.maker else paper.signer.signed_at,
    )


def _story(paper: LetterPaper, face: Typeface, tree: Element) -> Iterator[Flowable]:
    yield _House(face, paper.council, tree)
    yield Band(18)
    right = "\n".join((*paper.head, "", day(paper.sent_on)))
    sides = [
        TextFlow(face, "\n".join(paper.to), _ADDRESS, tree),
        TextFlow(face, right, _ADDRESS, tree),
    ]
    yield TableRow(sides, (0.54, 0.46), gap=0)
    yield Band(16)
    yield TextFlow(face, paper.subject, _SUBJECT, tree, "H1")
    yield from above_signatures(_body(paper.parts, face, tree), need=_SIGNED + _WORDS.after)
    yield CondPageBreak(_SIGNED)
    yield TextFlow(face, f"{paper.closing},", _WORDS, tree)
    yield InkBlock(face, [*_signed(paper)], tree)
    if note := face.note_on_boxes(paper.signer.name, paper.council):
        yield TextFlow(face, note, _LABEL, tree)


def _body(parts: Sequence[LetterPart], face: Typeface, tree: Element) -> Iterator[Flowable]:
    """Facts that follow each other are one table, points one list."""
    holder, before = tree, ""
    for part in parts:
        if part.kind != before and part.kind in (FACT, POINT):
            holder = tree.add("Table" if part.kind == FACT else "L")
        elif before in (FACT, POINT) and part.kind != before:
            yield Band(8)
        before = part.kind
        yield _part(part, face, holder if part.kind in (FACT, POINT) else tree)


def _part(part: LetterPart, face: Typeface, holder: Element) -> Flowable:
    if part.kind == FACT:
        row = holder.add("TR")
        cells = [
            TextFlow(face, part.label, _LABEL, row.add("TH", scope="Row")),
            TextFlow(face, part.words, _FACT, row.add("TD")),
        ]
        return TableRow(cells, (0.34, 0.66), rule=HAIR, gap=3)
    if part.kind == POINT:
        row = holder.add("LI")
        cells = [TextFlow(face, _BULLET, _FACT, row, "Lbl"), TextFlow(face, part.words, _FACT, row, "LBody")]
        return TableRow(cells, (0.05, 0.95), gap=2)
    return TextFlow(face, part.words, _WORDS, holder)


def _signed(paper: LetterPaper) -> Iterator[tuple[str, JSON, Sequence[str], str]]:
    ink: JSON = paper.ink or {"typed": paper.signer.name}
    yield paper.signer.name, ink, standing(paper.signer), "" if paper.maker else FIELD
    if paper.maker:
        yield f"Copy made by {paper.maker.name}", None, standing(paper.maker), FIELD


class _House(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The council’s name beside the mark, as the first thing that is read."""

    def __init__(self, face: Typeface, council: str, tree: Element) -> None:
        super().__init__()
        self.width, self.height = _WIDTH, 22.0
        self._name = TextFlow(face, council, Style(size=14, leading=20, weight=SEMIBOLD), tree)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._name.wrap(width - 24, height)
        self.width, self.height = width, self._name.height
        return self.width, self.height

    def draw(self) -> None:
        self.canv.begin_artifact()
        draw_house(self.canv, 0, self.height - 15)
        self.canv.end()
        self.canv.saveState()
        self.canv.translate(24, 0)
        self._name.draw_on(self.canv, self.height)
        self.canv.restoreState()


def _foot(canvas: TaggedCanvas, page: int, total: int, paper: LetterPaper, face: Typeface) -> None:
    """An artifact: which text it is, under which law, and the page."""
    canvas.begin_artifact()
    canvas.setStrokeColor(HexColor(HAIR))
    canvas.line(_LEFT, 51, _LEFT + _WIDTH, 51)
    left = ". ".join(part for part in (paper.wording, paper.law) if part)
    number = f"Page {page} of {total}" if total != 1 else ""
    for text, x in ((left, _LEFT), (number, _LEFT + _WIDTH - face.width(number, "Regular", 8.5))):
        if text:
            draw_line(canvas, face, one_line(text, base=0), x, 38, weight="Regular", size=8.5, colour=INK)
    canvas.end()
