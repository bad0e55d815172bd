"""A form to fill in with a pen, on A4: tagged, numbered, with its conditions in words and a place to return it to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import CondPageBreak, Flowable

from casework.canonical import JSON
from casework.forms.by_hand.on_paper import PenSection
from casework.practice.languages.beside_english import SecondLanguage
from casework.practice.languages.family_words import OWN_WORDS
from desktop.documents.lettering.line_drawing import draw_line, one_line, shortened
from desktop.documents.lettering.spoken_language import SecondWords, second, under
from desktop.documents.lettering.typeface import SEMIBOLD, Typeface
from desktop.documents.page_by_page import PageShape, finished_unsigned, page_by_page
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.rendering import INK, MADE_WITH, MUTED, draw_house
from desktop.documents.sheets.pen_questions import WIDTH, PenWriter
from desktop.documents.sheets.sheet_mark import SIDE, SheetId, SheetMark, draw_mark, in_print
from desktop.documents.sheets.writing_room import PenSize
from desktop.documents.tagging import TaggedCanvas
from desktop.documents.text_flow import Band, TableRow, TextFlow

_LEFT, _WIDTH = 45.0, WIDTH
ORDINARY = PenSize()
LARGE = PenSize(line=30.0, box=15.0, size=16.0)  # large print begins at 16 points
HOW = (
    "Write in black ink. Leave a question empty where nothing was said of it; “Chose not to say” is an answer too. "
    "Until it stands in Homeward this paper is the only record: keep it with you, covered."
)


@dataclass(frozen=True)
class BlankPaper:
    """`child` is empty unless the form was begun from a child; `sheet` stands on every page of one print, so that
    pages of two forms cannot be mixed up and a scan finds its way back."""

    form: str
    version: int
    title: str
    about: str
    sections: tuple[PenSection, ...]
    return_to: tuple[str, ...]
    seen_by: str
    council: str
    author: str
    made: datetime
    sheet: SheetId
    child: str = ""
    child_line: str = ""
    first_name: str = ""
    large: bool = False
    second: SecondLanguage | None = None  # the family’s language, beside English where it has words
    english_titles: Mapping[int, str] = field(default_factory=dict)  # by section, as the form has them


def blank_pdf(paper: BlankPaper, fonts: Path) -> bytes:
    face = Typeface(fonts)
    shape = PageShape(f"{paper.title}, to fill in by hand", paper.author, A4, (_LEFT, 56, _WIDTH, A4[1] - 56 - 62))
    drawn = page_by_page(
        shape,
        lambda tree: _story(paper, face, tree),
        lambda canvas, page, total: _edges(canvas, page, total, paper, face),
    )
    said: dict[str, JSON] = {"form": paper.form, "form_version": paper.version, "blank": True, "sheet": paper.sheet}
    return finished_unsigned(drawn, shape, {**said, "made_with": MADE_WITH}, paper.made)


def _story(paper: BlankPaper, face: Typeface, tree: Element) -> Iterator[Flowable]:
    pen = PenWriter(face, LARGE if paper.large else ORDINARY, paper.first_name, paper.second)
    yield TextFlow(face, paper.title, pen.title, tree, "H1", also=under(paper.second, paper.title))
    if paper.second is not None:
        own = second(paper.second, paper.second.own_notice)
        yield TextFlow(face, paper.second.notice, pen.label, tree, also=own)
    if paper.about:
        yield TextFlow(face, paper.about, pen.plain, tree)
    yield Band(6)
    yield from _whose(paper, pen, tree)
    yield Band(4)
    yield TextFlow(face, HOW, pen.hint, tree)
    yield TextFlow(face, f"Who may see what is written here: {paper.seen_by}", pen.hint, tree)
    for section in paper.sections:
        also = under(paper.second, paper.english_titles.get(section.number, ""))
        yield from _section(section, pen, tree.add("Sect"), also=also)
    if note := face.note_on_boxes(paper.council, paper.author, paper.child):
        yield TextFlow(face, note, pen.hint, tree)


def _whose(paper: BlankPaper, pen: PenWriter, tree: Element) -> Iterator[Flowable]:
    """Whom the sheet is about at the left, whom it goes back to at the right."""
    table = tree.add("Table")
    row = table.add("TR")
    heads = [
        TextFlow(pen.face, words, pen.label, row.add("TH", scope="Column"))
        for words in ("About", "If found, and when filled in, return to")
    ]
    yield TableRow(heads, (0.5, 0.5), rule=INK, gap=3)
    row = table.add("TR")
    about = [paper.child, paper.child_line] if paper.child else ["Child’s name:", "", "Date of birth:", ""]
    sides = [
        TextFlow(pen.face, "\n".join(line for line in about), pen.plain, row.add("TD")),
        TextFlow(pen.face, "\n".join(paper.return_to), pen.plain, row.add("TD")),
    ]
    yield TableRow(sides, (0.5, 0.5), rule=INK, gap=5)
    yield from pen.when_and_who(tree)


def _section(section: PenSection, pen: PenWriter, part: Element, *, also: SecondWords | None) -> Iterator[Flowable]:
    yield CondPageBreak(pen.least + 90)
    yield Band(14)
    yield TextFlow(pen.face, f"{section.number} {section.title}", pen.heading, part, "H2", also=also)
    if hints := " ".join(dict.fromkeys(words for words in (section.hint, _voice(section, pen)) if words)):
        own = under(pen.beside, OWN_WORDS) if section.voice == "child" else None
        yield TextFlow(pen.face, hints, pen.hint, part, also=own)
    if section.when:
        yield TextFlow(pen.face, section.when, pen.when, part)
    for question in section.questions:
        yield from pen.question(question, part)


def _voice(section: PenSection, pen: PenWriter) -> str:
    child = pen.child or "the child"
    return {"child": f"In {child}’s own words.", "worker": f"Kept apart from what {child} said."}.get(section.voice, "")


def _edges(canvas: TaggedCanvas, page: int, total: int, paper: BlankPaper, face: Typeface) -> None:
    """Artifacts. The number of the sheet is the same on every page of this print and on no other."""
    size = 11.0 if paper.large else 8.5
    canvas.begin_artifact()
    top, right = A4[1] - 40, _LEFT + _WIDTH
    draw_house(canvas, _LEFT, top - 3)

    def put(text: str, x: float, y: float, weight: str = "Regular") -> None:
        colour = INK if weight != "Regular" else MUTED
        draw_line(canvas, face, one_line(text, base=0), x, y, weight=weight, size=size, colour=colour)

    mark = SheetMark(paper.sheet, page, total)
    draw_mark(canvas, mark, right - SIDE, top - 5)
    draw_mark(canvas, mark, _LEFT, 11)
    right -= SIDE + 10
    room = _WIDTH - SIDE - 40 - face.width(paper.council, "Regular", size)
    put(shortened(face, paper.title, SEMIBOLD, size, room), _LEFT + 18, top, SEMIBOLD)
    put(paper.council, right - face.width(paper.council, "Regular", size), top)
    number = f"Page {page} of {total}"
    wide = face.width(number, "Regular", size)
    foot = f"{paper.title}, version {paper.version}. Sheet {in_print(paper.sheet)}. Confidential once it is filled in"
    left, right = _LEFT + SIDE + 10, _LEFT + _WIDTH
    put(shortened(face, foot, "Regular", size, right - left - wide - 12), left, 30)
    put(number, right - wide, 30)
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(0.8)
    canvas.line(_LEFT, top - 9, right - SIDE - 10, top - 9)
    canvas.setStrokeColor(HexColor("#D5DBE1"))
    canvas.line(left, 47, right, 47)
    canvas.end()
