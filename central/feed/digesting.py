"""Where two sides of a bucket differ: one digest for each record, so that only what differs travels again."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from casework.canonical import JSON, digest
from casework.identifiers import BucketId, OperationId, RecordId
from casework.records import Merge
from casework.records.digest import BucketDigest, digest_of
from casework.wire.protocol import MERGE_VERSION, Digest, DigestQuery, DigestReply, Sealed, unseal
from central.database.tables import feed, operation
from central.feed.stored_operations import still_said
from central.people.scope import Scope

MOST_RECORDS = 500


def compared(connection: Connection, scope: Scope, asked: DigestQuery) -> DigestReply:
    """Computed from the operations themselves, not from the running digest, which would not see damage."""
    records = _records(connection, scope, asked.bucket, asked.at)
    total = digest_of(pair for hashes in records.values() for pair in hashes.items())
    if total.count == asked.count and total.hex == asked.sum:
        states = _states_match(connection, records, asked)
        return DigestReply(match=True, states_match=states, records={}, more=False)
    chosen = sorted(name for name in records if name.startswith(asked.prefix))
    shown = {name: _digest(records[name]) for name in chosen[:MOST_RECORDS]}
    return DigestReply(match=False, records=shown, more=len(chosen) > MOST_RECORDS)


def _states_match(
    connection: Connection, records: dict[RecordId, dict[OperationId, str]], asked: DigestQuery
) -> bool | None:
    """Finds a merge that one of the two sides gets wrong: the same operations must look the same (scenario 49)."""
    if asked.merge_version != MERGE_VERSION or not asked.state_sum:
        return None
    query = select(operation.c.op_id, operation.c.payload, operation.c.signature)
    states: list[JSON] = []
    for record_id, hashes in sorted(records.items()):
        rows = connection.execute(query.where(operation.c.record_id == record_id, still_said()))
        ops = [
            unseal(Sealed(op_id=op_id, payload=text, signature=sign)) for op_id, text, sign in rows if op_id in hashes
        ]
        states.append([record_id, Merge(record_id, ops).view().content_hash])
    return digest(states) == asked.state_sum


def whole(connection: Connection, scope: Scope, bucket: BucketId, at: int) -> BucketDigest:
    """What this officer may see of a bucket, counted."""
    records = _records(connection, scope, bucket, at)
    return digest_of(pair for hashes in records.values() for pair in hashes.items())


def _digest(hashes: dict[OperationId, str]) -> Digest:
    found = digest_of(hashes.items())
    return Digest(count=found.count, sum=found.hex)


def _records(connection: Connection, scope: Scope, bucket: BucketId, at: int) -> dict[RecordId, dict[OperationId, str]]:
    steps = feed.outerjoin(operation, (operation.c.op_id == feed.c.op_id) & (feed.c.kind != "out"))
    query = (
        select(feed.c.kind, feed.c.record_id, feed.c.op_id, operation.c.payload_hash)
        .select_from(steps)
        .where(feed.c.bucket == bucket, feed.c.seq <= at, scope.of_its_records())
        .order_by(feed.c.seq)
    )
    held: dict[RecordId, dict[OperationId, str]] = defaultdict(dict)
    for kind, record_id, op_id, payload_hash in connection.execute(query):
        if kind == "out":
            held.pop(record_id, None)
        else:
            held[record_id][op_id] = payload_hash
    return held
