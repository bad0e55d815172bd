"""What this vault remembers about itself: officer, laptop, certificate, service, preferences. All encrypted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import overload

from casework.canonical import JSON, canonical
from desktop.store.database import from_json
from desktop.store.readers import Readers
from desktop.store.writer import Writer

COLLEAGUES = "colleagues"  # officers' names by their ids, as far as the council has told this laptop


class Settings:
    """Values are JSON without floats."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    @overload
    def get(self, key: str) -> JSON: ...
    @overload
    def get(self, key: str, default: JSON) -> JSON: ...
    def get(self, key: str, default: JSON = None) -> JSON:
        with self._readers.lend() as connection:
            found = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
        value: JSON = from_json(found[0]) if found else default
        return value

    def put(self, key: str, value: JSON) -> None:
        self.put_all({key: value})

    def put_all(self, values: Mapping[str, JSON]) -> None:
        """In one transaction."""
        rows = [(key, canonical(value).decode()) for key, value in values.items()]
        statement = "INSERT INTO setting VALUES {rows} ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        self._writer.do(lambda tx: tx.many(statement, rows))
        if "officer" in values:
            self._writer.actor = officer_of(values["officer"])

    def forget(self, key: str) -> None:
        self._writer.do(lambda tx: tx.execute("DELETE FROM setting WHERE key = ?", (key,)))


def officer_of(value: JSON) -> str:
    return str(value.get("id", "")) if isinstance(value, dict) else ""
