"""The feed: one sequence for the whole council, with a running digest for each bucket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from casework.identifiers import BucketId, OperationId, RecordId
from casework.records.digest import BucketDigest
from central.database.among import among
from central.database.clock import Now
from central.database.database import append_rows, replace_rows
from central.database.tables import bucket, counter, feed
from central.feed import feed_moments
from central.feed.feed_moments import SEQUENCE
from central.people.accounts import next_number

FLOOR = "floor"
MOST_DIGITS = 18  # of a place in the feed: more is none, and no database takes it

_COUNTED = select(counter.c.value).where(counter.c.name == bindparam("counted"))
_BOTH_ENDS = select(counter.c.name, counter.c.value).where(counter.c.name.in_((FLOOR, SEQUENCE)))
_DIGESTS = select(bucket.c.bucket, bucket.c.count, bucket.c.sum)
_STANDING = _DIGESTS.where(among(bucket.c.bucket, "buckets"))


class Step(NamedTuple):
    """`op`: an operation came into the bucket. `in`: it came with its record, from another bucket.

    `out`: a record left the bucket, and with it all the operations of `weights`.
    """

    bucket: BucketId
    kind: str
    op_id: OperationId
    record_id: RecordId
    form_id: str
    weights: tuple[tuple[OperationId, str], ...]


class Appended(NamedTuple):
    """Where each operation stands, and the last place that the transaction took."""

    places: dict[OperationId, int]
    last: int


def append(connection: Connection, steps: Sequence[Step], now: Now) -> Appended:
    """Gives each step its number. Must come at the end of a transaction: the counter stays locked until commit."""
    last = next_number(connection, SEQUENCE, len(steps))
    feed_moments.note(connection, last, now())
    digests = current(connection, {step.bucket for step in steps})
    rows: list[dict[str, object]] = []
    places: dict[OperationId, int] = {}
    newest: dict[str, int] = {}
    for seq, step in enumerate(steps, start=last - len(steps) + 1):
        digest = _moved(digests[step.bucket], step)
        digests[step.bucket] = digest
        newest[step.bucket] = seq
        places.setdefault(step.op_id, seq)
        rows.append(_row(seq, step, digest))
    append_rows(connection, feed, rows)
    replace_rows(
        connection,
        bucket,
        [
            {"bucket": name, "last_seq": seq, "count": digests[name].count, "sum": digests[name].hex}
            for name, seq in newest.items()
        ],
    )
    return Appended(places, last)


def floor(connection: Connection) -> int:
    """Below this number the feed no longer says what was removed (kept for 400 days at least)."""
    return int(connection.execute(_COUNTED, {"counted": FLOOR}).scalar_one())


def ends(connection: Connection) -> tuple[int, int]:
    """Floor and head, as both stand at one moment; the head is the last number given, and everything up to it is
    committed, because commits happen in its order."""
    found = {name: int(value) for name, value in connection.execute(_BOTH_ENDS)}
    return found[FLOOR], found[SEQUENCE]


def last_step(connection: Connection) -> str:
    """The last operation that is here, to be noted elsewhere; empty before there is any."""
    query = select(feed.c.seq, feed.c.op_id).where(feed.c.kind != "out")  # which names none
    row = connection.execute(query.order_by(feed.c.seq.desc()).limit(1)).first()
    return f"{row.seq}:{row.op_id}" if row else ""


def has_seen(connection: Connection, step: str) -> bool:
    """Whether the feed still has this step at its place: if not, the service was set back and has gone on from there.
    What lies below the floor may have been tidied away."""
    place, _, op_id = step.partition(":")
    if not place.isdecimal() or len(place) > MOST_DIGITS or int(place) < floor(connection):
        return True
    found = connection.execute(select(feed.c.op_id).where(feed.c.seq == int(place))).scalar_one_or_none()
    return found == op_id


def places(connection: Connection, op_ids: Iterable[OperationId]) -> dict[OperationId, int]:
    """Where each operation first stood."""
    query = select(feed.c.op_id, func.min(feed.c.seq)).where(feed.c.op_id.in_(list(op_ids)), feed.c.kind == "op")
    return {op_id: int(seq) for op_id, seq in connection.execute(query.group_by(feed.c.op_id))}


def current(connection: Connection, buckets: set[BucketId]) -> dict[str, BucketDigest]:
    """Each bucket's digest now; a bucket nothing ever came into has an empty one."""
    rows = connection.execute(_STANDING, {"buckets": sorted(buckets)})
    found = {name: BucketDigest.of(count, total) for name, count, total in rows}
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
