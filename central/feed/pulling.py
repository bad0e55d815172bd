"""Pull: what a laptop has not seen of the buckets it may hold, in the order it happened, with a proof of each page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Select, String, bindparam, select

from casework.identifiers import BucketId
from casework.wire.protocol import Digest, Item, Pull, PullReply, Sealed, entitled_digest
from central.database.destroyed_tables import destroyed
from central.database.errors import Refused
from central.database.tables import bucket, feed, operation, record
from central.feed import feed as feeds
from central.feed.digesting import whole
from central.people.scope import Scope
from central.people.senders import Sender

PAGE_BYTES = 4 * 1024 * 1024
CHUNK = 500
_BUCKETS = bindparam("buckets", type_=String, expanding=True)
_AFTER = bindparam("after", type_=BigInteger)
_WITH_NEWS = select(bucket.c.bucket).where(bucket.c.last_seq > _AFTER)
_SOME_WITH_NEWS = _WITH_NEWS.where(bucket.c.bucket.in_(_BUCKETS))
_LAST_PLACES = select(bucket.c.bucket, bucket.c.last_seq).where(bucket.c.bucket.in_(_BUCKETS))
_RUNNING = select(feed.c.bucket, feed.c.count, feed.c.sum).where(feed.c.seq.in_(bindparam("places", expanding=True)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the feed: these buckets, after one number and up to another; `own` is whose text need not be sent."""

    scope: Scope
    buckets: frozenset[BucketId]
    after: int
    upto: int
    own: str = ""


@dataclass
class Page:
    """Collects items until it is full."""

    room: int
    items: list[Item]
    size: int = 0

    @property
    def is_full(self) -> bool:
        return self.room <= 0 or self.size >= PAGE_BYTES


def page(connection: Connection, owner: Sender, asked: Pull, epoch: str) -> PullReply:
    """Empty, with the list of buckets, when the laptop's idea of what it may hold is out of date."""
    mine = owner.scope.buckets
    if entitled_digest(mine) != asked.entitled:
        return _reply(epoch, asked, asked.cursor, entitled=sorted(mine))
    floor, head = feeds.ends(connection)
    _refuse_impossible(asked.cursor, floor, head)
    filling = {name: place for name, place in asked.filling.items() if name in mine}
    found = Page(asked.limit, [])
    settled = Stretch(
        owner.scope, frozenset(mine - filling.keys()), asked.cursor, head, own="" if asked.whole else owner.device.id
    )
    cursor = _collect(connection, settled, found)
    last = _last_places(connection, filling)
    filled = {
        name: place
        if found.is_full
        else _collect(connection, Stretch(owner.scope, frozenset({name}), place, cursor), found)
        if last.get(name, 0) > place
        else cursor
        for name, place in sorted(filling.items())
    }
    more = cursor < head or any(place < cursor for place in filled.values())
    digests = _digests(connection, owner.scope, found.items)
    return _reply(epoch, asked, cursor, items=found.items, filled=filled, digests=digests, more=more)


def _refuse_impossible(cursor: int, floor: int, head: int) -> None:
    if cursor > head:
        raise Refused(409, "feed_behind", "The laptop has seen more than the service holds: it was restored, perhaps.")
    if 0 < cursor < floor:
        raise Refused(410, "cursor_too_old", "The laptop was away too long to be told what changed; it starts anew.")


def _reply(
    epoch: str,
    asked: Pull,
    cursor: int,
    *,
    items: list[Item] | None = None,
    filled: dict[BucketId, int] | None = None,
    digests: dict[BucketId, Digest] | None = None,
    entitled: list[BucketId] | None = None,
    more: bool = True,
) -> PullReply:
    return PullReply(
        epoch=epoch,
        cursor_from=asked.cursor,
        cursor_to=cursor,
        items=items or [],
        digests=digests or {},
        filled=filled or {},
        entitled=entitled,
        more=more,
    )


def _collect(connection: Connection, stretch: Stretch, into: Page) -> int:
    """Adds what fits and says up to which number the stretch is now complete."""
    newsworthy = _with_news(connection, stretch) if stretch.buckets else []
    if not newsworthy:
        return stretch.upto
    for row in connection.execute(*_query(newsworthy, stretch, into.room + 1)):
        if into.is_full:
            return int(row.seq) - 1
        item = _item(row, stretch)
        into.items.append(item)
        into.room -= 1
        into.size += len(item.op.payload) if item.op else 0
    return stretch.upto


