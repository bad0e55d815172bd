"""Rows of a record on paper: a table with heads where they fit, else line by line; pictures beside their line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reportlab.platypus import CondPageBreak, Flowable

from casework.canonical import JSON
from casework.forms import FROM_COLUMN, Question, display, row_summary, worded
from casework.practice.languages.beside_english import SecondLanguage
from desktop.documents.lettering.spoken_language import SecondWords, second, under
from desktop.documents.lettering.typeface import SEMIBOLD, Typeface
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.picture_on_paper import PictureBlock
from desktop.documents.sheets.writing_room import AskedBeside
from desktop.documents.text_flow import Style, TableRow, TextFlow

_PICTURE = 300.0  # how wide, beside its line
TALLEST = 290.0  # points: two standing pictures to a page
_RULE, _HAIR = "#15202B", "#B9C3CC"
_HEAD = Style(size=9, leading=13, colour="#4A5663")
_NAME = Style(size=9.5, leading=14, weight=SEMIBOLD)
_CELL = Style(size=9.5, leading=14)
_MOST = 5  # columns side by side
_NOTHING: tuple[JSON, ...] = ("", None, [])
Row = Mapping[str, JSON]


def rows_on_paper(
    face: Typeface,
    part: Element,
    question: Question,
    rows: Sequence[Row],
    child: str,
    *,
    beside: SecondLanguage | None = None,
) -> Iterator[Flowable]:
    """Only columns that some row says something in: what nobody was asked makes no empty column."""
    columns = [c for c in (*question.columns, FROM_COLUMN) if any(row.get(c.id) not in _NOTHING for row in rows)]
    table = part.add("Table")
    if 1 < len(columns) <= _MOST:
        yield from _table(face, table, columns, rows, child, beside=beside)
        return
    for row in rows:
        yield _listed(face, table.add("TR"), question, row, child, beside=beside)


def picture_row(
    face: Typeface, part: Element, line: tuple[Question, Row], picture: bytes, child: str
) -> Iterator[Flowable]:
    """The picture, and beside it its name and what is said of it; those who listen hear what it shows."""
    question, row = line
    title, shows = row_summary(question, row, child), row.get("shows")
    alt = f"{title}. {shows}" if isinstance(shows, str) and shows else title or "A picture"
    holder = part.add("Div")
    left = PictureBlock(picture, alt, holder, longest=TALLEST)
    yield CondPageBreak(left.wrap(_PICTURE, TALLEST)[1] + 12)
    lines = [TextFlow(face, title, _NAME, holder)]
    lines += [TextFlow(face, words, _CELL, holder) for words in _rest(question, row, child)]
    yield AskedBeside([left], lines, share=0.62)


def _table(
    face: Typeface,
    table: Element,
    columns: Sequence[Question],
    rows: Sequence[Row],
    child: str,
    *,
    beside: SecondLanguage | None,
) -> Iterator[Flowable]:
    heads = [worded(column.short_label or column.label, child) for column in columns]
    said = [[_said(column, row, child) for column in columns] for row in rows]
    widths = _widths(heads, said)
    head = table.add("TR")
    yield TableRow(
        [
            TextFlow(face, words, _HEAD, head.add("TH", scope="Column"), also=under(beside, column.label))
            for words, column in zip(heads, columns, strict=True)
        ],
        widths,
        rule=_RULE,
        gap=3,
    )
    for row, (first, *rest) in zip(rows, said, strict=True):
        line = table.add("TR")
        also = [_also(column, row, beside) for column in columns]
        cells = [TextFlow(face, first, _NAME, line.add("TH", scope="Row"), also=also[0])]
        cells += [
            TextFlow(face, words, _CELL, line.add("TD"), also=other)
            for words, other in zip(rest, also[1:], strict=True)
        ]
        yield TableRow(cells, widths, rule=_HAIR, gap=4)


def _said(column: Question, row: Row, child: str) -> str:
    """A cell that nobody filled in is a dash to whoever listens as well."""
    return display(column, row[column.id], child) if row.get(column.id) not in _NOTHING else "–"


def _also(column: Question, row: Row, beside: SecondLanguage | None) -> SecondWords | None:
    """What was chosen from a list; what was written stands once, as it was said."""
    return second(beside, beside.says_answer(column, row.get(column.id))) if beside is not None else None


def _widths(heads: Sequence[str], said: Sequence[Sequence[str]]) -> list[float]:
    """By how much each column says, and none so narrow that its words break."""
    wants = [
        max(9.0, len(head) * 0.6, *(min(len(cells[place]), 45) for cells in said)) for place, head in enumerate(heads)
    ]
    return [want / sum(wants) for want in wants]


def _listed(
    face: Typeface, line: Element, question: Question, row: Row, child: str, *, beside: SecondLanguage | None
) -> Flowable:
    both = [
        TextFlow(face, row_summary(question, row, child), _NAME, line.add("TH", scope="Row")),
        TextFlow(
            face,
            "\n".join(_rest(question, row, child)),
            _CELL,
            line.add("TD"),
            also=second(beside, "\n".join(_rest_in(beside, question, row)) if beside is not None else ""),
        ),
    ]
    return TableRow(both, (0.42, 0.58), rule=_HAIR)


def _rest(question: Question, row: Row, child: str) -> list[str]:
    """What the summary does not say: “Was Wren told: Yes”."""
    return [
        f"{worded(column.label, child).rstrip('?')}: {display(column, row[column.id], child)}"
        for column in (*question.columns, FROM_COLUMN)
        if column.id not in question.summary and row.get(column.id) not in _NOTHING
    ]


def _rest_in(beside: SecondLanguage, question: Question, row: Row) -> list[str]:
    """The same lines in the second language, of the columns that have a name in it and an answer from a list."""
    pairs = [
        (beside.says(column.label).rstrip("?؟"), beside.says_answer(column, row.get(column.id)))
        for column in question.columns
        if row.get(column.id) not in _NOTHING
    ]
    return [f"{name}: {said}" for name, said in pairs if name and said]
