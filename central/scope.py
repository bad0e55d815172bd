"""Which buckets an officer may hold. What is not here is never sent (architecture 5)."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from casework.records import bucket_of
from central.accounts import Officer
from central.tables import allocation, feed, record

CORE = "core"
STRANDS = {
    "missing_advocate": {"missing"},
    "missing_manager": {"missing"},
    "ehe_officer": {"education"},
    "cme_officer": {"education"},
    "early_help": {"education", "missing"},
}
MANAGERS = frozenset({"missing_manager"})


def strands_of(role: str) -> frozenset[str]:
    """The strands a role may see, with the core that goes with any of them."""
    found = STRANDS.get(role, set())
    return frozenset({CORE, *found}) if found else frozenset()


def entitled(connection: Connection, owner: Officer) -> frozenset[str]:
    """Every bucket the officer may hold now."""
    if not owner.active:
        return frozenset()
    allowed = strands_of(owner.role)
    if owner.role in MANAGERS:
        children = connection.execute(select(record.c.child_id).distinct()).scalars()
        return frozenset(bucket_of(child, strand) for child in children for strand in allowed)
    mine = select(allocation.c.child_id, allocation.c.strand).where(allocation.c.officer_id == owner.id)
    return frozenset(bucket_of(child, strand) for child, strand in connection.execute(mine) if strand in allowed)


def is_new_child(connection: Connection, child_id: str) -> bool:
    """Nobody has this child yet: whoever creates the record is then allocated (decision 0004)."""
    allocated = connection.execute(select(exists().where(allocation.c.child_id == child_id))).scalar_one()
    known = connection.execute(select(exists().where(record.c.child_id == child_id))).scalar_one()
    return not allocated and not known


def is_in_feed(connection: Connection, bucket: str) -> bool:
    return bool(connection.execute(select(exists().where(feed.c.bucket == bucket))).scalar_one())
