"""Each kind of question as room for a pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from reportlab.lib.pagesizes import A4
from reportlab.platypus import CondPageBreak, Flowable

from casework.forms import Question, QuestionType, worded
from casework.forms.by_hand.on_paper import PenQuestion, begun, cell_lines, labels_of, none_of, options_of, pen_columns
from casework.practice.languages.beside_english import SecondLanguage
from desktop.documents.lettering.spoken_language import SecondWords, second, under
from desktop.documents.lettering.typeface import BOLD, SEMIBOLD, Typeface
from desktop.documents.pdf.structure_tree import Element
from desktop.documents.rendering import INK, MUTED
from desktop.documents.sheets.writing_room import AskedBeside, EmptyRow, PenPlaces, PenSize, Ruled, SignHere, Ticks
from desktop.documents.text_flow import Band, Style, TableRow, TextFlow

LEAST = 130.0  # points that a heading needs below it
_CHILD = "#9A6B00"
WIDTH = A4[0] - 90
_LEFT, _CARD = 0.42, 0.34  # how much of the width the question takes, and the name of a column
_WIDE = 5  # columns that a table on standing A4 still holds
_NARROW = {
    QuestionType.DATE: 0.7,
    QuestionType.YES_NO: 0.75,
    QuestionType.NUMBER: 0.45,
    QuestionType.DATETIME: 0.8,
    QuestionType.NARRATIVE: 1.6,
}
_VOICES = "Beside each tick: C what the child said, A what an adult said, W the worker’s view."
_CONSENT = ("Who", "All of it", "Some of it", "No", "Not asked")
_TAKES_WORDS = (QuestionType.TEXT, QuestionType.NARRATIVE)


class PenWriter:
    """`child`: the first name, where the form was begun from a child. `beside`: the family’s language, under English
    in whatever it has words for."""

    def __init__(self, face: Typeface, hand: PenSize, child: str = "", beside: SecondLanguage | None = None) -> None:
        self.face, self.hand, self.child, self.beside = face, hand, child, beside
        size, leading = hand.size, hand.leading
        self.least = LEAST * max(1, size / 11)
        self.title = Style(size=size * 1.8, leading=leading * 1.75, weight=BOLD, after=3)
        self.heading = Style(size=size * 1.35, leading=leading * 1.35, weight=BOLD, after=2)
        self.label = Style(size=size, leading=leading, weight=SEMIBOLD)
        self.plain = Style(size=size, leading=leading)
        self.column = Style(size=size, leading=leading, before=6)
        self.hint = Style(size=max(size * 0.9, 9), leading=max(leading * 0.9, 12.5), colour=MUTED, after=3)
        self.when = Style(size=size, leading=leading, weight=SEMIBOLD, colour="#0B5A6F", before=4, after=2)

    @cached_property
    def is_large(self) -> bool:
        return self.hand.size > 12

    def when_and_who(self, tree: Element) -> Iterator[Flowable]:
        """Beneath the first table: filled in by whom, and when."""
        holder = tree.add("Div")
        yield self._places(holder, [("Filled in by", 190 if not self.is_large else 150), ("on", 110)])

    def question(self, asked: PenQuestion, part: Element) -> Iterator[Flowable]:
        if asked.when:
            yield CondPageBreak(self.least + 40)
            yield TextFlow(self.face, asked.when, self.when, part)
        holder = part.add("Div")
        question = asked.question
        if question.type is QuestionType.CONSENT:
            yield from self._consent(asked, holder)
        elif question.is_group:
            yield from self._rows(asked, holder)
        elif self._is_short(asked):
            left = list(self._asked(asked, holder))
            yield AskedBeside(
                left, list(self._room(asked.question, holder, asked.lines, WIDTH * (1 - _LEFT))), share=_LEFT
            )
        else:
            yield CondPageBreak(self.least)
            yield Band(5)
            yield from self._asked(asked, holder)
            yield from self._room(asked.question, holder, asked.lines, WIDTH)

    def _asked(self, asked: PenQuestion, holder: Element) -> Iterator[Flowable]:
        also = under(self.beside, asked.question.label)
        yield TextFlow(self.face, f"{asked.number}  {asked.label}", self.label, holder, also=also)
        hints = [asked.hint, _how(asked.question), _VOICES if asked.question.voices else ""]
        if said := " ".join(hint for hint in hints if hint):
            yield TextFlow(self.face, said, self.hint, holder, also=under(self.beside, asked.question.hint))

    def _is_short(self, asked: PenQuestion) -> bool:
        """Room beside the question is enough for it."""
        question = asked.question
        if question.type in _TAKES_WORDS:
            return asked.lines < 3 and not self.is_large
        if question.type in (QuestionType.CHOICE, QuestionType.CHOICES):
            options = options_of(question, self.child)
            return bool(options) and len(options) <= 5 and not self.is_large and not question.voices
        return question.type is not QuestionType.INK and not (self.is_large and question.type is QuestionType.DATETIME)

    def _room(self, question: Question, holder: Element, lines: int, room: float) -> Iterator[Flowable]:
        """What stands for the answer itself, and the reasons why there may be none; `room`: how wide."""
        kind = question.type
        if kind in (QuestionType.DATE, QuestionType.DATETIME):
            yield from self._moment(question, holder, room)
        elif kind is QuestionType.INK:
            yield from self._sign(question, holder)
        elif options := options_of(question, self.child):
            yield from self._ticks(holder, options, room, also=self._answers_in(question))
        elif kind is QuestionType.NUMBER:
            yield self._places(holder, [("", 70)])
        else:
            yield Ruled(lines, self.hand, edge=_CHILD if question.voice == "child" and lines > 2 else "")
        if reasons := none_of(question):
            also = self._answers_in(question, reasons)
            yield from self._ticks(holder, reasons, room, small=True, also=also)

    def _answers_in(self, question: Question, english: Sequence[str] = ()) -> list[SecondWords | None]:
        """Of a question that has a translation itself: what stands under each thing to tick, close to its box."""
        every = [under(self.beside, words) for words in english or labels_of(question)]
        is_asked = self.beside is not None and bool(self.beside.says(question.label))
        return [replace(one, near=True) if one and is_asked else None for one in every]

    def _ticks(
        self,
        holder: Element,
        options: Sequence[str],
        room: float,
        *,
        small: bool = False,
        also: Sequence[SecondWords | None] = (),
    ) -> Iterator[Flowable]:
        also = also or [None] * len(options)
        side_by_side = self._columns([*options, *(words.text for words in also if words)], room, len(options))
        style = self.hint if small and not self.is_large else self.plain
        listed = holder.add("L")
        for start in range(0, len(options), side_by_side):
            row = [
                TextFlow(self.face, words, style, listed.add("LI"), "LBody", also=other)
                for words, other in list(zip(options, also, strict=True))[start : start + side_by_side]
            ]
            yield Ticks(row, self.hand, share=1 / side_by_side)

    def _columns(self, lines: Sequence[str], room: float, count: int) -> int:
        """As many as the longest fits into, on one line; never a word alone on the last."""
        widest = max(self.face.width(words, "Regular", self.hand.size) for words in lines)
        most = max(1, min(4, int(room // (widest + self.hand.box + 18))))
        return next((few for few in (2, 3) if most >= 2 and count == few * few and few <= most), most)

    def _moment(self, question: Question, holder: Element, room: float) -> Iterator[Flowable]:
        more = 1.5 if self.is_large else 1
        day = [("Day", 24 * more), ("Month", 24 * more), ("Year", 36 * more)]
        hour = [("Time", 44 * more)] if question.type is QuestionType.DATETIME else []
        if self.is_large or room < 280:
            yield self._places(holder, day)
            yield from [self._places(holder, hour)] if hour else ()
        else:
            yield self._places(holder, [*day, *hour])
        if question.approximate:
            yield from self._ticks(holder, ["About then"], room, small=True)

    def _sign(self, question: Question, holder: Element) -> Iterator[Flowable]:
        yield SignHere(64 if question.signs else 170)
        if question.signs:
            yield self._places(holder, [("Name", 190 if not self.is_large else 150), ("Date", 100)])

    def _places(self, holder: Element, parts: Sequence[tuple[str, float]]) -> PenPlaces:
        made = [
            (TextFlow(self.face, words, self.plain, holder), self.face.width(words, "Regular", self.hand.size), room)
            for words, room in parts
        ]
        return PenPlaces(made, self.hand)

    def _rows(self, asked: PenQuestion, holder: Element) -> Iterator[Flowable]:
        columns = pen_columns(asked.question)
        yield CondPageBreak(self.least + 40)
        yield Band(5)
        yield from self._asked(asked, holder)
        if len(columns) <= (_WIDE if not self.is_large else 2):
            yield from self._table(columns, holder, asked.lines)
        else:
            for number in (1, 2):
                yield from self._card(columns, holder, number)
        yield TextFlow(self.face, "More? Go on overleaf, and say of which question.", self.hint, holder)

    def _table(self, columns: Sequence[Question], holder: Element, lines: int) -> Iterator[Flowable]:
        whole = sum(_NARROW.get(column.type, 1.0) for column in columns)
        widths = [_NARROW.get(column.type, 1.0) / whole for column in columns]
        table = holder.add("Table")
        head = table.add("TR")
        cells = [
            TextFlow(
                self.face,
                self._named(column),
                self.label,
                head.add("TH", scope="Column"),
                also=under(self.beside, column.label),
            )
            for column in columns
        ]
        yield TableRow(cells, widths, rule=INK, gap=3)
        for _line in range(lines):
            row = table.add("TR")
            boxes = [list(self._cell(column, row.add("TD"))) for column in columns]
            yield EmptyRow(boxes, widths, self.hand.line * 1.5)
        for column in columns:
            if len(options := options_of(column, self.child)) > 3:
                words = f"{self._named(column).rstrip('?')}: {'; '.join(options)}."
                yield TextFlow(self.face, words, self.hint, holder, also=self._list_of(column))

    def _list_of(self, column: Question) -> SecondWords | None:
        """A column’s answers in one line, in the second language; none unless it has all of them."""
        said = [words.text if words else "" for words in self._answers_in(column)]
        return second(self.beside, "; ".join(said)) if all(said) else None

    def _cell(self, column: Question, cell: Element) -> Iterator[Flowable]:
        options = options_of(column, self.child)
        if 0 < len(options) <= 3:
            listed = cell.add("L")
            for words, also in zip(options, self._answers_in(column), strict=True):
                item = TextFlow(self.face, words, self.plain, listed.add("LI"), "LBody", also=also)
                yield Ticks([item], self.hand, share=1)

    def _card(self, columns: Sequence[Question], holder: Element, number: int) -> Iterator[Flowable]:
        """One line of the list as a block of its own, each column a line of it."""
        part = holder.add("Div")
        yield CondPageBreak(self.least)
        yield Band(10, rule=INK)
        yield TextFlow(self.face, f"Number {number}", self.label, part)
        for column in columns:
            hint = f" ({worded(column.hint, self.child)})" if column.hint else ""
            also = under(self.beside, column.label)
            label = TextFlow(self.face, self._named(column) + hint, self.column, part, also=also)
            wide = self.is_large or len(options_of(column, self.child)) > 6
            share = 0.0 if wide else _CARD
            room = list(self._room(column, part, min(cell_lines(column), 3), WIDTH * (1 - share)))
            yield from (label, *room) if wide else (AskedBeside([label], room, share=share),)

    def _consent(self, asked: PenQuestion, holder: Element) -> Iterator[Flowable]:
        """Everybody who could be given a copy on a line of their own."""
        recipient = asked.question.column("recipient")
        yield CondPageBreak(self.least + 40)
        yield Band(5)
        yield from self._asked(asked, holder)
        widths = (0.36, 0.16, 0.16, 0.16, 0.16)
        table = holder.add("Table")
        head = table.add("TR")
        decision = asked.question.column("decision")
        said = ["Who", *(option.label for option in decision.options)] if decision else []
        said += [""] * (len(_CONSENT) - len(said))
        cells = [
            TextFlow(self.face, words, self.label, head.add("TH", scope="Column"), also=under(self.beside, one))
            for words, one in zip(_CONSENT, said, strict=True)
        ]
        yield TableRow(cells, widths, rule=INK, gap=3)
        listed = zip(options_of(recipient, self.child), labels_of(recipient), strict=True) if recipient else ()
        for who, one in listed:
            row = table.add("TR")
            name = TextFlow(self.face, who, self.plain, row.add("TH", scope="Row"), also=under(self.beside, one))
            boxes = [[Ticks([TextFlow(self.face, " ", self.plain, row.add("TD"))], self.hand, share=1)] for _ in "1234"]
            yield EmptyRow([[name], *boxes], widths, self.hand.line)
        for words, lines in (
            ("What is kept back, and from whom", 3),
            (f"In {self.child or 'the child'}’s words", 3),
            ("Who was not asked about, and why", 1),
        ):
            yield Band(4)
            yield TextFlow(self.face, words, self.label, holder)
            yield Ruled(lines, self.hand)

    def _named(self, column: Question) -> str:
        return begun(worded(column.short_label or column.label, self.child))


def _how(question: Question) -> str:
    """What to do with the boxes, where that is not plain."""
    if question.type is QuestionType.CHOICES:
        return "Tick all that are so."
    if question.type is QuestionType.ATTACHMENTS:
        return "Put pictures and papers with this form, and write here what they are."
    return ""
