"""What this laptop holds of its colleagues' words: after the central service was restored, it may be all there is."""

from __future__ import annotations

from collections.abc import Sequence

from casework.identifiers import DeviceId, OperationId
from casework.records import Operation
from desktop.store.database.readers import Readers
from desktop.store.records.histories import read

CHUNK = 500


class Relay:
    """Thread-safe; reads only."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def others(self, own_device: DeviceId, *, after: int, limit: int) -> tuple[list[OperationId], int]:
        """Ids of operations of other laptops, beyond a place in this one's log, and the place reached."""
        rows = self._readers.rows(
            "SELECT n, op_id FROM operation WHERE device_id <> ? AND n > ? ORDER BY n LIMIT ?",
            (own_device, after, limit),
        )
        return [OperationId(str(row[1])) for row in rows], int(str(rows[-1][0])) if rows else after

    def operations(self, op_ids: Sequence[OperationId]) -> list[Operation]:
        """In the order in which they came here."""
        marks = ", ".join("?" * len(op_ids[:CHUNK]))
        statement = f"SELECT body FROM operation WHERE op_id IN ({marks}) ORDER BY n"  # noqa: S608 - only marks
        return [read(row[0]) for row in self._readers.rows(statement, tuple(op_ids[:CHUNK]))]
