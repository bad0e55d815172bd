"""What this vault remembers about itself: officer, laptop, certificate, service, preferences. All encrypted."""

from __future__ import annotations

from typing import Any, TypeVar

from desktop.store.database.readers import Readers
from desktop.store.database.remembered import OFFICER, Setting
from desktop.store.database.writer import Writer

T = TypeVar("T")


class Settings:
    """Each is a row of its own; values are JSON without floats."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    def get(self, wanted: Setting[T]) -> T:
        with self._readers.lend() as connection:
            found = connection.execute("SELECT value FROM setting WHERE key = ?", (wanted.name,)).fetchone()
        return wanted.read(found[0]) if found else wanted.otherwise

    def put(self, wanted: Setting[T], value: T) -> None:
        self.put_all(wanted.holding(value))

    def put_all(self, *rows: tuple[str, str]) -> None:
        """In one transaction; `Setting.holding` makes a row."""
        statement = "INSERT INTO setting VALUES {rows} ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        self._writer.do(lambda tx: tx.many(statement, rows))
        for name, text in rows:
            if name == OFFICER.name:
                self._writer.actor = OFFICER.read(text).id

    def forget(self, *wanted: Setting[Any]) -> None:
        self._writer.do(lambda tx: [tx.execute("DELETE FROM setting WHERE key = ?", (one.name,)) for one in wanted])
