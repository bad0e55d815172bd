"""What was read of each child, kept in memory while the store is open: only what changed since is read again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec import Struct

from desktop.store.database.connection import Connection
from desktop.store.records.summaries import UP_TO, Summary, summaries_where

MOST = 30_000  # records; of a larger store the rest is read each time, so that memory has an end


class ChildRead(Struct, frozen=True, eq=False, weakref=True):
    """All that is held of one child, latest change first: one object for as long as nothing of it changes."""

    child_id: str
    summaries: Sequence[Summary]


class ChildrenRead:
    """Thread-safe."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._door = threading.Lock()
        self._seen = 0
        self._records = 0
        self._kept: dict[str, ChildRead] = {}

    def of(self, connection: Connection, children: Sequence[str]) -> list[ChildRead]:
        """Of each of these children all that is held, as of this connection's reading; whose change is the latest
        first."""
        with self._door:
            up_to = connection.execute(UP_TO).fetchone()[0]
            # Whoever began to read before somebody who has finished must not bring back what was before.
            kept = self._still_good(connection, up_to) if up_to >= self._seen else {}
            found = _read(connection, [child for child in children if child not in kept])
            again = [kept[child] for child in children if child in kept]
            if kept is self._kept:
                self._keep(found, again)
        found += again
        return sorted(found, key=lambda one: one.summaries[0].updated_at, reverse=True)

    def _still_good(self, connection: Connection, up_to: int) -> dict[str, ChildRead]:
        for (child,) in connection.execute(_SINCE, (self._seen,)):
            gone = self._kept.pop(child, None)
            self._records -= len(gone.summaries) if gone else 0
        self._seen = up_to
        return self._kept

    def _keep(self, found: Sequence[ChildRead], again: Sequence[ChildRead]) -> None:
        """Where there is no room, those that nobody asked for this time go first."""
        if self._records + _records(found) > self._most:
            self._kept, self._records = {one.child_id: one for one in again}, _records(again)
        for one in found:
            if self._records + len(one.summaries) <= self._most:
                self._kept[one.child_id] = one
                self._records += len(one.summaries)


def _records(found: Iterable[ChildRead]) -> int:
    return sum(len(one.summaries) for one in found)


def every_child(connection: Connection) -> list[str]:
    """Of whom anything is here, in no order."""
    return [child for (child,) in connection.execute(_EVERY_CHILD)]


def _read(connection: Connection, children: Sequence[str]) -> list[ChildRead]:
    """Of a child of whom nothing is held any more there is none."""
    if not children:
        return []
    return by_child(
        summaries_where(connection, "child_id IN (SELECT value FROM json_each(?))", (json.dumps(children),))
    )


def by_child(summaries: Iterable[Summary]) -> list[ChildRead]:
    """Of each child they stay in the order in which they came."""
    found = sorted(summaries, key=lambda one: one.child_id)
    return [ChildRead(child, tuple(held)) for child, held in groupby(found, key=lambda one: one.child_id)]


# Every child once, by steps through the index of children: a look at each record would take as long as all of them.
CHILDREN_HELD = """
    WITH RECURSIVE held (id) AS (
      SELECT min(child_id) FROM record
      UNION ALL
      SELECT (SELECT min(child_id) FROM record WHERE child_id > held.id) FROM held WHERE held.id IS NOT NULL)"""
_EVERY_CHILD = f"{CHILDREN_HELD} SELECT id FROM held WHERE id IS NOT NULL"  # noqa: S608 - a text of ours
_SINCE = "SELECT child_id FROM child_stirred WHERE times > ?"
