"""What this vault remembers about itself: officer, laptop, certificate, service, preferences. All encrypted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from desktop.store.database.readers import Readers
from desktop.store.database.remembered import OFFICER, Setting
from desktop.store.database.writer import Transaction, Writer

T = TypeVar("T")


class Settings:
    """Each is a row of its own; values are JSON without floats."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._kept: tuple[int, dict[str, str | None]] = (0, {})  # texts, as of so many deeds of the writer

    def get(self, wanted: Setting[T]) -> T:
        text = self._text(wanted.name)
        return wanted.otherwise if text is None else wanted.read(text)

    def _text(self, name: str) -> str | None:
        """Read once between two deeds of the writer: a reconciliation asks forty times who it is and for whom."""
        done, kept = self._writer.done, self._kept
        if kept[0] != done:
            kept = self._kept = (done, {})
        if name not in kept[1]:
            rows = self._readers.rows("SELECT value FROM setting WHERE key = ?", (name,))
            kept[1][name] = str(rows[0][0]) if rows else None
        return kept[1][name]

    def close(self) -> None:
        """Keeps no text in memory any longer: there are keys among them."""
        self._kept = (-1, {})

    def put(self, wanted: Setting[T], value: T) -> None:
        self.put_all(wanted.holding(value))

    def put_all(self, *rows: tuple[str, str], first: Callable[[Transaction], object] = lambda _tx: None) -> None:
        """In one transaction, with what is done `first`; `Setting.holding` makes a row."""
        statement = "INSERT INTO setting VALUES {rows} ON CONFLICT (key) DO UPDATE SET value = excluded.value"

        def job(tx: Transaction) -> None:
            first(tx)
            tx.many(statement, rows)

        self._writer.do(job)
        for name, text in rows:
            if name == OFFICER.name:
                self._writer.actor = OFFICER.read(text).id

    def forget(self, *wanted: Setting[Any]) -> None:
        self._writer.do(lambda tx: [tx.execute("DELETE FROM setting WHERE key = ?", (one.name,)) for one in wanted])
