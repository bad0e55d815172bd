"""What was decided already, by whom, and what came together by itself: both are read from the record's own history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casework.canonical import canonical
from casework.identifiers import OperationId
from casework.records import Kind, Operation, Standing, parse_path
from casework.records.ancestry import ancestors
from desktop.flows.decisions.conflicts import Decision, Reading, Said
from desktop.flows.desk import Desk


@dataclass(frozen=True, slots=True)
class Decided:
    """`kept`: whose text it was, or what else was done."""

    label: str
    said: Said
    kept: str
    reason: str


def decided(desk: Desk, record_id: str) -> tuple[Decided, ...]:
    """Every decision about a record, here or on another laptop, the latest first."""
    reading = Reading(desk, desk.vault.view(record_id))
    made = [op for op in reading.operations.values() if op.kind is Kind.RESOLVE]
    return tuple(_decided(reading, op) for op in sorted(made, key=lambda op: (op.hlc, op.op_id), reverse=True))


def merged(desk: Desk, found: Decision) -> tuple[str, ...]:
    """The other answers that were changed apart from each other, each by one person only: every change is in."""
    view = desk.vault.view(found.record_id)
    reading = Reading(desk, view)
    authors: dict[str, set[str]] = {}
    for op in _apart(reading.operations, found.shown):
        for change in op.changes:
            if not parse_path(change.path).is_row and change.path not in view.conflicts:
                authors.setdefault(change.path, set()).add(op.officer_id)
    alone = [path for path, names in authors.items() if len(names) == 1]
    return tuple(reading.label(path, reading.question(path)) for path in sorted(alone))


def _decided(reading: Reading, op: Operation) -> Decided:
    (change,) = op.changes
    question = reading.question(change.path)
    said = reading.said(question, Standing(op.op_id, change.value, op.officer_id, op.at, op.hlc))
    return Decided(reading.label(change.path, question), said, _kept(reading, op), str(op.body.get("reason", "")))


def _kept(reading: Reading, op: Operation) -> str:
    (change,) = op.changes
    question = reading.question(change.path)
    sides = [
        reading.said(question, Standing(old.op_id, was.value, old.officer_id, old.at, old.hlc))
        for old in (reading.operations[op_id] for op_id in change.replaces if op_id in reading.operations)
        for was in old.changes
        if was.path == change.path
    ]
    for side in sides:
        if canonical(side.value) == canonical(change.value):
            return "kept your text" if side.mine else f"kept {side.name}’s text"
    texts = [side.value for side in sides if isinstance(side.value, str) and side.value]
    is_both = isinstance(change.value, str) and len(texts) > 1 and all(text in change.value for text in texts)
    return "kept every text" if is_both else "wrote a new one"


def _apart(operations: dict[OperationId, Operation], sides: Iterable[OperationId]) -> list[Operation]:
    """Since the sides parted: whatever was written by one person while another, who had not seen it, wrote as well."""
    known = [ancestors((side,), operations) for side in sides if side in operations]
    common = set.intersection(*known) if known else set()
    since = {op_id: ancestors((op_id,), operations) for op_id in operations if op_id not in common}
    return [
        operations[op_id]
        for op_id, seen in since.items()
        if any(
            other not in seen and op_id not in since[other]
            for other in since
            if operations[other].officer_id != operations[op_id].officer_id
        )
    ]
