"""When each transaction took its places in the feed: what was known at a moment is what had a place before it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Connection, String, bindparam, case, func, insert, select

from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.fact_tables import feed_moment
from central.database.tables import council, counter, feed, operation

SEQUENCE = "feed"
_LATEST = select(func.max(feed_moment.c.at)).scalar_subquery()
_MOMENT = bindparam("moment", type_=String)
_NEVER_EARLIER = case((_LATEST > _MOMENT, _LATEST), else_=_MOMENT)
_NOTED = insert(feed_moment).from_select(
    ["seq", "epoch", "at"], select(bindparam("last", type_=BigInteger), council.c.epoch, _NEVER_EARLIER)
)


def note(connection: Connection, last: int, now: datetime) -> None:
    """While the counter is locked. A clock that was put back does not make a moment earlier than the one before."""
    connection.execute(_NOTED, {"last": last, "moment": stamp(now)})


def place_at(connection: Connection, moment: datetime | None, now: datetime) -> int:
    """The last place of the feed before a moment; of everything, where none is named.

    Locks the counter: what is being written at this very moment is waited for, so the same question always gets the
    same answer. Raises CentralError for a moment to come, and for one before the service was restored.
    """
    query = select(counter.c.value).where(counter.c.name == SEQUENCE).with_for_update()
    head = int(connection.execute(query).scalar_one())
    if moment is None:
        return head
    if moment > now:
        message = "This moment has not come yet. Name one in the past, or leave --as-at out."
        raise CentralError(message)
    _refuse_restored(connection, stamp(moment))
    found = connection.execute(select(func.max(feed_moment.c.seq)).where(feed_moment.c.at < stamp(moment)))
    return int(found.scalar_one() or 0)


def _refuse_restored(connection: Connection, at: str) -> None:
    epoch = connection.execute(select(council.c.epoch)).scalar_one()
    begun = connection.execute(select(func.min(feed_moment.c.at)).where(feed_moment.c.epoch == epoch)).scalar_one()
    others = connection.execute(select(feed_moment.c.seq).where(feed_moment.c.epoch != epoch).limit(1)).first()
    if others is not None and (begun is None or at <= begun):
        message = (
            "The service was restored from a backup after this moment, and what was known then cannot be told for "
            "certain. Use the figures as they were published then."
        )
        raise CentralError(message)


def fill(connection: Connection) -> None:
    """For what was taken in before moments were noted: as its operations say when they were received."""
    first = connection.execute(select(func.min(feed_moment.c.seq))).scalar_one()
    query = select(feed.c.seq, operation.c.received_at).join(operation, operation.c.op_id == feed.c.op_id)
    query = query.where(feed.c.kind == "op").order_by(feed.c.seq)
    rows = connection.execute(query if first is None else query.where(feed.c.seq < first)).all()
    epoch = connection.execute(select(council.c.epoch)).scalar_one()
    latest, found = "", dict[str, int]()
    for seq, received_at in rows:
        latest = max(latest, received_at)
        found[latest] = seq
    known = set(connection.execute(select(feed_moment.c.seq)).scalars())
    missing = [{"seq": seq, "epoch": epoch, "at": at} for at, seq in found.items() if seq not in known]
    if missing:
        connection.execute(insert(feed_moment), missing)


def are_missing(connection: Connection) -> bool:
    """Whether something was taken in before moments were noted."""
    head = select(counter.c.value).where(counter.c.name == SEQUENCE)
    last = connection.execute(select(func.max(feed_moment.c.seq))).scalar_one()
    return last is None and int(connection.execute(head).scalar_one()) > 0
