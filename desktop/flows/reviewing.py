"""What the council's service did not take in: its author sees why, and a supervisor decides with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON, encode
from casework.errors import AnswerError
from casework.forms import Question, check_answer, display
from casework.practice.roles import is_manager
from casework.protocol import QuarantinedItem
from casework.records import Operation, parse_path
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.wording import day_and_time
from desktop.sync import reviewing
from desktop.sync.reviewing import Choice

UNREADABLE = "It cannot be read by this version of Homeward. It is kept as it came."
LINES = {
    "accept": "Taken in. It reaches its readers with their next sync.",
    "return": "Given back to its author.",
    "reject": "Not taken in. It is kept as it came.",
}


@dataclass(frozen=True, slots=True)
class Review:
    """One item. `words`: each answer it carries, as (question, answer); `may_accept`: whether taking it in can help."""

    op_id: str
    record_id: str
    child: str
    officer: str
    received_at: datetime
    status: str
    why: str
    words: tuple[tuple[str, str], ...]
    may_accept: bool


def is_supervisor(desk: Desk) -> bool:
    return is_manager(desk.officer.role)


def reviews(desk: Desk) -> tuple[Review, ...]:
    """Asked of the council now, oldest first. Raises SyncError."""
    found = reviewing.in_quarantine(desk.vault, desk.now)
    return tuple(_review(desk, item) for item in sorted(found, key=lambda item: item.received_at))


def decide(desk: Desk, op_id: str, choice: Choice, reason: str) -> str:
    """What has come of it, in a sentence. Raises SyncError; AnswerError without a reason."""
    said = reason.strip()
    if not said:
        message = "Say why: the reason is kept with the item and shown to its author."
        raise AnswerError(message)
    again = hashlib.sha256("\n".join((desk.device.id, op_id, choice, said)).encode()).hexdigest()
    reviewing.decide(desk.vault, desk.now, op_id, choice, said, again)
    desk.vault.audit.add("reviewed", op=op_id, decision=choice)
    return LINES[choice]


def as_json(found: Review) -> JSON:
    return {
        "item": found.op_id,
        "record": found.record_id,
        "child": found.child,
        "officer": found.officer,
        "received_at": found.received_at.isoformat(),
        "status": found.status,
        "why": found.why,
        "words": [{"question": question, "answer": answer} for question, answer in found.words],
        "may_accept": found.may_accept,
    }


def told(found: Review) -> str:
    """As the command line prints it."""
    words = "\n".join(f"  {question}: {answer}" for question, answer in found.words) or f"  {UNREADABLE}"
    head = f"{found.op_id}\n{found.officer}, {found.child}, {day_and_time(found.received_at)}: {found.status}"
    return f"{head}\n{found.why}\n{words}"


def _review(desk: Desk, item: QuarantinedItem) -> Review:
    operation = _read(item.payload)
    officer = operation.officer_id if operation else ""
    child = child_of(desk, item.bucket.partition(":")[0]).name if item.bucket else ""
    return Review(
        op_id=item.op_id,
        record_id=item.record_id,
        child=child,
        officer=desk.name_of(officer) or (f"Another officer ({officer})" if officer else "Not known"),
        received_at=datetime.fromisoformat(item.received_at),
        status=item.status,
        why=item.reason or item.detail,
        words=_words(desk, operation) if operation else (),
        may_accept=item.may_be_accepted,
    )


def _read(payload: str) -> Operation | None:
    try:
        return Operation.from_payload(payload, "")
    except AnswerError:
        return None


def _words(desk: Desk, operation: Operation) -> tuple[tuple[str, str], ...]:
    """Every answer, under its question where this laptop has the form."""
    found = []
    for change in operation.changes:
        parsed = parse_path(change.path)
        if parsed.is_row:
            continue
        question = _question(desk, operation, parsed.group, parsed.question)
        found.append((question.label if question else parsed.question, _shown(question, change.value)))
    return tuple(found)


def _shown(question: Question | None, value: JSON) -> str:
    """As the form shows it; an answer that is none in that form, as it was written."""
    try:
        if question is not None and value is not None:
            check_answer(question, value)
            return display(question, value)
    except AnswerError:
        pass
    return value if isinstance(value, str) else encode(value).decode()


def _question(desk: Desk, operation: Operation, group: str, name: str) -> Question | None:
    catalogue = desk.catalogue
    if operation.form_id not in catalogue.ids() or operation.form_version not in catalogue.versions(operation.form_id):
        return None
    whole = desk.catalogue.form(operation.form_id, operation.form_version).by_id.get(group or name)
    return whole.column(name) if whole is not None and group else whole
