"""Carrying out an order: the words, the facts and the files go; ids, hashes, numbers and places in the feed stay.

All of an order is one transaction, and the same is done again after a cut or a restore: what is gone is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from casework.canonical import digest_bytes
from casework.dates_in_words import day, local
from casework.identifiers import BucketId, ChildId, OperationId, RecordId, child_named
from casework.records import Kind
from casework.wire.protocol import Sealed, unseal
from central.database.clock import stamp
from central.database.database import insert_new
from central.database.destroyed_tables import destroyed, destroyed_operation
from central.database.errors import CentralError
from central.database.fact_tables import FACT_TABLES
from central.database.tables import allocation, council, extract_number, operation, record, waiting
from central.extracts.case_numbers import CHILD
from central.feed import feed
from central.feed.destroyed_records import NOT_AGAIN, about_of, operation_key, record_key, secret_of
from central.feed.feed import Step
from central.files import ended_files
from central.intake import verdicts
from central.keys import destruction_secret
from central.keys.council_root import CouncilRoot
from central.retention import destruction_log
from central.retention.destruction_log import DestructionOrder, Gone, SignedOrder
from central.retention.holds import holds
from central.retention.what_is_due import Due, DueList, due_list
from central.service import Service

CHANGED = (
    "What is due is not what was looked over any more. Nothing was destroyed. "
    "Look at it again with “homeward-central retention due”."
)
UNFINISHED = (
    "Order {} was signed and not carried out to its end. Nothing new was destroyed. "
    "Finish it with “homeward-central retention repeat” first."
)
CANNOT_TELL = (
    "This service has never destroyed anything, so it cannot tell which records the log names. "
    "Two keepers make it able to: name both with --keeper."
)
TOLD_FOR = timedelta(days=90)  # so long is a child of whom nothing is left still their officers', to hear of it
ENDED = "the child’s record was destroyed by the council’s rule"


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """`held`: left for a hold that was placed after the order; `unread`: words that the order did not name, and that
    wait for a manager now."""

    records: int = 0
    operations: int = 0
    held: int = 0
    unread: int = 0

    def plus(self, other: CarriedOut) -> CarriedOut:
        return CarriedOut(
            self.records + other.records,
            self.operations + other.operations,
            self.held + other.held,
            self.unread + other.unread,
        )


def destroy(service: Service, list_hash: str, root: CouncilRoot) -> CarriedOut:
    """What was looked over, and only that. Raises CentralError when it is another list by now, and when an order
    before was not carried out to its end."""
    secret = _keep_secret(service, destruction_secret.secret_from(service.home.keys, root))
    with service.database.writing() as connection:
        found = _locked_list(connection, service.now())
        before = destruction_log.here(service.home)
        if unfinished := _unfinished(connection, before):
            raise CentralError(UNFINISHED.format(unfinished[0].order.number))
        if not found.hash or found.hash != list_hash:
            raise CentralError(CHANGED)
        line = destruction_log.order_of(root, secret, found.going, found.hash, before, service.now())
        destruction_log.note(service.home, line)  # and then it is carried out, now or by `repeat`
        return _carry_out(service, connection, line.order, secret)


def repeat(service: Service, lines: Sequence[SignedOrder], root: CouncilRoot | None = None) -> CarriedOut:
    """Every order of the log once more: after a cut, and after a restore. Raises CentralError where nobody can tell
    which records the log names."""
    with service.database.reading() as connection:
        secret = secret_of(connection)
    if not secret and lines:
        if root is None:
            raise CentralError(CANNOT_TELL)
        secret = _keep_secret(service, destruction_secret.secret_from(service.home.keys, root))
    done = CarriedOut()
    for line in lines:
        with service.database.writing() as connection:
            done = done.plus(_carry_out(service, connection, line.order, secret))
    return done


def unfinished_orders(service: Service) -> list[int]:
    """By number: signed, and not carried out to their end."""
    lines = destruction_log.here(service.home)
    with service.database.reading() as connection:
        return [line.order.number for line in _unfinished(connection, lines)]


def _keep_secret(service: Service, secret: str) -> str:
    with service.database.writing() as connection:
        empty = council.c.destruction_key == ""
        connection.execute(update(council).where(empty).values(destruction_key=secret))
        return secret_of(connection)


def _unfinished(connection: Connection, lines: Sequence[SignedOrder]) -> list[SignedOrder]:
    """Those that name a record which this database does not know to be destroyed, unless it was held since. One that
    was restored from before the record knows as little of it as one from before its end."""
    secret = secret_of(connection)
    if not secret or not lines:
        return list(lines)
    known = set(connection.execute(select(destroyed.c.key)).scalars())
    left = {one.key for line in lines for one in line.order.records} - known
    homes = _homes_by_key(connection, secret, left) if left else {}
    return [line for line in lines if _is_left(line.order, left, homes, _held_since(connection, line.order))]


def _is_left(order: DestructionOrder, left: set[str], homes: Mapping[str, _Home], held: set[ChildId]) -> bool:
    mine = [one.key for one in order.records if one.key in left]
    return any(key not in homes or homes[key].child not in held for key in mine)


def _locked_list(connection: Connection, now: datetime) -> DueList:
    """Looked at, locked, and looked at again: what somebody was writing meanwhile is in it, or has to wait."""
    for row in sorted(due_list(connection, now).going, key=_by_id):
        connection.execute(select(record.c.record_id).where(record.c.record_id == row.record_id).with_for_update())
    return due_list(connection, now)


def _by_id(row: Due) -> RecordId:
    return row.record_id


def _carry_out(service: Service, connection: Connection, order: DestructionOrder, secret: str) -> CarriedOut:
    """The counter of the feed comes last, as everywhere."""
    homes = _homes_by_key(connection, secret, {one.key for one in order.records})
    held = _held_since(connection, order)
    one_by_one = [_Going(service, connection, order, one, homes.get(one.key), secret) for one in order.records]
    going = [one for one in one_by_one if one.home is None or one.home.child not in held]
    done, steps = CarriedOut(held=len(one_by_one) - len(going)), list[Step]()
    for one in going:
        one.name()
        if one.home is not None and one.home.bucket:
            done = done.plus(one.empty())
            steps += one.steps
    if steps:
        ended_files.let_go_of(connection, [step.record_id for step in steps], service.now())
        feed.append(connection, steps, service.now)
    return done


@dataclass(frozen=True, slots=True)
class _Home:
    record_id: RecordId
    form_id: str
    bucket: BucketId

    @property
    def child(self) -> ChildId:
        return child_named(self.bucket.rpartition(":")[0])


def _homes_by_key(connection: Connection, secret: str, keys: set[str]) -> dict[str, _Home]:
    """Which of the records that are here the log names: every id is hashed, for none stands in it."""
    query = select(record.c.record_id, record.c.form_id, record.c.bucket)
    found: dict[str, _Home] = {}
    for row in connection.execute(query.execution_options(yield_per=1000)):
        if (key := record_key(secret, row.record_id)) in keys:
            found[key] = _Home(row.record_id, row.form_id, BucketId(row.bucket))
    return found


def _held_since(connection: Connection, order: DestructionOrder) -> set[ChildId]:
    """Children with a hold that was placed after the order. One that a restore brought back was over when the keepers
    signed."""
    today = local(datetime.fromisoformat(order.at)).date()
    return {found.child_id for found in holds(connection) if found.placed_at > order.at and found.stands(today)}


class _Going:
    """One record of an order, within the transaction; `home` is None where nobody has heard of it here."""

    def __init__(  # noqa: PLR0917 - what an order says of one record, and where
        self,
        service: Service,
        connection: Connection,
        order: DestructionOrder,
        gone: Gone,
        home: _Home | None,
        secret: str,
    ) -> None:
        self.home = home
        self.steps: list[Step] = []
        self._service = service
        self._connection = connection
        self._order = order
        self._gone = gone
        self._secret = secret

    def name(self) -> None:
        """So that it is known when it is brought again. What is named already stays as it is."""
        row = {"key": self._gone.key, "form_id": self._gone.form, "day": self._order.day}
        nowhere = {"by_order": self._order.number, "record_id": "", "bucket": "", "about": ""}
        insert_new(self._connection, destroyed, [row | nowhere])
        said = [{"key": key, "record_key": self._gone.key} for key in self._gone.said]
        insert_new(self._connection, destroyed_operation, said)

    def empty(self) -> CarriedOut:
        """Of everything that was said, the hash alone stays."""
        home = self._home
        said = self._said(home.record_id)
        begun = next((row for row in said if row["kind"] == Kind.CREATE.value and row["payload"]), None)
        place = {"record_id": home.record_id, "bucket": home.bucket, "about": _about(begun)}
        here = destroyed.c.key == self._gone.key
        self._connection.execute(update(destroyed).where(here).values(place))
        unread = [row for row in said if row["payload"] and not self._is_named(row)]
        insert_new(self._connection, waiting, [self._as_waiting(row) for row in unread])  # and so are read first
        self._end_what_waits(home.record_id)
        emptied = {"payload": "", "signature": ""}
        self._connection.execute(update(operation).where(operation.c.record_id == home.record_id).values(emptied))
        self._end_what_hangs_on(home)
        weights = tuple((OperationId(row["op_id"]), str(row["payload_hash"])) for row in said)
        self.steps.append(Step(home.bucket, "out", OperationId(""), home.record_id, home.form_id, weights))
        return CarriedOut(records=1, operations=len(said) - len(unread), unread=len(unread))

    @property
    def _home(self) -> _Home:
        if self.home is None:
            message = "a record that is not here was to be emptied"
            raise CentralError(message)
        return self.home

    def _said(self, record_id: RecordId) -> list[Mapping[str, Any]]:
        """Its lock makes whoever writes in it just now wait, and then hear that it is gone."""
        self._connection.execute(select(record.c.record_id).where(record.c.record_id == record_id).with_for_update())
        found = self._connection.execute(select(operation).where(operation.c.record_id == record_id)).mappings()
        return [dict(row) for row in found]

    def _is_named(self, row: Mapping[str, Any]) -> bool:
        return operation_key(self._secret, row["op_id"], row["payload_hash"]) in self._gone.said

    def _end_what_waits(self, record_id: RecordId) -> None:
        """What somebody has decided about goes too; what nobody has read is read first."""
        of_it, is_open = waiting.c.record_id == record_id, waiting.c.status.in_(("held", "quarantined"))
        self._connection.execute(update(waiting).where(of_it, is_open).values(self._told))
        self._connection.execute(update(waiting).where(of_it, ~is_open).values(payload="", signature="", reason=""))

    @property
    def _told(self) -> dict[str, str]:
        """Beside words that wait: why nobody can take them in."""
        why = verdicts.destroyed(NOT_AGAIN.format(day(date.fromisoformat(self._order.day))))
        return {"status": why.outcome, "code": why.code, "detail": why.detail}

    def _as_waiting(self, row: Mapping[str, Any]) -> dict[str, Any]:
        same = {name: row[name] for name in ("op_id", "device_id", "device_seq", "record_id", "payload", "signature")}
        key = digest_bytes(f"{row['op_id']}\n{row['signature']}\n{row['payload']}".encode())
        place = {"key": key, "pushed_by": row["relayed_by"] or row["device_id"], "bucket": self._home.bucket}
        undecided = dict.fromkeys(("decision_id", "decided_by", "decided_at", "reason"))
        return {**same, **self._told, **place, **undecided, "received_at": row["received_at"]}

    def _end_what_hangs_on(self, home: _Home) -> None:
        for table in (*FACT_TABLES.values(), extract_number):
            self._connection.execute(delete(table).where(table.c.record_id == home.record_id))
        self._connection.execute(update(record).where(record.c.record_id == home.record_id).values(bucket=""))
        if home.form_id == CHILD:
            self._end_allocations(home.child)

    def _end_allocations(self, child: ChildId) -> None:
        """Their reasons are words about the child. Until the end each officer's laptop hears that the record went."""
        until, here = stamp(self._service.now() + TOLD_FOR), allocation.c.child_id == child
        lasting = here & (allocation.c.until.is_(None) | (allocation.c.until > until))
        self._connection.execute(update(allocation).where(lasting).values(until=until))
        self._connection.execute(update(allocation).where(here).values(reason=ENDED))


def _about(begun: Mapping[str, Any] | None) -> str:
    if begun is None:
        return ""
    return about_of(unseal(Sealed(op_id=begun["op_id"], payload=begun["payload"], signature=begun["signature"])))