def _with_news(connection: Connection, stretch: Stretch) -> list[BucketId]:
    """Most buckets have none: asking for them by their last number keeps the cost flat as the log grows."""
    after = {"after": stretch.after}
    if len(stretch.buckets) <= CHUNK:
        named = {"buckets": sorted(stretch.buckets), **after}
        return list(connection.execute(_SOME_WITH_NEWS, named).scalars())
    return [name for name in connection.execute(_WITH_NEWS, after).scalars() if name in stretch.buckets]


def _last_places(connection: Connection, names: Iterable[BucketId]) -> dict[str, int]:
    """Where each bucket last had news: of a laptop's first hundred most are looked up together, and have none."""
    found, wanted = dict[str, int](), sorted(names)
    for start in range(0, len(wanted), CHUNK):
        rows = connection.execute(_LAST_PLACES, {"buckets": wanted[start : start + CHUNK]})
        found |= {name: int(place) for name, place in rows}
    return found


def _query(buckets: Iterable[BucketId], stretch: Stretch, limit: int) -> tuple[Select[Any], dict[str, Any]]:
    """The statement, which is the same for everybody who sees whole buckets, and what is put into it."""
    named = {"buckets": list(buckets), "after": stretch.after, "upto": stretch.upto, "most": limit}
    scope = stretch.scope
    sees_all = scope.forms is None and scope.records is None
    return (_steps() if sees_all else _steps().where(scope.of_its_records())), named


@cache
def _steps() -> Select[Any]:
    columns = [feed.c.seq, feed.c.bucket, feed.c.kind, feed.c.op_id, feed.c.record_id, feed.c.form_id]
    joined = feed.outerjoin(operation, (operation.c.op_id == feed.c.op_id) & (feed.c.kind != "out"))
    joined = joined.outerjoin(record, record.c.record_id == feed.c.record_id)
    joined = joined.outerjoin(destroyed, destroyed.c.record_id == feed.c.record_id)
    said = [operation.c.device_id, operation.c.payload, operation.c.payload_hash, operation.c.signature]
    return (
        select(*columns, *said, record.c.bucket.label("home"), destroyed.c.day)
        .select_from(joined)
        .where(feed.c.bucket.in_(_BUCKETS), feed.c.seq > _AFTER, feed.c.seq <= bindparam("upto", type_=BigInteger))
        .order_by(feed.c.seq)
        .limit(bindparam("most", type_=Integer))
    )


def _item(row: Any, stretch: Stretch) -> Item:
    """A laptop still has its own operations, unless it is filling the bucket or the record moved into it.

    The move is judged before the words are: of a record that has left for a bucket this officer may not hold, only the
    hash goes, so that somebody who was allocated after the move reads nothing said before it (I8).
    """
    if row.kind == "out":
        return Item(seq=row.seq, bucket=row.bucket, kind="out", record_id=row.record_id, destroyed=row.day or "")
    step = {"seq": row.seq, "bucket": row.bucket, "kind": "op", "op_id": row.op_id, "record_id": row.record_id}
    if row.home != row.bucket and not stretch.scope.reads(BucketId(row.home or ""), row.form_id, row.record_id):
        return Item(**step, left=row.payload_hash)
    sealed = None
    if row.device_id != stretch.own or row.kind == "in":
        sealed = Sealed(op_id=row.op_id, payload=row.payload, signature=row.signature)
    return Item(**step, op=sealed)


def _digests(connection: Connection, scope: Scope, items: list[Item]) -> dict[BucketId, Digest]:
    """The running digest of each bucket at its last item of this page; counted anew for who may not see every form."""
    newest = {item.bucket: item.seq for item in items}
    if scope.forms is not None:
        counted = {name: whole(connection, scope, name, seq) for name, seq in newest.items()}
        return {name: Digest(count=found.count, sum=found.hex) for name, found in counted.items()}
    if not newest:
        return {}
    rows = connection.execute(_RUNNING, {"places": list(newest.values())})
    return {name: Digest(count=count, sum=total) for name, count, total in rows}
