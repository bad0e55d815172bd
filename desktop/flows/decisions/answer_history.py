"""What an answer said, and who changed it when, from what to what: read from the record's own operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casework.canonical import JSON, encode
from casework.dates_in_words import day_and_time
from casework.errors import AnswerError, RecordLocked, UnknownRecord
from casework.forms import Question, check_answer
from casework.identifiers import OfficerId, OperationId
from casework.records import Change, Kind, Operation, RecordView, Standing, field_path, parse_path
from desktop.flows.children import title_of
from desktop.flows.decisions.answer_seen import Sight, WrittenApart, seen_since, written_apart
from desktop.flows.decisions.conflicts import CLEARED, Reading
from desktop.flows.desk import Desk
from desktop.flows.record.as_text import named_record
from desktop.flows.record.editing import Saved, current_view, save

NOTHING = "Nothing yet"
ADDED, TAKEN_OUT = "Added", "Taken out"
TYPED = "Typed on this laptop, and not sent yet"
HOW = {Kind.RESOLVE: "A decision between two texts", Kind.AMEND: "A correction beside what was signed"}


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """One change of one answer. `how`: what it was, where it was no ordinary answer; `step_id` is empty for what is
    typed and not said yet. `may_come_back`: it can be put back as a new answer, and does not stand there already.
    `seen`: by whom it is proved to have been seen since; `apart`: whose answer its author had not seen."""

    step_id: str
    path: str
    label: str
    was: str
    text: str
    who: str
    at: datetime
    how: str = ""
    may_come_back: bool = False
    value: JSON = None
    officer: OfficerId = OfficerId("")
    seen: tuple[Sight, ...] = ()
    apart: tuple[WrittenApart, ...] = ()


@dataclass(frozen=True)
class History:
    """`about`: the words of the question, or empty for a whole record; `part`: its section and question. The latest
    first."""

    title: str
    child: str
    about: str
    part: str
    locked: bool
    steps: tuple[AnswerStep, ...]


def history(desk: Desk, record_id: str, path: str = "") -> History:
    """Of one answer, of all rows of a question that has rows, or, without a path, of the record. Raises
    UnknownRecord and AnswerError."""
    view = current_view(desk, record_id)
    reading = _Steps(desk, view)
    wanted = parse_path(path) if path else None
    about = "" if wanted is None else reading.label_of(path)
    found = [step for step in reading.steps() if wanted is None or _is_of(step.path, path)]
    definition = desk.catalogue.form(view.form_id, view.form_version)
    question = wanted.group or wanted.question if wanted is not None else ""
    part = f"{definition.section_of[question].id}/{question}" if question else ""
    summary = desk.vault.summary(record_id)
    title = title_of(desk, summary) if summary else definition.title
    return History(title, reading.child_name, about, part, view.locked, tuple(reversed(found)))


def put_back(desk: Desk, record_id: str, path: str, step_id: str) -> Saved:
    """What an answer said once becomes what it says now, as a new answer. Raises RecordLocked and UnknownRecord."""
    found = history(desk, record_id, path)
    step = next((one for one in found.steps if one.path == path and one.step_id == step_id), None)
    if step is None:
        message = "The history of this answer has no such step. List it with: homeward history RECORD QUESTION"
        raise UnknownRecord(message)
    if found.locked:
        message = "This record is signed and stays as it is. Add a correction beside it instead."
        raise RecordLocked(message)
    return save(desk, record_id, path, step.value)


def as_json(found: History) -> JSON:
    return [
        {
            "step": one.step_id or None,
            "path": one.path,
            "question": one.label,
            "from": one.was,
            "to": one.text,
            "officer": one.who,
            "at": one.at.isoformat(),
            "how": one.how or None,
            "seen_by": [{"officer": s.who, "did": s.did, "at": s.at.isoformat()} for s in one.seen],
            "without_seeing": [{"officer": other.who, "at": other.at.isoformat()} for other in one.apart],
        }
        for one in found.steps
    ]


def told(found: History) -> str:
    head = f"{found.title}, {found.child}" + (f": {found.about}" if found.about else "")
    return "\n\n".join([head, *(_told(one, named=not found.about) for one in found.steps)]) + (
        "" if found.steps else "\n\nNothing was answered here yet."
    )


def place_of(desk: Desk, record_id: str, question: str) -> str:
    """A question as a person names it, by its id or by a place as decisions lists it."""
    view = current_view(desk, record_id)
    definition = desk.catalogue.form(view.form_id, view.form_version)
    if "/" in question or question not in definition.by_id:
        parsed = parse_path(question if "/" in question else field_path(question))
        if (parsed.group or parsed.question) not in definition.by_id:
            message = f"“{question}” is no question of this form. homeward show RECORD --json lists those answered."
            raise AnswerError(message)
        return question
    return field_path(question)


class _Steps:
    def __init__(self, desk: Desk, view: RecordView) -> None:
        self._desk, self._view = desk, view
        self._reading = Reading(desk, view)
        self._now = {path: standing[-1].value for path, standing in view.values.items()}
        self.child_name = self._reading.child_name
        operations, named = self._reading.operations, self._reading.name_of
        self._seen, self._apart = seen_since(operations, named), written_apart(operations, named)

    def label_of(self, path: str) -> str:
        return self._reading.label(path, self._reading.question(path))

    def steps(self) -> Iterator[AnswerStep]:
        ordered = sorted(self._reading.operations.values(), key=lambda op: (op.hlc, op.op_id))
        for op in ordered:
            for change in op.changes:
                yield self._step(op, change)
        for path, draft in self._desk.vault.drafts.of(self._view.record_id).items():
            yield self._typed(path, draft.value, draft.saw, draft.saved_at)

    def _step(self, op: Operation, change: Change) -> AnswerStep:
        how = HOW.get(op.kind, "")
        reason = str(op.body.get("reason") or "")
        how = f"{how}: {reason}" if how and reason else how
        made = self._made(op.op_id, change, op.officer_id, datetime.fromisoformat(op.at), how)
        apart = self._apart.get((op.op_id, change.path), ())
        return replace(made, seen=self._seen.get(op.op_id, ()), apart=apart)

    def _typed(self, path: str, value: JSON, saw: tuple[OperationId, ...], at: datetime) -> AnswerStep:
        return self._made("", Change(path, value, saw), self._desk.officer.id, at, TYPED)

    def _made(self, step_id: str, change: Change, officer: OfficerId, at: datetime, how: str) -> AnswerStep:
        path, is_row = change.path, parse_path(change.path).is_row
        stands = self._now.get(path) == change.value
        return AnswerStep(
            step_id, path, self.label_of(path), self._was(change), self._text(change),
            self._reading.name_of(officer), at, how,
            may_come_back=not is_row and not self._view.locked and not stands and self._is_there(path),
            value=change.value, officer=officer,
        )  # fmt: skip

    def _is_there(self, path: str) -> bool:
        """A cell of a row that was taken out comes back with its row, under Put it back on the form."""
        parsed = parse_path(path)
        return not parsed.group or any(row.id == parsed.row for row in self._view.rows(parsed.group))

    def _was(self, change: Change) -> str:
        """All the texts that it replaced."""
        operations = self._reading.operations
        before = [
            old
            for op_id in change.replaces
            if op_id in operations
            for old in operations[op_id].changes
            if old.path == change.path
        ]
        return "\n\n".join(dict.fromkeys(self._text(old) for old in before)) or NOTHING

    def _text(self, change: Change) -> str:
        parsed, value = parse_path(change.path), change.value
        if parsed.is_row:
            return TAKEN_OUT if isinstance(value, dict) and value.get("removed") is True else ADDED
        question = self._reading.question(change.path)
        return self._shown(question, value)

    def _shown(self, question: Question, value: JSON) -> str:
        """As the form shows it; an answer that is none in that form, as it was written."""
        if question.links_to and isinstance(value, str):
            return named_record(self._desk, value)
        try:
            if value is not None:
                check_answer(question, value)
        except AnswerError:
            return value if isinstance(value, str) else encode(value).decode()
        return self._reading.said(
            question, Standing(OperationId(""), value, OfficerId(""), "1970-01-01T00:00:00+00:00", "")
        ).text


def _is_of(path: str, wanted: str) -> bool:
    """The answer itself, or a row or a cell of the question or the row that was asked about."""
    parsed, asked = parse_path(path), parse_path(wanted)
    if not asked.group:
        return path == wanted or parsed.group == asked.question
    return path == wanted or (asked.is_row and path.startswith(f"{wanted}/"))


def _told(one: AnswerStep, *, named: bool) -> str:
    head = f"{day_and_time(one.at)}, {one.who}" + (f". {one.how}" if one.how else "")
    question = f"{one.label}\n" if named else ""
    step = f"\n({one.step_id})" if one.may_come_back and one.step_id else ""
    was = "" if one.was in {NOTHING, CLEARED} else f"from: {one.was}\nto: "
    seen = "".join(f"\n{words}" for words in (*apart_words(one), seen_words(one.seen, day_and_time)) if words)
    return f"{head}\n{question}{was}{one.text}{seen}{step}"


def seen_words(seen: Sequence[Sight], told: Callable[[datetime], str]) -> str:
    """“Seen since by Sam Tindle (signed, 26 March 2026, 17:00)”; empty where nothing proves it."""
    return f"Seen since by {'; '.join(f'{one.who} ({one.did}, {told(one.at)})' for one in seen)}." if seen else ""


def apart_words(one: AnswerStep) -> Iterator[str]:
    """Told because the two may contradict each other."""
    return (f"Written without having seen {other.who}’s answer of {day_and_time(other.at)}." for other in one.apart)
