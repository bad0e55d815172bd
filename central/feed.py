"""The feed: one sequence for the whole council, with a running digest for each bucket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, insert, select

from casework.records.digest import BucketDigest
from central.accounts import next_number
from central.database import replace_rows
from central.tables import bucket, counter, feed

SEQUENCE = "feed"
FLOOR = "floor"


class Step(NamedTuple):
    """`op`: an operation came into the bucket. `in`: it came with its record, from another bucket.

    `out`: a record left the bucket, and with it all the operations of `weights`.
    """

    bucket: str
    kind: str
    op_id: str
    record_id: str
    form_id: str
    weights: tuple[tuple[str, str], ...]


def append(connection: Connection, steps: Sequence[Step]) -> dict[str, int]:
    """Gives each step its number. Must be the last thing a transaction does: the counter stays locked until commit."""
    last = next_number(connection, SEQUENCE, len(steps))
    digests = current(connection, {step.bucket for step in steps})
    rows: list[dict[str, object]] = []
    places: dict[str, int] = {}
    newest: dict[str, int] = {}
    for seq, step in enumerate(steps, start=last - len(steps) + 1):
        digest = _moved(digests[step.bucket], step)
        digests[step.bucket] = digest
        newest[step.bucket] = seq
        places.setdefault(step.op_id, seq)
        rows.append(_row(seq, step, digest))
    connection.execute(insert(feed), rows)
    replace_rows(
        connection,
        bucket,
        [
            {"bucket": name, "last_seq": seq, "count": digests[name].count, "sum": digests[name].hex}
            for name, seq in newest.items()
        ],
    )
    return places


def head(connection: Connection) -> int:
    """The last number given; everything up to it is committed, because commits happen in its order."""
    return int(connection.execute(select(counter.c.value).where(counter.c.name == SEQUENCE)).scalar_one())


def floor(connection: Connection) -> int:
    """Below this number the feed no longer says what was removed (kept for 400 days at least)."""
    return int(connection.execute(select(counter.c.value).where(counter.c.name == FLOOR)).scalar_one())


def places(connection: Connection, op_ids: Iterable[str]) -> dict[str, int]:
    """Where each operation first stood."""
    query = select(feed.c.op_id, func.min(feed.c.seq)).where(feed.c.op_id.in_(list(op_ids)), feed.c.kind == "op")
    return {op_id: int(seq) for op_id, seq in connection.execute(query.group_by(feed.c.op_id))}


def current(connection: Connection, buckets: set[str]) -> dict[str, BucketDigest]:
    """Each bucket's digest now; a bucket nothing ever came into has an empty one."""
    query = select(bucket.c.bucket, bucket.c.count, bucket.c.sum).where(bucket.c.bucket.in_(buckets))
    found = {name: BucketDigest.of(count, total) for name, count, total in connection.execute(query)}
    return {name: found.get(name, BucketDigest()) for name in buckets}


def _moved(digest: BucketDigest, step: Step) -> BucketDigest:
    for op_id, payload_hash in step.weights:
        digest = digest.plus(op_id, payload_hash) if step.kind != "out" else digest.minus(op_id, payload_hash)
    return digest


def _row(seq: int, step: Step, digest: BucketDigest) -> dict[str, object]:
    return {
        "seq": seq,
        "bucket": step.bucket,
        "kind": step.kind,
        "op_id": step.op_id,
        "record_id": step.record_id,
        "form_id": step.form_id,
        "count": digest.count,
        "sum": digest.hex,
    }
