"""What an operation says, answer by answer under its question, and beside each what the record says without it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from casework.canonical import JSON, encode
from casework.errors import AnswerError, UnknownRecord
from casework.forms import Definition, Question, QuestionType, check_answer, display, worded
from casework.identifiers import BucketId, OperationId, RecordId
from casework.records import Kind, Merge, Operation, RecordView, parse_path
from casework.records.ancestry import all_named_by, descendants
from casework.records.answer_paths import Path
from desktop.flows.children import child_of
from desktop.flows.desk import Desk

AS_WRITTEN = (QuestionType.TEXT, QuestionType.NARRATIVE)
NO_ANSWER = "No answer"
TAKEN_AWAY = "Taken away"
KINDS = {
    Kind.CREATE: "A new record",
    Kind.SIGN: "A signature",
    Kind.AMEND: "A correction",
    Kind.RESOLVE: "A decision between texts",
    Kind.DISCARD: "Taking the record away",
    Kind.RESTORE: "Bringing the record back",
    Kind.REASSIGN: "Moving the record",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """`text` reads byte for byte as it was written where it is words; `stands` is None where this laptop does not hold
    the record."""

    label: str
    text: str
    stands: str | None
    child_words: bool = False


def what_is(operation: Operation) -> str:
    return KINDS.get(operation.kind, "Answers")


def title_of_form(desk: Desk, operation: Operation) -> str:
    found = _definition(desk, operation)
    return found.title if found else "Record"


def child_named(desk: Desk, bucket: BucketId) -> str:
    """Empty when the child is not on this laptop."""
    return _name(desk, bucket.rpartition(":")[0])


def beside(desk: Desk, operation: Operation) -> tuple[Beside, ...]:
    view = without(desk, operation.record_id, {operation.op_id})
    reader = _Reader(desk, operation, view)
    return tuple(found for change in operation.changes if (found := reader.read(change.path, change.value)))


def without(desk: Desk, record_id: str, op_ids: Collection[OperationId]) -> RecordView:
    """The record as it would be if these, and whatever was said upon them, had not been. Empty when not held here."""
    if not desk.vault.view(record_id).form_id:
        return RecordView(RecordId(record_id))
    return Merge(RecordId(record_id), free_of(desk.vault.operations(record_id), op_ids)).view()


def free_of(operations: Iterable[Operation], op_ids: Collection[OperationId]) -> list[Operation]:
    """Those that neither are, nor had seen, any of these. One that is not among them takes nothing with it."""
    found = {op.op_id: op for op in operations}
    gone = descendants(op_ids, found, all_named_by)
    return [op for op_id, op in found.items() if op_id not in gone]


class _Reader:
    def __init__(self, desk: Desk, operation: Operation, view: RecordView) -> None:
        self._view = view
        self._definition = _definition(desk, operation)
        self._child = _name(desk, view.child_id, first=True)

    def read(self, path: str, value: JSON) -> Beside | None:
        parsed = parse_path(path)
        if parsed.is_row:
            removed = isinstance(value, dict) and value.get("removed") is True
            return Beside(self._group(parsed), TAKEN_AWAY, self._row_stands(parsed)) if removed else None
        question = self._question(parsed)
        is_text = question is not None and question.type in AS_WRITTEN
        is_childs = bool(question and is_text and question.voice == "child")
        return Beside(self._label(parsed, question), self._shown(question, value), self._stands(path), is_childs)

    def _stands(self, path: str) -> str | None:
        """Every text that stands, where there are several."""
        if not self._view.form_id:
            return None
        question = self._question(parse_path(path))
        texts = [self._shown(question, standing.value) for standing in self._view.values.get(path, ())]
        return "\n\n".join(dict.fromkeys(texts)) or NO_ANSWER

    def _row_stands(self, parsed: Path) -> str | None:
        if not self._view.form_id:
            return None
        return "Still there" if any(row.id == parsed.row for row in self._view.rows(parsed.group)) else TAKEN_AWAY

    def _shown(self, question: Question | None, value: JSON) -> str:
        """As the form shows it; an answer that is none in that form, as it was written."""
        if value is None:
            return NO_ANSWER
        if isinstance(value, str) and (question is None or question.type in AS_WRITTEN):
            return value
        try:
            if question is not None:
                check_answer(question, value)
                return display(question, value, self._child)
        except AnswerError:
            pass
        return value if isinstance(value, str) else encode(value).decode()

    def _question(self, parsed: Path) -> Question | None:
        return self._definition.at(parsed) if self._definition is not None else None

    def _label(self, parsed: Path, question: Question | None) -> str:
        own = worded(question.label, self._child) if question else parsed.question
        return f"{self._group(parsed)}: {own}" if parsed.group else own

    def _group(self, parsed: Path) -> str:
        whole = self._definition.by_id.get(parsed.group) if self._definition else None
        return worded(whole.short_label or whole.label, self._child) if whole else parsed.group


def _definition(desk: Desk, operation: Operation) -> Definition | None:
    catalogue, form_id, version = desk.catalogue, operation.form_id, operation.form_version
    is_here = form_id in catalogue.ids() and version in catalogue.versions(form_id)
    return catalogue.form(form_id, version) if is_here else None


def _name(desk: Desk, child_id: str, *, first: bool = False) -> str:
    try:
        child = child_of(desk, child_id)
    except UnknownRecord:
        return ""
    return child.first_name if first else child.name
