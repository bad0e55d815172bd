"""What the council's service did not take in, as a supervisor reads it and decides about it with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.dates_in_words import day_and_time
from casework.errors import AnswerError, ChangedMeanwhile
from casework.identifiers import OperationId
from casework.practice.roles import is_manager
from casework.records import Operation
from casework.wire.protocol import MAX_REASON, QuarantinedItem
from desktop.flows.desk import Desk
from desktop.flows.record.editing import Saved
from desktop.flows.record.operation_in_words import Beside, beside, child_named, title_of_form, what_is
from desktop.store.database.remembered import Setting
from desktop.sync import reviewing
from desktop.sync.errors import Refusal
from desktop.sync.reviewing import Choice

__all__ = ["Choice"]  # a screen offers these
UNREADABLE = "It cannot be read by this version of Homeward. It is kept as it came."
NO_CHILD = "A child who is not on this laptop"
WHY = "Say why: the reason is kept with the item and shown to its author."
SHORTER = f"A reason has room for {MAX_REASON:,} letters. Say the rest in the record itself."
# Half written, by item: on this laptop only.
REASONS: Setting[Mapping[str, str]] = Setting("review_reasons", dict[str, str], {})
LINES = {
    "accept": "Taken in. It reaches its readers with their next sync.",
    "return": "Given back to its author.",
    "reject": "Not taken in. It is kept as it came.",
}


@dataclass(frozen=True, slots=True)
class Review:
    """One item. `beside`: each answer it carries, and what the record says now; `may_accept`: whether taking it in can
    help. `mine`: this laptop sent it, so its own page has it too."""

    op_id: OperationId
    record_id: str
    child: str
    title: str
    what: str
    officer: str
    received_at: datetime
    status: str
    why: str
    beside: tuple[Beside, ...]
    may_accept: bool
    mine: bool

    @property
    def words(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.label, one.text) for one in self.beside)

    @property
    def is_open(self) -> bool:
        """Given back is decided, and may still be decided otherwise."""
        return self.status == "quarantined"


def is_supervisor(desk: Desk) -> bool:
    return is_manager(desk.officer.role)


def waiting_for_decision(desk: Desk) -> int:
    """How many there were when the council was last asked; a supervisor's laptop asks at each sync."""
    return reviewing.noted(desk.vault) if is_supervisor(desk) else 0


def elsewhere_line(desk: Desk) -> str:
    """Of what waits for another's decision, as the council said it last; empty where nothing does."""
    count = reviewing.noted_elsewhere(desk.vault) if is_supervisor(desk) else 0
    if not count:
        return ""
    more = "1 more waits" if count == 1 else f"{count:,} more wait"
    return f"{more} at the council that you may not see. Whoever manages that work decides."


def reviews(desk: Desk) -> tuple[Review, ...]:
    """Asked of the council now, oldest first. Raises SyncError."""
    found = reviewing.in_quarantine(desk.vault, desk.now)
    return tuple(_review(desk, item) for item in sorted(found, key=lambda item: item.received_at))


def decide(desk: Desk, op_id: OperationId, choice: Choice, reason: str) -> str:
    """What has come of it, in a sentence. Raises SyncError; AnswerError without a reason or for one too long;
    ChangedMeanwhile after somebody else's decision."""
    said = reason.strip()
    if not said:
        raise AnswerError(WHY)
    if len(said) > MAX_REASON:
        raise AnswerError(SHORTER)
    again = hashlib.sha256("\n".join((desk.device.id, op_id, choice, said)).encode()).hexdigest()
    try:
        reviewing.decide(desk.vault, desk.now, op_id, choice, said, again)
    except Refusal as refusal:
        if refusal.code == "decided":
            raise ChangedMeanwhile(str(refusal)) from refusal
        raise
    keep_reason(desk, op_id, "")
    desk.vault.audit.add("reviewed", op=op_id, decision=choice)
    return LINES[choice]


def keep_reason(desk: Desk, op_id: OperationId, words: str) -> Saved:
    """A reason that is half written, or was not heard for want of a network: it outlives the page and the program."""
    kept = reasons_kept(desk)
    if kept.get(op_id, "") != words:
        rest = {name: text for name, text in kept.items() if name != op_id}
        desk.vault.settings.put(REASONS, {**rest, op_id: words} if words else rest)
    return Saved("review", op_id, desk.now())


def reasons_kept(desk: Desk) -> dict[str, str]:
    kept = desk.vault.settings.get(REASONS)
    return dict(kept)


def as_json(found: Review) -> JSON:
    return {
        "item": found.op_id,
        "record": found.record_id,
        "child": found.child,
        "title": found.title,
        "officer": found.officer,
        "received_at": found.received_at.isoformat(),
        "status": found.status,
        "why": found.why,
        "words": [{"question": one.label, "answer": one.text, "stands": one.stands} for one in found.beside],
        "may_accept": found.may_accept,
    }


def told(found: Review) -> str:
    """As the command line prints it."""
    words = "\n".join(f"  {question}: {answer}" for question, answer in found.words) or f"  {UNREADABLE}"
    head = f"{found.op_id}\n{found.officer}, {found.child}, {day_and_time(found.received_at)}: {found.status}"
    return f"{head}\n{found.why}\n{words}"


def _review(desk: Desk, item: QuarantinedItem) -> Review:
    operation = reviewing.operation_of(item)
    return Review(
        op_id=item.op_id,
        record_id=item.record_id,
        child=child_named(desk, item.bucket) or NO_CHILD,
        title=title_of_form(desk, operation) if operation else "Record",
        what=what_is(operation) if operation else UNREADABLE,
        officer=_officer(desk, operation),
        received_at=datetime.fromisoformat(item.received_at),
        status=item.status,
        why=item.reason or item.detail,
        beside=beside(desk, operation) if operation else (),
        may_accept=item.may_be_accepted,
        mine=item.pushed_by == desk.device.id,
    )


def _officer(desk: Desk, operation: Operation | None) -> str:
    if operation is None:
        return "Not known"
    return desk.name_of(operation.officer_id) or f"Another officer ({operation.officer_id})"
