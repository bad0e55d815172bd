"""A record laid out on A4 from its form definition: tagged, in embedded fonts, with an empty field to sign."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, PageTemplate

from casework.canonical import JSON, canonical
from casework.forms import (
    FROM_COLUMN,
    Question,
    QuestionType,
    Section,
    display,
    row_summary,
    say_date,
    say_time,
    worded,
)
from desktop.documents.ink import InkBlock
from desktop.documents.paper import Paper
from desktop.documents.pdfua import Closing, finish
from desktop.documents.pictures import PictureBlock
from desktop.documents.tagging import Element, TaggedCanvas
from desktop.documents.typeface import BOLD, SEMIBOLD, Typeface
from desktop.documents.words import Band, Style, TableRow, Words

FIELD = "Author"
MUTED, HAIR, INK = "#4A5663", "#B9C3CC", "#15202B"
_LEFT, _WIDTH = 51.0, A4[0] - 102
_TITLE = Style(size=18, leading=24, weight=BOLD, after=2)
_LINE = Style(size=9.5, leading=13, colour=MUTED, after=8)
_HEADING = Style(size=13, leading=18, weight=BOLD, after=1)
_ASIDE = Style(size=9, leading=13, colour=MUTED, after=3)
_SILENT = Style(size=9, leading=13, colour=MUTED, before=5, after=3)
_LABEL = Style(size=9.5, leading=14, weight=SEMIBOLD)
_ANSWER = Style(size=10, leading=14)
_TALLEST = 240.0  # points: two pictures to a page
_PANELS = {
    "child": Style(size=11.5, leading=17, indent=15, ground="#FFFBF0", edge="#9A6B00"),
    "worker": Style(size=10.5, leading=15.5, indent=15, ground="#F4F7F9", edge="#5B6B7A"),
}
_VOICES = {"child": "in {child}’s own words", "worker": "kept apart from what {child} said"}


def render(paper: Paper, fonts: Path) -> bytes:
    """The unsigned file. Raises MissingGlyph for a character that no shipped font draws."""
    face = Typeface(fonts)
    total = _draw(paper, face, 0)[3]
    drawn, tree, canvas, _ = _draw(paper, face, total)
    closing = Closing(
        title=paper.title,
        author=paper.signer.name,
        created=paper.signer.signed_at,
        record_json=canonical(paper.attached()),
        field=(FIELD, f"Signature of {paper.signer.name}", canvas.places[FIELD]),
    )
    return finish(io.BytesIO(drawn), tree, closing)


def _draw(paper: Paper, face: Typeface, total: int) -> tuple[bytes, Element, TaggedCanvas, int]:
    out, tree, canvases = io.BytesIO(), Element("Document"), []

    def new_canvas(*args: Any, **kwargs: Any) -> TaggedCanvas:
        canvases.append(TaggedCanvas(*args, **kwargs))
        return canvases[-1]

    frame = Frame(_LEFT, 62, _WIDTH, A4[1] - 62 - 66, 0, 0, 0, 0)
    document = BaseDocTemplate(out, pagesize=A4, title=paper.title, author=paper.signer.name, lang="en-GB")
    page = PageTemplate("page", [frame], onPage=lambda canvas, doc: _edges(canvas, doc.page, total, paper, face))
    document.addPageTemplates(page)
    document.build(list(_story(paper, face, tree)), canvasmaker=new_canvas)
    return out.getvalue(), tree, canvases[-1], document.page


def _story(paper: Paper, face: Typeface, tree: Element) -> Iterator[Flowable]:
    yield Words(face, paper.title, _TITLE, tree, "H1")
    yield Words(face, paper.line, _LINE, tree)
    for section in paper.definition.sections:
        questions = [q for q in section.questions if q.id in paper.shown and q.type is not QuestionType.INK]
        if questions:
            yield from _section(paper, face, tree, section, questions)
    yield from _signatures(paper, face, tree)


def _section(
    paper: Paper, face: Typeface, tree: Element, section: Section, questions: list[Question]
) -> Iterator[Flowable]:
    part = tree.add("Sect")
    yield CondPageBreak(90)
    yield Band(12)
    yield Words(face, f"{section.number} {worded(section.title, paper.first_name)}", _HEADING, part, "H2")
    if section.voice == "child" or any(q.type is QuestionType.NARRATIVE for q in questions if section.voice):
        yield Words(face, worded(_VOICES[section.voice], paper.first_name), _ASIDE, part)
    facts: list[tuple[str, str]] = []
    silent = [question for question in questions if _is_silent(paper, question)]
    for question in questions:
        if question in silent:
            continue
        label, said = worded(question.label, paper.first_name), _said(paper, question)
        if question.is_group or question.type is QuestionType.NARRATIVE:
            yield from _facts(face, part, facts)
            facts = []
            yield from _long_answer(paper, face, part, question, section.voice)
        else:
            facts.append((label, said))
    yield from _facts(face, part, facts)
    if silent:
        names = "; ".join(worded(q.short_label or q.label, paper.first_name) for q in silent)
        yield Words(face, f"Not provided: {names}", _SILENT, part)


def _is_silent(paper: Paper, question: Question) -> bool:
    """A question nobody answered: named once at the end of its section, so that what was said stands out."""
    computed = question.type is QuestionType.COMPUTED
    return not computed and not paper.copy.holds_back(question.id) and paper.answers.get(question.id) in (None, "", [])


def _said(paper: Paper, question: Question) -> str:
    if paper.copy.holds_back(question.id):
        return f"Not in this copy: {paper.copy.withheld[question.id]}"
    if question.id in (known := dict(paper.facts)):
        return known[question.id]
    return display(question, paper.answers.get(question.id), paper.first_name)


def _facts(face: Typeface, part: Element, facts: list[tuple[str, str]]) -> Iterator[Flowable]:
    """Short answers as a two-column table, each label the header of its row."""
    if not facts:
        return
    table = part.add("Table")
    for label, said in facts:
        row = table.add("TR")
        cells = [
            Words(face, label, Style(size=9.5, leading=14, colour=MUTED), row.add("TH", scope="Row")),
            Words(face, said, _ANSWER, row.add("TD")),
        ]
        yield TableRow(cells, (0.36, 0.64), rule="#E3E7EB", gap=3.5)


def _long_answer(
    paper: Paper, face: Typeface, part: Element, question: Question, section_voice: str
) -> Iterator[Flowable]:
    label = worded(question.label, paper.first_name)
    panel = _PANELS.get(question.voice or section_voice)
    if paper.copy.holds_back(question.id) or not question.is_group:
        yield from _panel(face, part, label, _said(paper, question), panel)
        return
    yield CondPageBreak(60)
    yield Words(face, label, Style(size=9.5, leading=14, weight=SEMIBOLD, before=6), part, "H3")
    rows, out = paper.answers.get(question.id), paper.copy.lines_out(question.id)
    if isinstance(rows, list) and rows:
        table = part.add("Table")
        for row in rows:
            if isinstance(row, Mapping):
                yield _row(paper, face, table.add("TR"), question, row)
        for row in rows if question.type is QuestionType.ATTACHMENTS else ():
            yield from _picture(paper, face, part, question, row)
    elif not out:
        yield Words(face, display(question, None), _ANSWER, part)
    for why, number in out.items():
        lines = "1 line is" if number == 1 else f"{number} lines are"
        yield Words(face, f"{lines} not in this copy: {why}", _ANSWER, part)


def _panel(face: Typeface, part: Element, label: str, said: str, style: Style | None) -> Iterator[Flowable]:
    holder = part.add("BlockQuote") if style is _PANELS["child"] else part.add("Div")
    ground = style or Style(indent=0)
    yield CondPageBreak(70)
    if style is not None:
        yield Band(8, ground)
    plain = Style(indent=ground.indent, ground=ground.ground, edge=ground.edge, after=0)
    yield Words(face, label, _like(plain, size=9.5, leading=15, weight=SEMIBOLD), holder, "P")
    yield Words(face, said, _like(plain, size=ground.size, leading=ground.leading, after=0), holder, "P")
    yield Band(8, ground if style is not None else None)
    if style is not None:
        yield Band(2)


def _like(style: Style, **changes: Any) -> Style:
    return Style(**{**{name: getattr(style, name) for name in Style.__dataclass_fields__}, **changes})


def _row(paper: Paper, face: Typeface, row: Element, question: Question, cells: Mapping[str, JSON]) -> Flowable:
    summary = row_summary(question, cells, paper.first_name)
    rest = [
        f"{worded(column.label, paper.first_name)}: {display(column, cells[column.id], paper.first_name)}"
        for column in (*question.columns, FROM_COLUMN)
        if column.id not in question.summary and cells.get(column.id) not in (None, "", [])
    ]
    both = [
        Words(face, summary, _LABEL, row.add("TH", scope="Row")),
        Words(face, "\n".join(rest), _ANSWER, row.add("TD")),
    ]
    return TableRow(both, (0.42, 0.58), rule=HAIR)


def _picture(paper: Paper, face: Typeface, part: Element, question: Question, row: JSON) -> Iterator[Flowable]:
    """The picture over its name; those who listen hear what it shows."""
    cells = row if isinstance(row, dict) else {}
    file, shows = cells.get("file"), cells.get("shows")
    picture = paper.pictures.get(str(file.get("sha256"))) if isinstance(file, Mapping) else None
    if picture is None:
        return
    title = row_summary(question, cells, paper.first_name)
    alt = f"{title}. {shows}" if isinstance(shows, str) and shows else title or "A picture"
    yield CondPageBreak(_TALLEST + 30)
    yield PictureBlock(picture, alt, part, longest=_TALLEST)
    yield Words(face, title, _ASIDE, part)


def _signatures(paper: Paper, face: Typeface, tree: Element) -> Iterator[Flowable]:
    part = tree.add("Sect")
    yield CondPageBreak(230)
    yield Band(12)
    yield Words(face, "Signatures", _HEADING, part, "H2")
    signer = paper.signer
    when = f"{say_time(signer.signed_at)}, by the clock of laptop {signer.device}"
    worker = (signer.name, _ink_of(paper, "worker"), (f"{signer.role}, {signer.council}", when), FIELD)
    child_ink = _ink_of(paper, "child")
    child = [(paper.child_name, child_ink, (), "")] if child_ink is not None else []
    yield InkBlock(face, [*child, worker], part)
    text = (
        f"Signed and locked. Any change after {say_time(signer.signed_at)} shows when this file is checked with "
        "“homeward verify” or a PDF reader that checks signatures. A correction is a separate signed "
        "record that names this one."
    )
    yield Words(face, text, Style(size=9, leading=13, ground="#EEF1F4", indent=10, edge="#1B5E33"), part)


def _ink_of(paper: Paper, who: str) -> JSON:
    """The ink answer of the child or the worker; the worker's typed name when no pen was used."""
    for question in paper.definition.questions():
        if question.type is QuestionType.INK and question.id.startswith(who) and not paper.copy.holds_back(question.id):
            ink = paper.answers.get(question.id)
            if isinstance(ink, Mapping) and "none" not in ink:
                return dict(ink)
    return {"typed": paper.signer.name} if who == "worker" else None


