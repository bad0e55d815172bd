"""What a commissioned interviewer holds: record by record, and none that is not about the one episode (S1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
from central.database.destroyed_tables import destroyed
from central.database.tables import device, operation, record
from central.people.accounts import Commission, Officer, commissions

EPISODE, INTERVIEW, NOTE = "missing_episode", "return_home_interview", "note"
ABOUT = {INTERVIEW: "episode_id"}  # where a record says what it is about, if not in `about`


@dataclass(frozen=True, slots=True)
class Given:
    """`asked`: by bucket, the episode about which an interview may be begun there; `interviews`: those they began,
    beside which they may take notes."""

    buckets: frozenset[BucketId]
    records: frozenset[RecordId]
    interviews: frozenset[RecordId]
    asked: dict[BucketId, RecordId]


@dataclass(frozen=True, slots=True)
class _Begun:
    """How a record of the child began. What it says it is about never changes with later words."""

    bucket: BucketId
    form_id: str
    device_id: DeviceId
    about: JSON


def given_to(connection: Connection, owner: Officer, now: str) -> Given:
    """As of `now`: nothing of a commission whose day is over."""
    laptops = frozenset(connection.execute(select(device.c.id).where(device.c.officer_id == owner.id)).scalars())
    buckets, records, asked = set[BucketId](), set[RecordId](), dict[BucketId, RecordId]()
    interviews = set[RecordId]()
    for one in commissions(connection, owner.id, now):
        last = local(one.until).date() - timedelta(days=1)
        home = bucket_of(one.child_id, MISSING)
        buckets |= {home, bucket_of(one.child_id, CORE), commission_bucket(one.child_id, one.episode, last)}
        records |= {one.child_id, one.episode}
        asked[home] = one.episode
        begun = _begun(connection, one.child_id)
        own = _own_interviews(begun, one, laptops)
        interviews |= own
        records |= own
        for record_id, inbox in _beside(begun, own, owner, one, laptops):
            records.add(record_id)
            buckets |= {inbox} if inbox else set()
    return Given(frozenset(buckets), frozenset(records), frozenset(interviews), asked)


def said(op: Operation, question: str) -> JSON:
    """What an operation itself answers to a question."""
    return next((change.value for change in op.changes if change.path == f"f/{question}"), None)


def _own_interviews(
    begun: Mapping[RecordId, _Begun], one: Commission, laptops: frozenset[DeviceId]
) -> frozenset[RecordId]:
    """Those this officer began about the episode."""
    home = bucket_of(one.child_id, MISSING)
    return frozenset(
        record_id
        for record_id, found in begun.items()
        if (found.form_id, found.bucket) == (INTERVIEW, home)
        and found.device_id in laptops
        and found.about == one.episode
    )


def _beside(
    begun: Mapping[RecordId, _Begun],
    own: frozenset[RecordId],
    owner: Officer,
    one: Commission,
    laptops: frozenset[DeviceId],
) -> Iterator[tuple[RecordId, BucketId | None]]:
    """The checks of those interviews, the notes this officer began beside them, and the notices about them that are
    theirs or to them; of a notice with its bucket."""
    home = bucket_of(one.child_id, MISSING)
    for record_id, found in begun.items():
        if found.form_id == INTERVIEW or found.about not in own:
            continue
        is_theirs = found.device_id in laptops
        if found.bucket == home and (found.form_id == CHECK or (found.form_id == NOTE and is_theirs)):
            yield record_id, None
        elif found.form_id == NOTICE and (is_theirs or _is_for(owner, found.bucket)):
            yield record_id, found.bucket


def _is_for(owner: Officer, bucket: BucketId) -> bool:
    inbox = inbox_of(bucket.rpartition(":")[2])
    return inbox is not None and inbox.is_for(owner.role, owner.id, owner.team)


def _begun(connection: Connection, child_id: ChildId) -> dict[RecordId, _Begun]:
    columns: list[ColumnElement[Any]] = [record.c.record_id, record.c.bucket, record.c.form_id]
    columns += [operation.c.op_id, operation.c.device_id, operation.c.payload, operation.c.signature]
    columns += [destroyed.c.bucket.label("was_in"), destroyed.c.about]
    query = select(*columns).join_from(record, operation, operation.c.record_id == record.c.record_id)
    query = query.outerjoin(destroyed, destroyed.c.record_id == record.c.record_id)
    query = query.where(record.c.child_id == child_id, record.c.form_id.in_((INTERVIEW, CHECK, NOTE, NOTICE)))
    return {row.record_id: _read(row) for row in connection.execute(query.where(operation.c.kind == Kind.CREATE))}


def _read(row: Any) -> _Begun:
    """Of what was destroyed, by what is still known of it: whoever held it has to hear that it is gone."""
    if not row.payload:
        return _Begun(BucketId(row.was_in or ""), row.form_id, row.device_id, row.about)
    begun = unseal(Sealed(op_id=row.op_id, payload=row.payload, signature=row.signature))
    return _Begun(row.bucket, row.form_id, begun.device_id, said(begun, ABOUT.get(row.form_id, "about")))
