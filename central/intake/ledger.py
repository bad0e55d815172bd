"""What one transaction knows about operations and records, and what it is about to add to the feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete, or_, select, update

from casework.identifiers import BucketId, ChildId, DeviceId, OfficerId, OperationId, RecordId, child_named
from casework.practice.figures.what_counts import subject_of
from casework.records import Kind, Operation
from casework.records.ancestry import all_named_by
from casework.wire.protocol import Result, Sealed, unseal
from central.database.among import among
from central.database.clock import Now, stamp
from central.database.database import append_rows, insert_new
from central.database.tables import operation, record, waiting
from central.facts.projection import Projection, Touched
from central.feed import feed
from central.feed.destroyed_records import DestroyedRecords
from central.feed.stored_operations import operations_by_record, still_said
from central.intake.destroyed_again import keep_hashes
from central.intake.device_numbers import Numbers
from central.intake.examination import Examined
from central.intake.record_moves import Moves
from central.intake.verdicts import BAD_SIGNATURE, OUT_OF_SCOPE, REVOKED, Verdict
from central.people.accounts import devices_locked, refuse_withdrawn
from central.people.senders import Senders

T = TypeVar("T")
CHUNK = 900  # SQLite takes at most 999 parameters in older builds
SETTLED = ("rejected", "returned")  # nobody waits for these any longer
_HASHES = select(operation.c.op_id, operation.c.payload_hash, operation.c.record_id)
_KNOWN = _HASHES.where(among(operation.c.op_id, "ids"))
_WAITING = select(waiting).where(among(waiting.c.op_id, "ids"))
_RECORDS_LOCKED = select(record).where(among(record.c.record_id, "ids")).order_by(record.c.record_id).with_for_update()
_SIGNATURES = select(operation.c.record_id, operation.c.op_id).where(operation.c.kind == Kind.SIGN.value)
_SIGNED = _SIGNATURES.where(among(operation.c.record_id, "ids"))
_NEAR = or_(
    among(waiting.c.record_id, "records"),
    among(waiting.c.device_id, "devices"),
)
_LYING = select(waiting).order_by(waiting.c.device_id, waiting.c.device_seq)
_HELD = _LYING.where(waiting.c.status == "held")
_HELD_NEAR = _HELD.where(_NEAR)
SQUATTERS = ("bad_signature", "schema_invalid", "too_large")  # these do not occupy an operation's id


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record lives, and under which form."""

    bucket: BucketId
    child_id: ChildId
    form_id: str
    form_version: int


@dataclass(frozen=True, slots=True)
class Pending:
    operation: Operation
    sealed: Sealed
    relayed_by: DeviceId | None


