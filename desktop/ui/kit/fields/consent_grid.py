"""Who may see what: one line for each person or team, asked one by one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.definition import Option, Question
from casework.records import cell_path
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import SideOrBelow, column, row
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.record_answers import Answers, named
from desktop.ui.theme import look

CELL = 112  # wide enough for “Yes, but not everything” in two lines
DETAILS = ("keep_back", "why_not_asked", "words")


class ConsentEditor(Editor):
    """Every recipient is listed, so that nobody is left out by not being thought of."""

    def __init__(self, question: Question, path: str, answers: Answers) -> None:
        super().__init__()
        self._lines: dict[str, _Recipient] = {}
        recipient = question.column("recipient")
        if (said := _decisions_in_language(question, answers)) is not None:
            column(self, gap=look().room(8)).addWidget(said)
        card = Card()
        decision = question.column("decision")
        if decision is not None and not look().narrow:
            card.add(_heads([option.label for option in decision.options]), line=False)
        for number, option in enumerate(recipient.options if recipient else ()):
            line = _Recipient(question, option, path, answers)
            line.edited.connect(self.edited)
            self._lines[option.code] = line
            card.add(line, line=number > 0 or not look().narrow)
        (self.layout() or column(self)).addWidget(card)

    def read(self) -> Read:
        return Read()

    def put(self, _value: JSON) -> None:
        for line in self._lines.values():
            line.put(None)

    def inputs(self) -> list[QWidget]:
        return [line.target() for line in self._lines.values()]

    def line_of(self, row_id: str) -> QWidget | None:
        """The line that shows a row, for a person sent there by the error summary."""
        return next((line for line in self._lines.values() if line.row_id == row_id), None)


class _Recipient(Editor):
    """The decision, and what it calls for: what is kept back, or why nobody asked."""

    def __init__(self, group: Question, option: Option, path: str, answers: Answers) -> None:
        super().__init__()
        self._group, self._option, self._answers = group, option, answers
        decision = group.column("decision")
        words = named(option.label, answers.child)
        options = [(found.code, found.label) for found in decision.options] if decision else []
        self._segments = Segments(options, name=f"{path}/{option.code}", label=words, small=True)
        self._segments.chosen.connect(self._chose)
        self._segments.setEnabled(not answers.read_only)
        self._box = column(self, gap=look().room(8), margins=_margins())
        who = label(self._in_both(option.label, words), "strong", name=f"{path}/{option.code}/who")
        self._box.addWidget(
            _under_heads(who, self._segments) if not look().narrow else _under_each_other(who, self._segments)
        )
        self._fields: dict[str, Field] = {}
        self.put(None)

    def _in_both(self, english: str, words: str) -> str:
        """Whom it is about, so that a child who reads another language can follow the list."""
        beside = self._answers.beside(self._group)
        return "\n".join(part for part in (words, beside.says(english) if beside is not None else "") if part)

    @property
    def row_id(self) -> str:
        rows = self._answers.rows(self._group.id)
        return next((r.id for r in rows if not r.removed and r.values.get("recipient") == self._option.code), "")

    def put(self, _value: JSON) -> None:
        rows = self._answers.rows(self._group.id)
        values = next((r.values for r in rows if r.id == self.row_id and not r.removed), {})
        decision = values.get("decision")
        self._segments.put(decision if isinstance(decision, str) else None)
        if self.row_id and not self._fields:
            self._add_details()
        for field in self._fields.values():
            field.refresh()  # what was taken back stands in its box as well
        self._show_details()

    def target(self) -> QWidget:
        return self._segments.target()

    def inputs(self) -> list[QWidget]:
        return list(self._segments.segments)

    def _chose(self, code: object) -> None:
        """A line becomes a row of the record when it is first decided."""
        row_id = self.row_id or self._answers.add_row(self._group.id, {"recipient": self._option.code})
        self._answers.put(cell_path(self._group.id, row_id, "decision"), code if isinstance(code, str) else None)
        self.put(None)
        self.edited.emit()

    def _add_details(self) -> None:
        for name in DETAILS:
            question = self._group.column(name)
            if question is not None:
                path = cell_path(self._group.id, self.row_id, name)
                field = Field(question, path, self._answers, small=True, beside=True)
                field.answered.connect(lambda _path: self.edited.emit())
                self._fields[name] = field
                self._box.addWidget(field)

    def _show_details(self) -> None:
        """The child's own words are offered only where the answer was less than all of it."""
        less = self._segments.code() in {"some", "no"}
        for name, field in self._fields.items():
            field.setVisible(self._answers.shows(field.path) and (less or name != "words"))


def _decisions_in_language(question: Question, answers: Answers) -> QWidget | None:
    """What each answer means, once above the list: “Yes, all of it: Tak, wszystko”."""
    beside, decision = answers.beside(question), question.column("decision")
    options = decision.options if decision else ()
    pairs = [(option.label, beside.says(option.label)) for option in options] if beside is not None else []
    said = [f"{english}: {second}" for english, second in pairs if second]
    return label("\n".join(said), "caption", "muted", name="consent/beside") if said else None


def _heads(words: Sequence[str]) -> QWidget:
    holder = QWidget()
    line = row(holder, gap=0, margins=_margins())
    line.addWidget(label("Who", "caption_strong", "muted"), 1, Qt.AlignmentFlag.AlignBottom)
    for number, head in enumerate(words):
        one = label(head, "caption_strong", "muted", name=f"consent/head/{number}")
        one.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
        one.setFixedWidth(look().px(CELL))
        line.addWidget(one, 0, Qt.AlignmentFlag.AlignBottom)
    return holder


def _under_heads(who: QWidget, segments: Segments) -> QWidget:
    segments.stand_in_grid(look().px(CELL))
    holder = QWidget()
    line = row(holder, gap=12)
    line.addWidget(who, 1)
    line.addWidget(segments)
    return holder


def _under_each_other(who: QWidget, segments: Segments) -> QWidget:
    """In large text, where heads would have to break."""
    pair = QWidget()
    line = SideOrBelow(pair, least=look().px(120))
    line.addWidget(who)
    line.addWidget(segments)
    return pair


def _margins() -> tuple[int, int, int, int]:
    side = look().room(16)
    return side, look().room(2), side, look().room(2)
