"""A person decides about what lies in quarantine: take it in, send it back to its author, or reject it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, or_, select, update

from casework.identifiers import BucketId, DeviceId, OfficerId, OperationId, RecordId
from casework.wire.protocol import Sealed
from central.database.clock import Now, stamp
from central.database.database import Database
from central.database.errors import Refused, UnknownThing
from central.database.tables import device, waiting
from central.files.ended_files import let_go_of
from central.intake import examination
from central.intake.definitions import Definitions
from central.intake.examination import Examined
from central.intake.intake import release, take_in
from central.intake.intake_rules import Rules
from central.intake.ledger import Ledger
from central.intake.verdicts import ACCEPTED, DESTROYED, Verdict

Choice = Literal["accept", "return", "reject"]
ACCEPTABLE = frozenset({"out_of_scope", "record_locked", "device_revoked"})
STATUS = {"return": "returned", "reject": "rejected"}


@dataclass(frozen=True, slots=True)
class Decision:
    """`decision_id` makes a repeated request harmless."""

    op_id: OperationId
    choice: Choice
    decision_id: str
    by: OfficerId
    reason: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """One item as a supervisor sees it. `payload` is what the author wrote, verbatim."""

    op_id: OperationId
    status: str
    code: str
    detail: str
    device_id: DeviceId
    pushed_by: DeviceId
    bucket: BucketId
    record_id: RecordId
    received_at: str
    reason: str
    payload: str

    @property
    def may_be_accepted(self) -> bool:
        return self.code in ACCEPTABLE


def listed(
    connection: Connection,
    *,
    pushed_by: DeviceId = DeviceId(""),
    buckets: Iterable[BucketId] | None = None,
    undecided: bool = False,
) -> list[Quarantined]:
    """Everything not taken in, oldest first; or only what this laptop pushed, and what lies in these buckets.

    `undecided`: without what was held, given back or rejected.
    """
    wanted = waiting.c.status == "quarantined" if undecided else waiting.c.status != "accepted"
    wanted &= waiting.c.payload != ""  # the words of some were destroyed since
    query = select(waiting).where(wanted).order_by(waiting.c.received_at, waiting.c.device_seq)
    if buckets is not None:
        query = query.where(or_(waiting.c.pushed_by == pushed_by, waiting.c.bucket.in_(set(buckets))))
    return [_quarantined(row) for row in connection.execute(query).mappings()]


def elsewhere(connection: Connection, *, pushed_by: DeviceId, buckets: Iterable[BucketId]) -> int:
    """How many wait for a decision that is somebody else's: a number, and nothing of what they are."""
    is_open = (waiting.c.status == "quarantined") & (waiting.c.payload != "")
    others = (waiting.c.pushed_by != pushed_by) & waiting.c.bucket.not_in(set(buckets))
    found: int = connection.execute(select(func.count()).select_from(waiting).where(is_open & others)).scalar_one()
    return found


@dataclass(frozen=True)
class Deciding:
    database: Database
    definitions: Definitions
    now: Now

    def decide(self, decision: Decision, *, within: Iterable[str] | None = None) -> Quarantined:
        """`within`: the buckets whose supervisor decides; None for the administrator. Raises Refused, UnknownThing."""
        scope = None if within is None else set(within)
        return self.database.transact(lambda connection: self._decide(connection, decision, scope))

    def _decide(self, connection: Connection, decision: Decision, within: set[str] | None) -> Quarantined:
        row = _open_item(connection, decision.op_id, within)
        if within is not None:
            _refuse_own(connection, row, decision.by)
        if row["decision_id"] == decision.decision_id:
            return _quarantined(row)
        if row["status"] not in ("quarantined", "returned"):
            raise Refused(409, "decided", "Somebody has decided about this already.")
        ledger = Ledger(connection, self.now)
        found = _examined(connection, row)
        if decision.choice == "accept":
            self._accept(ledger, found, DeviceId(str(row["pushed_by"])), str(row["code"]))
        status = STATUS.get(decision.choice, "accepted")
        ledger.settle(found, status, Verdict("quarantined", str(row["code"]), str(row["detail"])))
        _note(connection, found.key, decision, stamp(self.now()))
        near = ledger.held(records={RecordId(str(row["record_id"]))}, devices={DeviceId(str(row["device_id"]))})
        release(ledger, self.definitions, near)
        ledger.write()
        decided = _quarantined(_open_item(connection, decision.op_id, None))
        if row["code"] == DESTROYED:
            _let_go(connection, row, self.now())
        return decided

    def _accept(self, ledger: Ledger, found: Examined, pushed_by: DeviceId, code: str) -> None:
        if found.fault is not None or found.operation is None or code not in ACCEPTABLE:
            raise Refused(409, "not_acceptable", "This cannot be taken in as it is. Send it back to its author.")
        ledger.look_up([found.operation])
        rules = Rules(ledger, self.definitions, ledger.senders.of(pushed_by))
        verdict = rules.pardoned_verdict(found.operation)
        if verdict != ACCEPTED:
            raise Refused(409, verdict.code, verdict.detail)
        take_in(found, rules)


def _let_go(connection: Connection, row: Any, now: datetime) -> None:
    """Somebody has read them: of a record that was destroyed nothing more is kept, nor the files they named."""
    emptied = {"payload": "", "signature": ""}
    connection.execute(update(waiting).where(waiting.c.key == row["key"]).values(emptied))
    of_it = (waiting.c.record_id == row["record_id"]) & (waiting.c.status == "quarantined")
    if connection.execute(select(waiting.c.key).where(of_it)).first() is None:
        let_go_of(connection, [RecordId(str(row["record_id"]))], now)


def _open_item(connection: Connection, op_id: OperationId, within: set[str] | None) -> Any:
    query = select(waiting).where(waiting.c.op_id == op_id).order_by(waiting.c.received_at.desc()).with_for_update()
    for row in connection.execute(query).mappings():
        if within is None or row["bucket"] in within:
            return row
    message = "There is nothing of that number to decide about."
    raise UnknownThing(message)


def _refuse_own(connection: Connection, row: Any, officer_id: OfficerId) -> None:
    """Raises Refused where the supervisor wrote it, or a laptop of theirs brought it: another person decides."""
    names = {str(row["pushed_by"]), str(row["device_id"])}
    owners = connection.execute(select(device.c.officer_id).where(device.c.id.in_(names))).scalars()
    if officer_id in set(owners):
        raise Refused(403, "own_words", "This came from your own laptop, so another manager decides about it.")


def _examined(connection: Connection, row: Any) -> Examined:
    found = examination.read(Sealed(op_id=row["op_id"], payload=row["payload"], signature=row["signature"]))
    devices = {found.operation.device_id} if found.operation else set()
    return examination.attributed(found, examination.signatories(connection, devices))


def _note(connection: Connection, key: str, decision: Decision, at: str) -> None:
    values = {
        "decision_id": decision.decision_id,
        "decided_by": decision.by,
        "decided_at": at,
        "reason": decision.reason,
    }
    connection.execute(update(waiting).where(waiting.c.key == key).values(values))


def _quarantined(row: Any) -> Quarantined:
    found: dict[str, Any] = {name: row[name] or "" for name in Quarantined.__slots__}
    return Quarantined(**found)
