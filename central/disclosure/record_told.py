"""One record in plain words: every answer under its question, who wrote what and when, and what has become of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON, encode
from casework.dates_in_words import day_and_time
from casework.errors import AnswerError
from casework.forms import Definition, Question, QuestionType, display, worded
from casework.identifiers import RecordId
from casework.practice.oversight import record_name
from casework.records import Change, Kind, Operation, parse_path
from central.disclosure.held_about import HeldAbout, HeldRecord

KINDS = {
    Kind.CREATE: "Began it",
    Kind.SIGN: "Signed it",
    Kind.AMEND: "Added a correction",
    Kind.RESOLVE: "Decided between texts",
    Kind.DISCARD: "Took it away",
    Kind.RESTORE: "Brought it back",
    Kind.REASSIGN: "Moved it",
}
NO_FORM = "The form of this record is not known to the service, so its answers stand here as they were written."
OF_ANOTHER = "A record that is not this child’s"
TAKEN_OUT = "Taken out"


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """One answer; `place` is the question, or the column, and `row` the row's own id and its number in its group."""

    question: Question | None
    group: Question | None
    row: str
    number: int
    label: str
    text: str
    value: JSON


@dataclass(frozen=True, slots=True)
class ToldDeed:
    at: str
    who: str
    what: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class ToldRecord:
    """`number` is its place in the whole: how a person names it, and where a page has it."""

    number: int
    held: HeldRecord
    title: str
    standing: tuple[str, ...]
    answers: tuple[ToldAnswer, ...]
    history: tuple[ToldDeed, ...]

    @property
    def anchor(self) -> str:
        return f"record-{self.number}"


def told_records(about: HeldAbout) -> tuple[ToldRecord, ...]:
    """The child's own first, then in the order in which they were begun."""
    ordered = sorted(about.records, key=lambda one: (one.view.form_id != "child", _begun(one), one.view.record_id))
    titles = {one.view.record_id: _title(one) for one in ordered}
    return tuple(_Teller(about, one, titles).told(number) for number, one in enumerate(ordered, 1))


def moment(text: str) -> str:
    """As it was written, where it is no moment."""
    try:
        return day_and_time(datetime.fromisoformat(text))
    except ValueError:
        return text


def _begun(one: HeldRecord) -> str:
    return one.view.created_at


def _title(one: HeldRecord) -> str:
    if one.form is None:
        return "A record of an unknown form"
    return record_name(one.form, one.view.answers(), datetime.fromisoformat(one.view.created_at))


class _Teller:
    def __init__(self, about: HeldAbout, held: HeldRecord, titles: Mapping[RecordId, str]) -> None:
        self._about = about
        self._held = held
        self._titles = titles

    def told(self, number: int) -> ToldRecord:
        record_id = self._held.view.record_id
        return ToldRecord(
            number,
            self._held,
            self._titles[record_id],
            tuple(self._standing()),
            tuple(self._answers()),
            tuple(map(self._deed, self._held.operations)),
        )

    def _standing(self) -> Iterator[str]:
        view, named = self._held.view, self._about.officer_named
        yield f"Begun by {named(view.created_by)} on {moment(view.created_at)}."
        for signed in view.signatures:
            how = "" if signed.intact else " What was signed is not what stands here now."
            yield f"Signed by {signed.name or named(signed.officer_id)} on {moment(signed.at)}.{how}"
        if view.discarded:
            yield "It was taken away: nobody sees it in the program any more."
        if view.conflicts:
            yield "Two people wrote different answers and nobody has decided yet: each stands in the history."
        if view.proposed:
            yield "Something was written without knowing of the signature: it stands in the history only."
        if self._held.form is None:
            yield NO_FORM

    def _answers(self) -> Iterator[ToldAnswer]:
        form = self._held.form
        if form is None:
            for path, standing in self._held.view.values.items():
                yield ToldAnswer(None, None, "", 0, path, self._said(None, standing[-1].value), standing[-1].value)
            return
        answers = self._held.view.answers()
        for question in form.questions():
            if question.is_group:
                yield from self._rows(question, answers.get(question.id))
            elif (value := answers.get(question.id)) is not None:
                yield self._answer(question, None, "", 0, value)

    def _rows(self, group: Question, value: JSON) -> Iterator[ToldAnswer]:
        for number, row in enumerate(value if isinstance(value, list) else [], 1):
            cells = dict(row) if isinstance(row, dict) else {}
            row_id = str(cells.pop("id", ""))
            for name, cell in cells.items():
                column = group.column(name)
                if column is not None and cell is not None:
                    yield self._answer(column, group, row_id, number, cell)

    def _answer(self, question: Question, group: Question | None, row: str, number: int, value: JSON) -> ToldAnswer:
        label = worded(question.label, self._about.first_name)
        return ToldAnswer(question, group, row, number, label, self._said(question, value), value)

    def _said(self, question: Question | None, value: JSON) -> str:
        if question is not None and question.links_to and isinstance(value, str):
            return self._titles.get(RecordId(value), OF_ANOTHER)
        if value is None:
            return TAKEN_OUT
        if question is None or (
            isinstance(value, str) and question.type in (QuestionType.TEXT, QuestionType.NARRATIVE)
        ):
            return value if isinstance(value, str) else encode(value).decode()
        try:
            return display(question, value, self._about.first_name)
        except (AnswerError, ValueError, TypeError):
            return encode(value).decode()

    def _deed(self, op: Operation) -> ToldDeed:
        what = KINDS.get(op.kind, "Wrote")
        reason = op.body.get("reason")
        lines = [f"Reason: {reason}"] if isinstance(reason, str) and reason else []
        lines += [line for change in op.changes if (line := self._line(change))]
        return ToldDeed(moment(op.at), self._about.officer_named(op.officer_id), what, tuple(lines))

    def _line(self, change: Change) -> str:
        parsed, form = parse_path(change.path), self._held.form
        group = _named(form, parsed.group, self._about.first_name)
        if parsed.is_row:
            is_out = isinstance(change.value, dict) and change.value.get("removed") is True
            return f"{group}: {TAKEN_OUT.lower()}" if is_out else ""
        question = form.at(parsed) if form else None
        label = worded(question.label, self._about.first_name) if question else parsed.question
        return f"{f'{group}, ' if group else ''}{label}: {self._said(question, change.value)}"


def _named(form: Definition | None, group: str, child: str) -> str:
    """Empty for what stands in no group."""
    whole = form.by_id.get(group) if form and group else None
    return worded(whole.label, child) if whole else group
