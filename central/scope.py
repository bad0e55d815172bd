"""Which buckets an officer may hold, and which forms within them. What is not here is never sent (architecture 5)."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, exists, or_, select, true

from casework.practice import roles
from casework.records import bucket_of
from central.accounts import Officer, lasting
from central.tables import allocation, feed, record

EVERY_FORM = "*"
WHOLE_COUNCIL = frozenset({"team", "council"})
BY_ALLOCATION = frozenset({"allocated", "one_episode", "referred"})


@dataclass
class Scope:
    """`buckets` grows when the officer creates a child nobody had before. `forms` is None where every form may be
    seen; otherwise a bucket is, for this officer, only what it holds of those forms."""

    buckets: set[str] = field(default_factory=set)
    forms: frozenset[str] | None = None
    writes: bool = False

    def reads(self, bucket: str, form_id: str) -> bool:
        return bucket in self.buckets and (self.forms is None or form_id in self.forms)

    def may_write(self, bucket: str, form_id: str) -> bool:
        return self.writes and self.reads(bucket, form_id)

    def of_its_forms(self) -> ColumnElement[bool]:
        """For queries over the feed."""
        return true() if self.forms is None else feed.c.form_id.in_(self.forms)


def scope_of(connection: Connection, owner: Officer, now: str) -> Scope:
    """As of `now`: an allocation may have an end."""
    reach = roles.reach_of(owner.role)
    if not owner.active:
        return Scope()
    forms = None if EVERY_FORM in reach.forms else reach.forms
    return Scope(_buckets(connection, owner, reach, now), forms, reach.writes)


def strands_of(role: str) -> frozenset[str]:
    return roles.strands_of(role)


def is_supervisor(owner: Officer) -> bool:
    return owner.active and roles.is_manager(owner.role)


def is_new_child(connection: Connection, child_id: str, officer_id: str, now: str) -> bool:
    """Nobody has this child yet, and nobody has ended this officer's allocation to it: whoever creates the record is
    then allocated (docs, whose-child)."""
    taken = (allocation.c.child_id == child_id) & or_(lasting(now), allocation.c.officer_id == officer_id)
    allocated = connection.execute(select(exists().where(taken))).scalar_one()
    known = connection.execute(select(exists().where(record.c.child_id == child_id))).scalar_one()
    return not allocated and not known


def _buckets(connection: Connection, owner: Officer, reach: roles.Reach, now: str) -> set[str]:
    if reach.children in WHOLE_COUNCIL:
        known = set(connection.execute(select(record.c.child_id).distinct()).scalars())
        known |= set(connection.execute(select(allocation.c.child_id).where(lasting(now)).distinct()).scalars())
        return {bucket_of(child, strand) for child in known for strand in reach.strands}
    if reach.children not in BY_ALLOCATION:
        return set()
    held = (allocation.c.officer_id == owner.id) & lasting(now)
    mine = select(allocation.c.child_id, allocation.c.strand).where(held)
    return {bucket_of(child, strand) for child, strand in connection.execute(mine) if strand in reach.strands}