class Ledger:
    def __init__(self, connection: Connection, clock: Now) -> None:
        self.connection = connection
        self.now = clock()
        self._clock = clock
        self.senders = Senders(connection, self.now)
        self.numbers = Numbers(connection)
        self.destroyed = DestroyedRecords(connection)
        self.new_children: dict[tuple[ChildId, OfficerId], bool] = {}  # as asked; until one is given to somebody
        self._hashes: dict[OperationId, str] = {}
        self._records_of_ops: dict[OperationId, RecordId] = {}
        self._waiting: dict[str, dict[str, Any]] = {}
        self._by_op: dict[OperationId, list[dict[str, Any]]] = defaultdict(list)
        self._records: dict[RecordId, Origin] = {}
        self._signatures: dict[RecordId, list[OperationId]] = defaultdict(list)
        self._pending: dict[OperationId, Pending] = {}
        self._by_hash: list[Operation] = []
        self._new_records: dict[RecordId, Origin] = {}
        self._before: dict[RecordId, BucketId] = {}
        self._loaded: set[OperationId] = set()
        self._seqs: dict[OperationId, int] = {}

    def begin(self, pushing: Sequence[DeviceId]) -> None:
        """With the laptops that push, whose rows are locked: pushes of one laptop take turns here. Raises Refused for
        one that was withdrawn."""
        laptops = devices_locked(self.connection, pushing)
        for device_id in pushing:
            refuse_withdrawn(laptops.get(device_id), also=("drain",))
        self.numbers.begin({laptop.id: laptop.acked_seq for laptop in laptops.values()})
        self.senders.look_up(laptops.values())

    def look_up(self, ops: Sequence[Operation]) -> None:
        """Everything the rules will ask about these operations, in a handful of queries; locks their records."""
        named = {op.op_id for op in ops} | {seen for op in ops for seen in all_named_by(op)}
        for ids in _chunks(named - self._loaded):
            self._load_known(ids)
        self._loaded |= named
        for record_ids in _chunks({op.record_id for op in ops} - set(self._records)):
            self._load_records(record_ids)
        self.destroyed.look_up(ops)

    def standing(self, found: Examined) -> Result | None:
        """The answer given earlier to exactly these bytes, if there was one."""
        op_id = found.sealed.op_id
        if found.operation and self._hashes.get(op_id) == found.operation.payload_hash:
            return Result(op_id=op_id, status="duplicate", seq=self.seq_of(op_id))
        row = self._row_of(found)
        if row is None or row["status"] == "accepted":
            return None
        return Result(op_id=op_id, status=row["status"], code=row["code"], detail=row["detail"])

    def _row_of(self, found: Examined) -> dict[str, Any] | None:
        """Of exactly these bytes. Nearly always nothing waits under the id, and they need not be hashed to see that."""
        return self._waiting.get(found.key) if self._by_op.get(found.sealed.op_id) else None

    def is_taken(self, op_id: OperationId) -> bool:
        """Whether the id belongs to other bytes already."""
        occupied = any(row["code"] not in SQUATTERS for row in self._by_op.get(op_id, ()))
        return op_id in self._hashes or occupied

    def is_accepted(self, op_id: OperationId) -> bool:
        return op_id in self._hashes

    def is_settled(self, op_id: OperationId, record_id: RecordId) -> bool:
        """Accepted into this record, or decided against: in either case nothing has to wait for it. One that belongs
        to another record counts as not there, so that naming it does not tell whether it exists."""
        rows = self._by_op.get(op_id, ())
        decided = any(row["status"] in SETTLED and row["record_id"] == record_id for row in rows)
        return self._records_of_ops.get(op_id) == record_id or decided

    def home(self, record_id: RecordId) -> Origin | None:
        return self._records.get(record_id)

    def fetched_home(self, record_id: RecordId) -> Origin | None:
        """Of a record that an operation names beside its own."""
        if record_id not in self._records:
            self._load_records([record_id])
        return self._records.get(record_id)

    def signatures(self, record_id: RecordId) -> list[OperationId]:
        return self._signatures.get(record_id, [])

    def operations_of(self, record_id: RecordId) -> list[Operation]:
        """All accepted so far, those of this transaction included."""
        query = select(operation.c.op_id, operation.c.payload, operation.c.signature)
        rows = self.connection.execute(query.where(operation.c.record_id == record_id, still_said()))
        stored = [unseal(Sealed(op_id=row.op_id, payload=row.payload, signature=row.signature)) for row in rows]
        return [*stored, *(p.operation for p in self._pending.values() if p.operation.record_id == record_id)]

    def accept(self, op: Operation, sealed: Sealed, *, relayed_by: DeviceId | None) -> None:
        self._hashes[op.op_id] = op.payload_hash
        self._records_of_ops[op.op_id] = op.record_id
        self._pending[op.op_id] = Pending(op, sealed, relayed_by)
        self.numbers.arrived(op.device_id, op.device_seq)
        if op.kind is Kind.CREATE and op.record_id not in self._records:
            home = Origin(op.bucket, child_named(str(op.body["child"])), op.form_id, op.form_version)
            self._records[op.record_id] = self._new_records[op.record_id] = home
        self._before.setdefault(op.record_id, self._records[op.record_id].bucket)
        if op.kind is Kind.REASSIGN:
            self._records[op.record_id] = replace(self._records[op.record_id], bucket=BucketId(str(op.body["bucket"])))
        if op.kind is Kind.SIGN:
            self._signatures[op.record_id].append(op.op_id)

    def keep_hash(self, op: Operation, *, of_laptop: DeviceId) -> None:
        """Words of a record that was destroyed, of which this log knows nothing: their id counts, and nothing else."""
        self._hashes[op.op_id] = op.payload_hash
        self._records_of_ops[op.op_id] = op.record_id
        self._by_hash.append(op)
        if op.device_id == of_laptop:
            self.numbers.arrived(op.device_id, op.device_seq)

    def keep_waiting(self, found: Examined, verdict: Verdict, *, pushed_by: DeviceId) -> None:
        """Verbatim, with the reason; durable when the transaction is."""
        op = found.operation
        row: dict[str, Any] = {
            "key": found.key,
            "op_id": found.sealed.op_id,
            "device_id": op.device_id if op else pushed_by,
            "device_seq": op.device_seq if op else 0,
            "pushed_by": pushed_by,
            "record_id": op.record_id if op else "",
            "bucket": op.bucket if op else "",
            "status": verdict.outcome,
            "code": verdict.code,
            "detail": verdict.detail,
            "payload": found.sealed.payload,
            "signature": found.sealed.signature,
            "received_at": stamp(self.now),
        }
        if op and op.device_id == pushed_by and verdict.code != "bad_signature":
            self.numbers.arrived(op.device_id, op.device_seq)
        if insert_new(self.connection, waiting, [row]):
            self._remember(row)

    def may_be_renewed(self, found: Examined, device_id: DeviceId) -> bool:
        """Whether it was refused for who brought it, nobody has decided about it, and another laptop brings it now."""
        row = self._row_of(found)
        if row is None or found.fault is not None:
            return False
        by_bringer = row["status"] == "quarantined" and row["code"] in (REVOKED.code, OUT_OF_SCOPE.code)
        return by_bringer and row["pushed_by"] != device_id

    def claim(self, found: Examined, device_id: DeviceId) -> None:
        """What a colleague brought first, its author's own laptop has brought now: the number has arrived, and it is
        that laptop which hears what becomes of it."""
        row = self._row_of(found)
        if row is None or row["code"] == BAD_SIGNATURE.code or not self._is_authors(found, row, device_id):
            return
        if row["device_id"] == device_id:
            self.numbers.arrived(device_id, row["device_seq"])
        if row["pushed_by"] != device_id:
            self.connection.execute(update(waiting).where(waiting.c.key == found.key).values(pushed_by=device_id))
            row["pushed_by"] = device_id

    def _is_authors(self, found: Examined, row: dict[str, Any], device_id: DeviceId) -> bool:
        """Also under the new name of a laptop that joined again, if it was a colleague who brought the words."""
        author, bringer = self.senders.of(device_id).officer.id, self.senders.of(row["pushed_by"]).officer.id
        is_words_of = found.operation is not None and found.operation.officer_id == author
        return row["device_id"] == device_id or (is_words_of and bringer != author)

    def held(self, *, records: Iterable[RecordId], devices: Iterable[DeviceId]) -> list[tuple[Examined, DeviceId]]:
        """Held operations that something in this transaction may have set free, and who pushed each."""
        return self._held(_HELD_NEAR, {"records": sorted(records), "devices": sorted(devices)})

    def unsigned(self, device_ids: Iterable[DeviceId]) -> list[tuple[Examined, DeviceId]]:
        """What names these laptops and could not be shown to be theirs, and who pushed each."""
        doubted = (waiting.c.status == "quarantined") & (waiting.c.code == BAD_SIGNATURE.code)
        return self._held(_LYING.where(doubted, waiting.c.device_id.in_(set(device_ids))))

    def forget_doubt(self, found: Examined) -> None:
        """Of an operation whose laptop was unknown when it came first, and is known now."""
        row = self._row_of(found)
        if found.fault is None and row and (row["status"], row["code"]) == ("quarantined", BAD_SIGNATURE.code):
            self.forget(found)

    def all_held(self) -> list[tuple[Examined, DeviceId]]:
        return self._held(_HELD)

    def settle(self, found: Examined, status: str, verdict: Verdict) -> None:
        """A waiting operation's new state."""
        values = {"status": status, "code": verdict.code, "detail": verdict.detail}
        self.connection.execute(update(waiting).where(waiting.c.key == found.key).values(values))
        self._waiting.get(found.key, {}).update(values)

    def forget(self, found: Examined) -> None:
        """A waiting operation that is in the log now, or is about to be answered anew."""
        self.connection.execute(delete(waiting).where(waiting.c.key == found.key))
        row = self._waiting.pop(found.key, None)
        if row is not None:
            self._by_op[found.sealed.op_id].remove(row)

    def write(self, *pushing: DeviceId) -> None:
        """Everything accepted goes into the log, with the pushing laptops' progress; the counter and what hangs on it
        come last."""
        self.numbers.write(pushing)
        if not self._pending and not self._by_hash:
            return
        homes = [_record_row(record_id, home) for record_id, home in self._new_records.items()]
        are_new = insert_new(self.connection, record, homes) == len(homes)
        moves = Moves(self.connection, self._before)
        steps = [step for pending in self._pending.values() for step in moves.steps(pending.operation)]
        moves.write()
        if self._pending:
            append_rows(self.connection, operation, [self._row(pending) for pending in self._pending.values()])
        if self._by_hash:
            self.destroyed.met(self._by_hash)
            steps += keep_hashes(self.connection, self._by_hash, stamp(self.now))
        facts = Projection(self.connection)
        facts.work_out(self._touched(are_new=are_new))
        places, last = feed.append(self.connection, steps, self._clock)
        facts.write(last)
        self._seqs |= places

    def _touched(self, *, are_new: bool) -> list[Touched]:
        """The records that count in figures, each with all its operations. Not `are_new`: somebody else began one of
        them at this very moment, so it is locked and read like one that was here."""
        said: dict[RecordId, list[Operation]] = defaultdict(list)
        for pending in self._pending.values():
            said[pending.operation.record_id].append(pending.operation)
        counted = [record_id for record_id in said if subject_of(self._records[record_id].form_id)]
        new = set(self._new_records) if are_new else set()
        if not are_new:
            self._lock(counted)
        here = operations_by_record(self.connection, [record_id for record_id in counted if record_id not in new])
        homes = {record_id: self._records[record_id] for record_id in counted}
        return [
            Touched(
                record_id, home.form_id, home.child_id, here.get(record_id, said[record_id]), is_new=record_id in new
            )
            for record_id, home in homes.items()
        ]

    def _lock(self, record_ids: Iterable[RecordId]) -> None:
        for ids in _chunks(sorted(record_ids)):
            query = select(record.c.record_id).where(record.c.record_id.in_(ids)).order_by(record.c.record_id)
            self.connection.execute(query.with_for_update()).all()

    def seq_of(self, op_id: OperationId) -> int | None:
        if op_id not in self._seqs and op_id in self._hashes and op_id not in self._pending:
            self._seqs |= feed.places(self.connection, [op_id])
        return self._seqs.get(op_id)

    def _row(self, pending: Pending) -> dict[str, Any]:
        op = pending.operation
        return {
            "op_id": op.op_id,
            "device_id": op.device_id,
            "device_seq": op.device_seq,
            "record_id": op.record_id,
            "kind": op.kind.value,
            "payload_hash": op.payload_hash,
            "payload": pending.sealed.payload,
            "signature": op.signature,
            "received_at": stamp(self.now),
            "relayed_by": pending.relayed_by,
            "skew_ms": _skew(op.at, self.now),
        }

    def _load_known(self, ids: list[OperationId]) -> None:
        for op_id, payload_hash, record_id in self.connection.execute(_KNOWN, {"ids": ids}):
            self._hashes[op_id] = payload_hash
            self._records_of_ops[op_id] = record_id
        for row in self.connection.execute(_WAITING, {"ids": ids}).mappings():
            self._remember(dict(row))

    def _load_records(self, ids: list[RecordId]) -> None:
        for row in self.connection.execute(_RECORDS_LOCKED, {"ids": ids}):
            self._records[row.record_id] = Origin(row.bucket, row.child_id, row.form_id, row.form_version)
        for record_id, op_id in self.connection.execute(_SIGNED, {"ids": ids}):
            self._signatures[record_id].append(op_id)

    def _remember(self, row: dict[str, Any]) -> None:
        if row["key"] not in self._waiting:
            self._waiting[row["key"]] = row
            self._by_op[row["op_id"]].append(row)

    def _held(self, query: Select[Any], named: dict[str, Any] | None = None) -> list[tuple[Examined, DeviceId]]:
        rows = list(self.connection.execute(query, named or {}).mappings())
        found = [(_examined(row), DeviceId(str(row["pushed_by"]))) for row in rows]
        self.look_up([op.operation for op, _ in found if op.operation])
        return found


def _examined(row: Any) -> Examined:
    sealed = Sealed(op_id=row["op_id"], payload=row["payload"], signature=row["signature"])
    return Examined(sealed, unseal(sealed), None)


def _record_row(record_id: RecordId, home: Origin) -> dict[str, Any]:
    return {
        "record_id": record_id,
        "bucket": home.bucket,
        "child_id": home.child_id,
        "form_id": home.form_id,
        "form_version": home.form_version,
    }


def _skew(at: str, now: datetime) -> int:
    """How far the author's clock ran ahead, in milliseconds: kept, never a reason to refuse."""
    return int((datetime.fromisoformat(at) - now).total_seconds() * 1000)


def _chunks(items: Iterable[T]) -> Iterator[list[T]]:
    source = iter(items)
    while chunk := list(islice(source, CHUNK)):
        yield chunk
