"""A record laid out on A4 from its form definition: tagged, in embedded fonts, with an empty field to sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import CondPageBreak, Flowable

from casework.canonical import JSON
from casework.dates_in_words import day, day_and_time
from casework.forms import (
    Question,
    QuestionType,
    Section,
    display,
    worded,
)
from casework.forms.definition import IN_ENGLISH
from casework.practice.languages.family_words import LANGUAGE, OWN_WORDS, is_for_family
from casework.practice.languages.language_file import TAGS
from desktop.documents.heading_on_paper import HeadingBeside
from desktop.documents.ink_on_paper import DrawingBlock
from desktop.documents.last_page import LastPage
from desktop.documents.lettering.line_drawing import draw_line, one_line, set_apart, shortened
from desktop.documents.lettering.spoken_language import SecondWords, second, under
from desktop.documents.lettering.typeface import BOLD, SEMIBOLD, Typeface
from desktop.documents.override_page import head_columns, override_head
from desktop.documents.page_by_page import Drawn, PageShape, finished, finished_unsigned, page_by_page
from desktop.documents.paper import Paper
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.rows_on_paper import TALLEST, picture_row, rows_on_paper
from desktop.documents.signatures_on_paper import room_for, signatures
from desktop.documents.tagging import TaggedCanvas
from desktop.documents.text_flow import Band, Style, TableRow, TextFlow
from desktop.paths import release

MUTED, HAIR, INK = "#4A5663", "#B9C3CC", "#15202B"
_LEFT, _WIDTH = 51.0, A4[0] - 102
_TITLE = Style(size=18, leading=24, weight=BOLD, after=2)
_LINE = Style(size=9.5, leading=13, colour=MUTED, after=8)
_HEADING = Style(size=13, leading=18, weight=BOLD, after=1)
_ASIDE = Style(size=9, leading=13, colour=MUTED, after=3)
_SILENT = Style(size=9, leading=13, colour=MUTED, before=5, after=3)
_LANGUAGE = Style(size=9.5, leading=13, weight=SEMIBOLD, after=8)
_FACT = Style(size=9.5, leading=14, colour=MUTED)
_ANSWER = Style(size=10, leading=14)
_GROUP = Style(size=9.5, leading=14, weight=SEMIBOLD, before=6)
_ON_ITS_OWN = (QuestionType.NARRATIVE, QuestionType.INK)
_PANELS = {
    "child": Style(size=11.5, leading=17, indent=15, ground="#FFFBF0", edge="#9A6B00"),
    "worker": Style(size=10.5, leading=15.5, indent=15, ground="#F4F7F9", edge="#5B6B7A"),
}
MADE_WITH = release()
DRAFT = "Draft, not signed"
PARTIAL = "This is a copy for one reader. Answers may be left out of this part."
_VOICES = {"child": "in {child}’s own words", "worker": "kept apart from what {child} said"}


def render(paper: Paper, fonts: Path) -> bytes:
    """The unsigned file."""
    face = Typeface(fonts)
    shape = PageShape(paper.title, paper.signer.name, A4, (_LEFT, 62, _WIDTH, A4[1] - 62 - 66))
    last = LastPage(shape.frame[3])

    def draw() -> Drawn:
        return page_by_page(
            shape,
            lambda tree: _story(paper, face, tree, last),
            lambda canvas, page, total: _edges(canvas, page, total, paper, face),
        )

    drawn = draw()
    if last.has_to_move(room_for(paper)):
        drawn = draw()
    if paper.is_draft:
        return finished_unsigned(drawn, shape, paper.attached(), paper.sealed_at)
    return finished(
        drawn, shape, {**paper.attached(), "made_with": MADE_WITH}, signer=paper.sealed_by, created=paper.sealed_at
    )


def _story(paper: Paper, face: Typeface, tree: Element, last: LastPage) -> Iterator[Flowable]:
    last.begin()
    if paper.copy.grounds:
        yield from override_head(paper, face, tree)
    else:
        yield TextFlow(face, paper.title, _TITLE, tree, "H1", also=_title_in(paper))
        yield TextFlow(face, paper.line, _LINE, tree)
        if paper.second is not None:
            own = second(paper.second, paper.second.own_notice)
            yield TextFlow(face, paper.second.notice, _LANGUAGE, tree, also=own)
        yield from _about(paper, face, tree)
    yield from last.ended(_sections(paper, face, tree, last), room_for(paper))
    yield from signatures(paper, face, tree, last.signed())
    if note := face.note_on_boxes(
        paper.signer.name, paper.sealed_by, paper.signer.council, paper.child_name, paper.copy.title
    ):
        yield TextFlow(face, note, _like(_ASIDE, before=8), tree)


def _sections(paper: Paper, face: Typeface, tree: Element, last: LastPage) -> Iterator[Flowable]:
    for section in paper.definition.sections:
        questions = [q for q in section.questions if q.id in paper.shown and not q.signs]
        if questions:
            yield from last.joint()
            yield from _section(paper, face, tree, section, questions)


def _title_in(paper: Paper) -> SecondWords | None:
    words = under(paper.second, paper.definition.title)
    return SecondWords(f"{words.text}, {paper.child_name}", words.language) if words else None


def _about(paper: Paper, face: Typeface, tree: Element) -> Iterator[Flowable]:
    """Whose copy, by whom, and what to ask for: what its reader looks for first."""
    signer = paper.signer
    signed = "\n".join(part for part in (signer.name, signer.role, day_and_time(signer.signed_at)) if part)
    said = (paper.copy.title, signed, paper.reference)
    by = "Draft, not signed, by" if paper.is_draft else "Signed by"
    yield from head_columns(face, tree.add("Table"), ("This is a", by, "Reference"), said)


def _section(
    paper: Paper, face: Typeface, tree: Element, section: Section, questions: list[Question]
) -> Iterator[Flowable]:
    part = tree.add("Sect")
    yield CondPageBreak(140 if questions[0].is_group else 100)
    yield Band(12)
    yield from _headed(paper, face, part, section, questions)
    if not paper.copy.is_full and not paper.copy.grounds:
        yield TextFlow(face, PARTIAL, _ASIDE, part)
    facts: list[Question] = []
    silent = [question for question in questions if _is_silent(paper, question)]
    for question in questions:
        if question in silent:
            continue
        if question.is_group or question.type in _ON_ITS_OWN:
            yield from _facts(paper, face, part, facts)
            facts = []
            yield from _long_answer(paper, face, part, question, section.voice)
        else:
            facts.append(question)
    yield from _facts(paper, face, part, facts)
    if silent:
        names = "; ".join(worded(q.short_label or q.label, paper.first_name) for q in silent)
        yield TextFlow(face, f"Not provided: {names}", _SILENT, part)


def _headed(
    paper: Paper, face: Typeface, part: Element, section: Section, questions: list[Question]
) -> Iterator[Flowable]:
    """In whose voice the part is stands beside its heading; under it, where the family reads it in its own language."""
    also = under(paper.second, section.title) if any(is_for_family(paper.definition, q) for q in questions) else None
    words = f"{section.number} {worded(section.title, paper.first_name)}"
    heading = TextFlow(face, words, _HEADING, part, "H2", also=also)
    if not (section.voice == "child" or any(q.type is QuestionType.NARRATIVE for q in questions if section.voice)):
        yield heading
        return
    own = under(paper.second, OWN_WORDS) if section.voice == "child" else None
    aside = TextFlow(face, worded(_VOICES[section.voice], paper.first_name), _ASIDE, part, also=own)
    if also or own:
        yield from (heading, aside)
        return
    width = face.width(words, _HEADING.weight, _HEADING.size)
    yield HeadingBeside(heading, aside, width=width, leads=(_HEADING.leading, _ASIDE.leading))


def _is_silent(paper: Paper, question: Question) -> bool:
    """A question nobody answered: named once at the end of its section, so that what was said stands out.

    A copy for one reader holds no such question: an answer left out of it must look like none.
    """
    return question.type is not QuestionType.COMPUTED and paper.answers.get(question.id) in (None, "", [])


def _said(paper: Paper, question: Question) -> str:
    if question.id in (known := dict(paper.facts)):
        return known[question.id]
    return display(question, paper.answers.get(question.id), paper.first_name)


def _said_in(paper: Paper, question: Question) -> SecondWords | None:
    if paper.second is None:
        return None
    return second(paper.second, paper.second.says_answer(question, paper.answers.get(question.id)))


def _facts(paper: Paper, face: Typeface, part: Element, facts: list[Question]) -> Iterator[Flowable]:
    """Short answers as a two-column table, each label the header of its row."""
    if not facts:
        return
    table = part.add("Table")
    for question in facts:
        row = table.add("TR")
        label, also = worded(question.label, paper.first_name), under(paper.second, question.label)
        cells = [
            TextFlow(face, label, _FACT, row.add("TH", scope="Row"), also=also),
            TextFlow(face, _said(paper, question), _ANSWER, row.add("TD"), also=_said_in(paper, question)),
        ]
        yield TableRow(cells, (0.36, 0.64), rule="#E3E7EB", gap=3.5)


def _long_answer(
    paper: Paper, face: Typeface, part: Element, question: Question, section_voice: str
) -> Iterator[Flowable]:
    label = worded(question.label, paper.first_name)
    panel = _PANELS.get(question.voice or section_voice)
    ink = paper.answers.get(question.id)
    if question.type is QuestionType.INK and isinstance(ink, Mapping) and "strokes" in ink:
        yield from _drawing(face, part, label, ink)
    elif not question.is_group:
        yield from _panel(paper, face, part, question, panel)
    else:
        yield from _group(paper, face, part, question)


def _drawing(face: Typeface, part: Element, label: str, ink: Mapping[str, JSON]) -> Iterator[Flowable]:
    yield CondPageBreak(TALLEST)
    yield TextFlow(face, label, _GROUP, part, "H3")
    yield DrawingBlock(ink, f"{label}: a drawing made with a pen", part)


def _group(paper: Paper, face: Typeface, part: Element, question: Question) -> Iterator[Flowable]:
    yield CondPageBreak(90)  # its heads and a line of it with it
    also = under(paper.second, question.label)
    yield TextFlow(face, worded(question.label, paper.first_name), _GROUP, part, "H3", also=also)
    rows = paper.answers.get(question.id)
    if not isinstance(rows, list) or not rows:
        yield TextFlow(face, display(question, rows), _ANSWER, part)
        return
    lines = [row for row in rows if isinstance(row, Mapping)]
    shown = {id(row): picture for row in lines if (picture := _picture(paper, question, row)) is not None}
    if written := [row for row in lines if id(row) not in shown]:
        yield from rows_on_paper(face, part, question, written, paper.first_name, beside=paper.second)
    for row in lines:
        if picture := shown.get(id(row)):
            yield from picture_row(face, part, (question, row), picture, paper.first_name)


def _panel(paper: Paper, face: Typeface, part: Element, question: Question, style: Style | None) -> Iterator[Flowable]:
    label, also = worded(question.label, paper.first_name), under(paper.second, question.label)
    holder = part.add("BlockQuote") if style is _PANELS["child"] else part.add("Div")
    ground = style or Style(indent=0)
    yield CondPageBreak(70)
    yield Band(8, ground) if style is not None else Band(5)
    plain = Style(indent=ground.indent, ground=ground.ground, edge=ground.edge, after=0)
    yield TextFlow(face, label, _like(plain, size=9.5, leading=15, weight=SEMIBOLD), holder, "P", also=also)
    said, spoken = _like(plain, size=ground.size, leading=ground.leading, after=0), _language_of(paper, question)
    answer = _said_in(paper, question)
    yield TextFlow(face, _said(paper, question), said, holder, "P", also=answer, language=spoken)
    yield Band(8, ground if style is not None else None)


def _language_of(paper: Paper, question: Question) -> str:
    """Of words that stand as they were said, with the worker’s English beside them."""
    spoken = paper.answers.get(LANGUAGE)
    return TAGS.get(str(spoken), "") if paper.answers.get(f"{question.id}{IN_ENGLISH}") else ""


def _like(style: Style, **changes: Any) -> Style:
    return Style(**{**{name: getattr(style, name) for name in Style.__dataclass_fields__}, **changes})


def _picture(paper: Paper, question: Question, row: Mapping[str, JSON]) -> bytes | None:
    """What this copy may show of it."""
    file = row.get("file")
    if question.type is not QuestionType.ATTACHMENTS or not isinstance(file, Mapping):
        return None
    return paper.pictures.get(str(file.get("sha256")))


def _edges(canvas: TaggedCanvas, page: int, total: int, paper: Paper, face: Typeface) -> None:
    """The head and foot of each page: artifacts, so that nobody has to listen to them page after page."""
    canvas.begin_artifact()
    if paper.is_draft:
        _watermark(canvas, face)
    canvas.saveState()
    top = A4[1] - 46
    draw_house(canvas, _LEFT, top - 3)
    x = _LEFT + 18
    x += _put(canvas, face, paper.definition.title, x, top, weight=SEMIBOLD)
    council = paper.signer.council
    right = _LEFT + _WIDTH - face.width(council, "Regular", 8.5)
    when = f", {day(paper.signer.signed_at.date())}"
    room = right - x - face.width(when, "Regular", 8.5) - 18
    _put(canvas, face, f", {set_apart(shortened(face, paper.child_name, 'Regular', 8.5, room))}{when}", x, top)
    _put(canvas, face, council, right, top)
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(0.8)
    canvas.line(_LEFT, top - 10, _LEFT + _WIDTH, top - 10)
    mark = f"{DRAFT}. " if paper.is_draft else ""
    foot = f"{mark}{paper.reference}. {paper.copy.title}. Confidential: pass on only as this record says"
    _put(canvas, face, foot, _LEFT, 38)
    number = f"Page {page} of {total}"
    _put(canvas, face, number, _LEFT + _WIDTH - face.width(number, "Regular", 8.5), 38)
    canvas.setStrokeColor(HexColor("#D5DBE1"))
    canvas.line(_LEFT, 51, _LEFT + _WIDTH, 51)
    canvas.restoreState()
    canvas.end()


def _watermark(canvas: TaggedCanvas, face: Typeface) -> None:
    """Under the words, from corner to corner: no page of a draft passes for one of a signed record."""
    size = 68.0
    canvas.saveState()
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(54)
    begins = -face.width(DRAFT, BOLD, size) / 2
    draw_line(canvas, face, one_line(DRAFT, base=0), begins, -size / 3, weight=BOLD, size=size, colour="#E4E9ED")
    canvas.restoreState()


def _put(canvas: TaggedCanvas, face: Typeface, text: str, x: float, y: float, *, weight: str = "Regular") -> float:
    """Draws one line; returns its width."""
    colour = INK if weight != "Regular" else MUTED
    return draw_line(canvas, face, one_line(text, base=0), x, y, weight=weight, size=8.5, colour=colour)


def draw_house(canvas: TaggedCanvas, x: float, y: float) -> None:
    """Homeward’s mark, which is part of no text."""
    path = canvas.beginPath()
    for number, (right, up) in enumerate([(0, 6), (6, 12), (12, 6), (12, 0), (8, 0), (8, 4), (4, 4), (4, 0), (0, 0)]):
        (path.lineTo if number else path.moveTo)(x + right, y + up)
    path.close()
    canvas.setFillColor(HexColor("#0C2F3B"))
    canvas.drawPath(path, stroke=0, fill=1)
