"""Words of one's own that the council did not take in: why, what the record says instead, and what to do with them.

Nothing here is ever deleted: what has been dealt with leaves the queue, and stays to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from casework.canonical import JSON, canonical
from casework.dates_in_words import day_and_time
from casework.errors import RecordError, UnknownRecord
from casework.identifiers import OperationId, RecordId
from casework.records import Change, Kind, Merge, Operation, RecordView, parse_path
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import check_value
from desktop.flows.record.operation_in_words import Beside, beside, child_named, free_of, title_of_form, what_is
from desktop.store.exchange.quarantine import Item

NO_CHILD = "A child who is no longer on this laptop"
SAID = "Said again. It goes to the council with the next sending."
BOTH = "Said again. Somebody has written there since, so every text stands until a person decides."
PROPOSED = "Said again beside the signed record. Under Decisions you choose whether it becomes a correction."
STANDS = "The record says this already, so nothing had to be said again."
DONE = "Dealt with. The words are kept here."
STATES = {
    "quarantined": "Not taken in yet",
    "returned": "Given back to you",
    "rejected": "Not taken in",
    "accepted": "Taken in after all",
}
AGAIN = frozenset({Kind.SET, Kind.ROWS, Kind.ATTACH, Kind.RESOLVE})
HINTS = {
    Kind.CREATE: "The record began with this. Begin a new record to say it again.",
    Kind.SIGN: "Read the record again, then sign it again.",
    Kind.AMEND: "Add the correction again on the record’s own page.",
}
GONE = "The record is not here, or not at the council. Copy the words to where they belong; they stay here too."
NO_WORDS = "There are no words in it to say again."


@dataclass(frozen=True, slots=True)
class Returned:
    """`may_say` when the words can be said again in the record, `signed` when they then stand beside it as a proposal;
    else `hint` tells what to do instead. `why` is the service's reason, or the supervisor's own words."""

    op_id: OperationId
    record_id: str
    child: str
    title: str
    what: str
    written_at: datetime
    answered_at: datetime
    status: str
    why: str
    beside: tuple[Beside, ...]
    may_say: bool
    signed: bool
    hint: str
    is_open: bool
    dealt: str
    dealt_at: datetime | None

    @property
    def state(self) -> str:
        return STATES[self.status]

    @property
    def ending(self) -> str:
        """What became of it, once it is out of the queue."""
        if self.status == "accepted":
            return self.state
        return "You said it again" if self.dealt == "again" else "You dealt with it"

    @property
    def text(self) -> str:
        """Every word of it, to be copied."""
        return "\n\n".join(f"{one.label}\n{one.text}" for one in self.beside)


def returned(desk: Desk) -> tuple[Returned, ...]:
    """What still waits for its author, oldest first."""
    return tuple(_returned(desk, item) for item in desk.vault.quarantine.open_items())


def dealt_with(desk: Desk) -> tuple[Returned, ...]:
    """The rest, latest first."""
    found = (desk.vault.quarantine.one(op_id) for op_id in dealt_ids(desk))
    return tuple(_returned(desk, item) for item in found if item is not None)


def dealt_ids(desk: Desk) -> tuple[OperationId, ...]:
    """The same by number only: Sending says how many there are."""
    return tuple(desk.vault.quarantine.over())


def say_again(desk: Desk, op_id: OperationId) -> str:
    """The same words as a new change of the record, which replaces what they replaced and nothing written since.
    What has come of it, in a sentence. Raises RecordError when they cannot be said, AnswerError for a wrong one."""
    operation = _item(desk, op_id).operation
    with desk.pen:
        council = _Council.of(desk, operation.record_id)
        if problem := _hint(operation, council.view):
            raise RecordError(problem)
        changes = [change for change in council.anew(operation) if not _stands(council.view, change)]
        for change in changes:
            form = desk.catalogue.form(council.view.form_id, council.view.form_version)
            check_value(form, change.path, change.value)
        author = desk.author
        said = desk.vault.author(lambda stamp: author.say(stamp, council.unsigned, changes)) if changes else None
        desk.vault.quarantine.deal(op_id, "again", followed_by=said.op_id if said else "")
    if said is None:
        return STANDS
    now = desk.vault.view(operation.record_id)
    both = any(change.path in now.conflicts for change in changes)
    return PROPOSED if now.locked else BOTH if both else SAID


def done(desk: Desk, op_id: OperationId) -> str:
    """Out of the queue, whatever was done about it; in a sentence."""
    _item(desk, op_id)
    desk.vault.quarantine.deal(op_id, "done")
    return DONE


def as_json(found: Returned) -> JSON:
    return {
        "item": found.op_id,
        "record": found.record_id,
        "child": found.child,
        "title": found.title,
        "written_at": found.written_at.isoformat(),
        "status": found.status,
        "why": found.why,
        "words": [{"question": one.label, "answer": one.text, "stands": one.stands} for one in found.beside],
        "may_say": found.may_say,
        "open": found.is_open,
        "dealt": found.dealt,
    }


def told(found: Returned) -> str:
    """As the command line prints it."""
    state = found.state if found.is_open else found.ending
    head = f"{found.op_id}\n{found.title}, {found.child}, {day_and_time(found.written_at)}: {state}"
    words = [f"  {one.label}: {one.text}" for one in found.beside] or [f"  {found.what}"]
    return "\n".join([head, found.why, *words])


def _item(desk: Desk, op_id: OperationId) -> Item:
    found = desk.vault.quarantine.one(op_id)
    if found is None or not found.is_open:
        message = "Nothing of that number waits for you. List what does with: homeward returned"
        raise UnknownRecord(message)
    return found


def _returned(desk: Desk, item: Item) -> Returned:
    operation = item.operation
    view = _Council.of(desk, operation.record_id).view
    hint = _hint(operation, view)
    return Returned(
        op_id=operation.op_id,
        record_id=operation.record_id,
        child=child_named(desk, operation.bucket) or NO_CHILD,
        title=title_of_form(desk, operation),
        what=what_is(operation),
        written_at=datetime.fromisoformat(operation.at),
        answered_at=datetime.fromisoformat(item.answered_at),
        status=item.status,
        why=item.why,
        beside=beside(desk, operation),
        may_say=not hint,
        signed=view.locked,
        hint=hint,
        is_open=item.is_open,
        dealt=item.dealt,
        dealt_at=datetime.fromisoformat(item.dealt_at) if item.dealt_at else None,
    )


@dataclass(frozen=True)
class _Council:
    """A record as the council has it, or gets it without anybody's decision: words said upon anything else would wait
    for that decision too. `not_taken`: what of it the council does not have."""

    known: Merge
    not_taken: Mapping[OperationId, Operation]

    @classmethod
    def of(cls, desk: Desk, record_id: str) -> _Council:
        held = desk.vault.operations(record_id) if desk.vault.view(record_id).form_id else ()
        kept = desk.vault.quarantine.items(record_id=record_id)
        not_taken = {item.operation.op_id: item.operation for item in kept if item.status != "accepted"}
        undecided = set(desk.vault.outbox.ids(answered=True))
        not_taken |= {op.op_id: op for op in held if op.op_id in undecided}
        return cls(Merge(RecordId(record_id), free_of(held, not_taken)), not_taken)

    @cached_property
    def view(self) -> RecordView:
        return self.known.view()

    @property
    def unsigned(self) -> RecordView:
        """Words said upon this become a proposal beside a signed record."""
        return self.known.view_before_signing() if self.view.locked else self.view

    def anew(self, operation: Operation) -> Iterator[Change]:
        """Its changes, replacing what they replaced; in place of what was not taken in, what that had replaced."""
        for change in operation.changes:
            yield Change(change.path, change.value, tuple(sorted(self._replaced(change))))

    def _replaced(self, change: Change) -> set[OperationId]:
        found: set[OperationId] = set()
        for old in change.replaces:
            if old not in self.not_taken:
                found.add(old)
            else:
                for before in self.not_taken[old].changes:
                    found |= self._replaced(before) if before.path == change.path else set()
        return found


def _hint(operation: Operation, view: RecordView) -> str:
    """What to do instead of saying it again; empty where that can be done."""
    if operation.kind in HINTS:
        return HINTS[operation.kind]
    if not view.form_id or view.discarded:
        return GONE
    return "" if operation.kind in AGAIN else NO_WORDS


def _stands(view: RecordView, change: Change) -> bool:
    """Said by somebody meanwhile, or by its author already."""
    standing = view.values.get(change.path, ())
    if change.value is None:
        return not standing and not parse_path(change.path).is_row
    return bool(standing) and all(canonical(one.value) == canonical(change.value) for one in standing)
