"""Records that a person began, which no extract writes into: whoever began one reads all that comes to stand in it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from casework.identifiers import ChildId, RecordId
from casework.records import Kind
from central.database.errors import CentralError
from central.database.tables import device, operation
from central.extracts.extract_author import IMPORTER
from central.feed.stored_operations import CHUNK


class Begun:
    """Which of these records extracts began, and of this run's own; about the others a person is asked."""

    def __init__(self, connection: Connection, record_ids: Iterable[RecordId]) -> None:
        self._by_extracts = begun_by_extracts(connection, record_ids)

    def add(self, record_id: RecordId) -> None:
        """Begun by this run."""
        self._by_extracts.add(record_id)

    def check_record(self, record_id: RecordId) -> None:
        """Before anything is written into a record that is here."""
        if record_id not in self._by_extracts:
            message = (
                f"The record {record_id} was begun by a person, so no extract writes into it. "
                "Compare the two, and have what is missing written in Homeward by whoever works with the child."
            )
            raise CentralError(message)

    def check_child(self, child_id: ChildId, number: str) -> None:
        """Before a record is begun for a child who is named by a number of the case system."""
        if child_id not in self._by_extracts:
            message = (
                f"The child {number} was begun by a person, not by an extract. "
                "Ask that person; until it is clear who this child is, nothing is written here."
            )
            raise CentralError(message)


def begun_by_extracts(connection: Connection, record_ids: Iterable[RecordId]) -> set[RecordId]:
    """Those of these records that no person began."""
    found: set[RecordId] = set()
    ids = sorted(set(record_ids))
    query = select(operation.c.record_id).join(device, device.c.id == operation.c.device_id)
    query = query.where(operation.c.kind == Kind.CREATE.value, device.c.officer_id == IMPORTER.id)
    for start in range(0, len(ids), CHUNK):
        found.update(connection.execute(query.where(operation.c.record_id.in_(ids[start : start + CHUNK]))).scalars())
    return found
