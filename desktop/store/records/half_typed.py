"""What stands in a box and is no answer yet: kept as it stands, on this laptop only, until it is one or is emptied."""

from __future__ import annotations

from datetime import datetime

from casework.canonical import canonical
from casework.typed_words import Half
from desktop.store.database.connection import from_json
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer


class HalfTyped:
    """Thread-safe. By record and path; a page without a record goes by its own name."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    def save(self, record_id: str, path: str, half: Half) -> datetime:
        """When it was safely on the disk."""
        row = (record_id, path, canonical(half.raw).decode(), half.problem)
        return self._writer.do(lambda tx: _write(tx, row))

    def of(self, record_id: str) -> dict[str, Half]:
        rows = self._readers.rows(
            "SELECT path, raw, problem FROM half_typed WHERE record_id = ? ORDER BY path", (record_id,)
        )
        return {str(path): Half(from_json(raw), str(problem)) for path, raw, problem in rows}


def forget(tx: Transaction, record_id: str, path: str) -> None:
    """An answer stands there now: in the same step as it is kept."""
    tx.execute("DELETE FROM half_typed WHERE record_id = ? AND path = ?", (record_id, path))


def _write(tx: Transaction, row: tuple[str, str, str, str]) -> datetime:
    tx.execute(
        """INSERT INTO half_typed VALUES (?, ?, ?, ?, ?) ON CONFLICT (record_id, path) DO UPDATE
           SET raw = excluded.raw, problem = excluded.problem, saved_at = excluded.saved_at""",
        (*row, tx.now.isoformat()),
    )
    return tx.now