def _edges(canvas: TaggedCanvas, page: int, total: int, paper: Paper, face: Typeface) -> None:
    """The head and foot of each page: artifacts, so that nobody has to listen to them page after page."""
    canvas.begin_artifact()
    canvas.saveState()
    top = A4[1] - 46
    _house(canvas, _LEFT, top - 3)
    x = _LEFT + 18
    x += _put(canvas, face, paper.definition.title, x, top, weight=SEMIBOLD)
    _put(canvas, face, f", {paper.child_name}, {say_date(paper.signer.signed_at.date())}", x, top)
    council = paper.signer.council
    _put(canvas, face, council, _LEFT + _WIDTH - face.width(council, "Regular", 8.5), top)
    canvas.setStrokeColor(HexColor(INK))
    canvas.setLineWidth(0.8)
    canvas.line(_LEFT, top - 10, _LEFT + _WIDTH, top - 10)
    foot = f"{paper.reference}. {paper.copy.title}. Confidential: pass on only as this record says"
    _put(canvas, face, foot, _LEFT, 38)
    number = f"Page {page} of {total}"
    _put(canvas, face, number, _LEFT + _WIDTH - face.width(number, "Regular", 8.5), 38)
    canvas.setStrokeColor(HexColor("#D5DBE1"))
    canvas.line(_LEFT, 51, _LEFT + _WIDTH, 51)
    canvas.restoreState()
    canvas.end()


def _put(canvas: TaggedCanvas, face: Typeface, text: str, x: float, y: float, *, weight: str = "Regular") -> float:
    """Draws one line; returns its width."""
    line = canvas.beginText(x, y)
    line.setFillColor(HexColor(INK if weight != "Regular" else MUTED))
    for font, run in face.runs(text, weight):
        line.setFont(font, 8.5)
        line.textOut(run)
    canvas.drawText(line)
    return face.width(text, weight, 8.5)


def _house(canvas: TaggedCanvas, x: float, y: float) -> None:
    path = canvas.beginPath()
    for number, (right, up) in enumerate([(0, 6), (6, 12), (12, 6), (12, 0), (8, 0), (8, 4), (4, 4), (4, 0), (0, 0)]):
        (path.lineTo if number else path.moveTo)(x + right, y + up)
    path.close()
    canvas.setFillColor(HexColor("#0C2F3B"))
    canvas.drawPath(path, stroke=0, fill=1)
