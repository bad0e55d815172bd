"""Where two sides of a bucket differ: one digest for each record, so that only what differs travels again."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from casework.protocol import Digest, DigestQuery, DigestReply
from casework.records.digest import BucketDigest, digest_of
from central.scope import Scope
from central.tables import feed, operation

MOST_RECORDS = 500


def compared(connection: Connection, scope: Scope, asked: DigestQuery) -> DigestReply:
    """Computed from the operations themselves, not from the running digest, which would not see damage."""
    records = _records(connection, scope, asked.bucket, asked.at)
    total = digest_of(pair for hashes in records.values() for pair in hashes.items())
    if total.count == asked.count and total.hex == asked.sum:
        return DigestReply(match=True, records={}, more=False)
    chosen = sorted(name for name in records if name.startswith(asked.prefix))
    shown = {name: _digest(records[name]) for name in chosen[:MOST_RECORDS]}
    return DigestReply(match=False, records=shown, more=len(chosen) > MOST_RECORDS)


def whole(connection: Connection, scope: Scope, bucket: str, at: int) -> BucketDigest:
    """What this officer may see of a bucket, counted."""
    records = _records(connection, scope, bucket, at)
    return digest_of(pair for hashes in records.values() for pair in hashes.items())


def _digest(hashes: dict[str, str]) -> Digest:
    found = digest_of(hashes.items())
    return Digest(count=found.count, sum=found.hex)


def _records(connection: Connection, scope: Scope, bucket: str, at: int) -> dict[str, dict[str, str]]:
    steps = feed.outerjoin(operation, (operation.c.op_id == feed.c.op_id) & (feed.c.kind != "out"))
    query = (
        select(feed.c.kind, feed.c.record_id, feed.c.op_id, operation.c.payload_hash)
        .select_from(steps)
        .where(feed.c.bucket == bucket, feed.c.seq <= at, scope.of_its_forms())
        .order_by(feed.c.seq)
    )
    held: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, record_id, op_id, payload_hash in connection.execute(query):
        if kind == "out":
            held.pop(record_id, None)
        else:
            held[record_id][op_id] = payload_hash
    return held
