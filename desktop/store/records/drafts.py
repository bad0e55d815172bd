"""Drafts: what is being typed. One durable row for each place in a record; never sent, gone once it has been said."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON, canonical
from casework.identifiers import OperationId
from casework.records import Change, parse_path
from desktop.store.database.connection import from_json
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer
from desktop.store.disk.errors import VaultError
from desktop.store.records.half_typed import forget


@dataclass(frozen=True, slots=True)
class Draft:
    """`saw` names the operations whose values were on the screen when this was typed."""

    value: JSON
    saw: tuple[OperationId, ...]
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Unsaved:
    """Typed, and not yet on the disk: the disk refused it."""

    record_id: str
    path: str
    value: JSON
    saw: tuple[OperationId, ...]


class Drafts:
    """Thread-safe. What a full or missing disk refuses stays in memory, and goes in with the next save that works."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._unsaved: dict[tuple[str, str], Unsaved] = {}
        self._door = threading.Lock()

    def save(self, record_id: str, path: str, value: JSON, saw: Sequence[OperationId] = ()) -> datetime:
        """When it was safely on the disk. Raises DiskFull and the like, and then keeps it among `unsaved`."""
        item = Unsaved(record_id, path, value, tuple(saw))
        try:
            return self.save_later(record_id, path, value, saw).result()
        except VaultError:
            with self._door:
                self._unsaved[record_id, path] = item
            raise

    def save_later(self, record_id: str, path: str, value: JSON, saw: Sequence[OperationId] = ()) -> Future[datetime]:
        """For the window's thread: returns at once; the future holds the time it was safe, or the trouble."""
        parse_path(path)
        row = _row(Unsaved(record_id, path, value, tuple(saw)))
        with self._door:
            self._unsaved.pop((record_id, path), None)
            waiting = dict(self._unsaved)
        future = self._writer.later(lambda tx: _write(tx, [row, *map(_row, waiting.values())]))
        future.add_done_callback(lambda done: self._settle(waiting) if done.exception() is None else None)
        return future

    def unsaved(self) -> list[Unsaved]:
        with self._door:
            return list(self._unsaved.values())

    def of(self, record_id: str) -> dict[str, Draft]:
        rows = self._readers.rows(
            "SELECT path, value, saw, saved_at FROM draft WHERE record_id = ? ORDER BY path", (record_id,)
        )
        return {str(path): _draft(value, saw, saved_at) for path, value, saw, saved_at in rows}

    def changes(self, record_id: str) -> tuple[Change, ...]:
        """The drafts of a record as the merge takes them."""
        return tuple(Change(path, draft.value, draft.saw) for path, draft in self.of(record_id).items())

    def drop(self, record_id: str, paths: Iterable[str]) -> None:
        wanted = [(record_id, path) for path in paths]
        self._writer.do(lambda tx: drop(tx, wanted))
        with self._door:
            for place in wanted:
                self._unsaved.pop(place, None)

    def records(self) -> list[str]:
        return [str(found[0]) for found in self._readers.rows("SELECT DISTINCT record_id FROM draft")]

    def _settle(self, saved: dict[tuple[str, str], Unsaved]) -> None:
        with self._door:
            for place, item in saved.items():
                if self._unsaved.get(place) is item:
                    del self._unsaved[place]


def drop(tx: Transaction, places: Iterable[tuple[str, str]]) -> None:
    for place in places:
        tx.execute("DELETE FROM draft WHERE record_id = ? AND path = ?", place)


def _row(item: Unsaved) -> tuple[str, str, str, str]:
    saw = canonical(list(item.saw)).decode()
    return item.record_id, item.path, canonical(item.value).decode(), saw


def _write(tx: Transaction, rows: list[tuple[str, str, str, str]]) -> datetime:
    for row in rows:
        tx.execute(
            """INSERT INTO draft VALUES (?, ?, ?, ?, ?) ON CONFLICT (record_id, path) DO UPDATE
               SET value = excluded.value, saw = excluded.saw, saved_at = excluded.saved_at""",
            (*row, tx.now.isoformat()),
        )
        forget(tx, row[0], row[1])
    return tx.now


def _draft(value: object, saw: object, saved_at: object) -> Draft:
    return Draft(from_json(value), tuple(from_json(saw)), datetime.fromisoformat(str(saved_at)))
