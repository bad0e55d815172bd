"""Children of whom nothing stands in a place for a while, so that whoever opens it reads the others alone.

Kept in the encrypted store, and worth nothing once a record of the child changes: the tables' own triggers see to that.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.store.database.connection import Connection
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer
from desktop.store.records.children_read import CHILDREN_HELD, ChildRead, ChildrenRead, every_child

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Resting:
    """Nothing until a moment; `counted` is what this child adds to the figures of the place."""

    child_id: str
    until: datetime
    counted: Counts = ()


@dataclass(frozen=True, slots=True)
class Stirring:
    """All that is held of the children who are not at rest; `seen` marks the moment of reading.

    `counted`: what the others add to the figures, each with how many of them add just that."""

    children: Sequence[ChildRead]
    counted: Sequence[tuple[Counts, int]]
    seen: int


class ChildrenAtRest:
    """Thread-safe. `stamp` names whatever decides besides the records: rules, council, role."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._read = ChildrenRead()
        self._restless: dict[str, _Restless] = {}

    def everyone(self) -> list[ChildRead]:
        """All that is held, child by child, whoever is at rest."""
        with self._readers.lend() as connection:
            return self._read.of(connection, every_child(connection))

    def stirring(self, place: str, stamp: str, now: datetime) -> Stirring:
        """Read at one moment, so that what comes meanwhile is in all of it or in none."""
        at, done = int(now.timestamp()), self._writer.done
        with self._readers.lend() as connection:
            seen = connection.execute("SELECT times FROM stirred").fetchone()[0]
            kept = self._restless.get(place)
            if kept is None or not kept.holds(stamp, at, done, seen):
                kept = self._restless[place] = _restless(connection, place, _Restless(stamp, at, done, seen))
            found = self._read.of(connection, kept.children)
        return Stirring(found, kept.counted, seen)

    def keep(self, place: str, stamp: str, now: datetime, found: Sequence[Resting], *, seen: int) -> bool:
        """False, and nothing kept, where anything has changed since it was read: the next reading finds out anew."""
        rows = [
            (one.child_id, place, stamp, int(now.timestamp()), int(one.until.timestamp()), json.dumps(one.counted))
            for one in found
        ]

        def job(tx: Transaction) -> bool:
            if tx.execute("SELECT times FROM stirred").fetchone()[0] != seen:
                return False
            tx.many("INSERT OR REPLACE INTO at_rest VALUES {rows}", rows)
            return True

        return self._writer.do(job)


@dataclass(frozen=True, slots=True)
class _Restless:
    """Who was not at rest at a moment, and until when nobody's rest ends by itself: kept until anything is written.
    `done` counts the deeds of the writer, `seen` what stirred anybody."""

    stamp: str
    at: int
    done: int
    seen: int
    until: int = 0
    children: Sequence[str] = ()
    counted: Sequence[tuple[Counts, int]] = ()

    def holds(self, stamp: str, at: int, done: int, seen: int) -> bool:
        return (self.stamp, self.done, self.seen) == (stamp, done, seen) and self.at <= at <= self.until


def _restless(connection: Connection, place: str, asked: _Restless) -> _Restless:
    values = place, asked.stamp, asked.at, asked.at
    children = [child for (child,) in connection.execute(_RESTLESS, values)]
    counted = [(tuple(json.loads(text)), number) for text, number in connection.execute(_COUNTED, values)]
    (until,) = connection.execute(_ENDS, values).fetchone()
    return replace(asked, until=until or asked.at, children=children, counted=counted)


_RESTLESS = f"""{CHILDREN_HELD}
    SELECT id FROM held WHERE id IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM at_rest WHERE child_id = held.id AND place = ? AND stamp = ? AND since <= ? AND until >= ?)"""  # noqa: S608 - a text of ours
_COUNTED = """
    SELECT counted, count(*) FROM at_rest WHERE place = ? AND stamp = ? AND since <= ? AND until >= ?
    GROUP BY counted"""
_ENDS = "SELECT min(until) FROM at_rest WHERE place = ? AND stamp = ? AND since <= ? AND until >= ?"
