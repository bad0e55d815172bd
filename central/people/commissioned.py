"""What a commissioned interviewer holds: record by record, and none that is not about the one episode (S1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from casework.dates_in_words import local
from casework.identifiers import BucketId, ChildId, DeviceId, RecordId
from casework.practice.manager_check import CHECK
from casework.practice.notices.notice_table import NOTICE, inbox_of
from casework.practice.roles import CORE, MISSING
from casework.records import JSON, Kind, Operation, bucket_of
from casework.wire.commissions import commission_bucket
from casework.wire.protocol import Sealed, unseal
from central.database.tables import device, operation, record
from central.people.accounts import Commission, Officer, commissions

EPISODE, INTERVIEW = "missing_episode", "return_home_interview"


@dataclass(frozen=True, slots=True)
class Given:
    """`asked`: by bucket, the episode about which an interview may be begun there."""

    buckets: frozenset[BucketId]
    records: frozenset[RecordId]
    asked: dict[BucketId, RecordId]


@dataclass(frozen=True, slots=True)
class _Begun:
    """How a record of the child began. What it says it is about never changes with later words."""

    bucket: BucketId
    form_id: str
    operation: Operation

    def says(self, question: str) -> JSON:
        return said(self.operation, question)


def given_to(connection: Connection, owner: Officer, now: str) -> Given:
    """As of `now`: nothing of a commission whose day is over."""
    laptops = frozenset(connection.execute(select(device.c.id).where(device.c.officer_id == owner.id)).scalars())
    buckets, records, asked = set[BucketId](), set[RecordId](), dict[BucketId, RecordId]()
    for one in commissions(connection, owner.id, now):
        last = local(one.until).date() - timedelta(days=1)
        home = bucket_of(one.child_id, MISSING)
        buckets |= {home, bucket_of(one.child_id, CORE), commission_bucket(one.child_id, one.episode, last)}
        records |= {one.child_id, one.episode}
        asked[home] = one.episode
        for record_id, inbox in _of_the_interview(connection, owner, one, laptops):
            records.add(record_id)
            buckets |= {inbox} if inbox else set()
    return Given(frozenset(buckets), frozenset(records), asked)


def said(op: Operation, question: str) -> JSON:
    """What an operation itself answers to a question."""
    return next((change.value for change in op.changes if change.path == f"f/{question}"), None)


def _of_the_interview(
    connection: Connection, owner: Officer, one: Commission, laptops: frozenset[DeviceId]
) -> Iterator[tuple[RecordId, BucketId | None]]:
    """The interviews this officer began about the episode, the checks of them, and the notices about them that are
    theirs or to them; of a notice with its bucket."""
    begun = _begun(connection, one.child_id)
    home = bucket_of(one.child_id, MISSING)
    own = {
        record_id
        for record_id, found in begun.items()
        if (found.form_id, found.bucket) == (INTERVIEW, home)
        and found.operation.device_id in laptops
        and found.says("episode_id") == one.episode
    }
    yield from ((record_id, None) for record_id in own)
    for record_id, found in begun.items():
        if found.says("about") not in own:
            continue
        if (found.form_id, found.bucket) == (CHECK, home):
            yield record_id, None
        elif found.form_id == NOTICE and (found.operation.device_id in laptops or _is_for(owner, found.bucket)):
            yield record_id, found.bucket


def _is_for(owner: Officer, bucket: BucketId) -> bool:
    inbox = inbox_of(bucket.rpartition(":")[2])
    return inbox is not None and inbox.is_for(owner.role, owner.id, owner.team)


def _begun(connection: Connection, child_id: ChildId) -> dict[RecordId, _Begun]:
    columns: list[ColumnElement[Any]] = [record.c.record_id, record.c.bucket, record.c.form_id]
    columns += [operation.c.op_id, operation.c.payload, operation.c.signature]
    query = select(*columns).join_from(record, operation, operation.c.record_id == record.c.record_id)
    query = query.where(record.c.child_id == child_id, record.c.form_id.in_((INTERVIEW, CHECK, NOTICE)))
    return {
        row.record_id: _Begun(row.bucket, row.form_id, _read(row))
        for row in connection.execute(query.where(operation.c.kind == Kind.CREATE))
    }


def _read(row: Any) -> Operation:
    return unseal(Sealed(op_id=row.op_id, payload=row.payload, signature=row.signature))
