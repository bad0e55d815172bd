"""What is in the log of many records, in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from casework.identifiers import RecordId
from casework.records import Operation
from casework.wire.protocol import Sealed, unseal
from central.database.tables import operation

CHUNK = 900  # SQLite takes at most 999 parameters in older builds


def still_said() -> ColumnElement[bool]:
    """For every query that reads what was said: of what the council destroyed, only id and hash are here."""
    return operation.c.payload != ""


def operations_by_record(connection: Connection, record_ids: Sequence[RecordId]) -> dict[RecordId, list[Operation]]:
    """Records that have none are left out, and so are those that were destroyed."""
    found: dict[RecordId, list[Operation]] = defaultdict(list)
    query = select(operation.c.record_id, operation.c.op_id, operation.c.payload, operation.c.signature)
    for start in range(0, len(record_ids), CHUNK):
        here = operation.c.record_id.in_(record_ids[start : start + CHUNK]) & still_said()
        for record_id, op_id, payload, signature in connection.execute(query.where(here)):
            found[record_id].append(unseal(Sealed(op_id=op_id, payload=payload, signature=signature)))
    return dict(found)
