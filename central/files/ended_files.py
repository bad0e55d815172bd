"""Files go with the last record that uses them: noted in the transaction that ends the use, then off the disk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, text

from casework.identifiers import RecordId
from central.database.clock import stamp
from central.database.database import Database, insert_new
from central.database.destroyed_tables import ended_file
from central.database.tables import blob_use, operation, upload, waiting
from central.files.uploads import Blobs


def let_go_of(connection: Connection, record_ids: Sequence[RecordId], now: datetime) -> None:
    """Their files, and what has arrived of files on the way. What another record's words name stays, as that record's:
    a laptop sends a file once, for whichever of them comes first."""
    used = {sha256: size for one in record_ids for sha256, size in _used_by(connection, one)}
    begun = [upload_id for one in record_ids for upload_id in _begun_for(connection, one)]
    for record_id in record_ids:
        connection.execute(delete(blob_use).where(blob_use.c.record_id == record_id))
        connection.execute(delete(upload).where(upload.c.record_id == record_id))
    rows = [
        {"sha256": sha256, "record_id": record_id, "bytes": used[sha256], "received_at": stamp(now)}
        for sha256, record_id in sorted(_named_elsewhere(connection, set(used)))
    ]
    insert_new(connection, blob_use, rows)
    insert_new(connection, ended_file, [{"name": name} for name in sorted({*used, *begun})])


def _used_by(connection: Connection, record_id: RecordId) -> list[tuple[str, int]]:
    query = select(blob_use.c.sha256, blob_use.c.bytes).where(blob_use.c.record_id == record_id)
    return [(row.sha256, row.bytes) for row in connection.execute(query)]


def _begun_for(connection: Connection, record_id: RecordId) -> list[str]:
    return list(connection.execute(select(upload.c.id).where(upload.c.record_id == record_id)).scalars())


def _named_elsewhere(connection: Connection, files: set[str]) -> set[tuple[str, RecordId]]:
    """A few texts at a time: the whole log is larger than memory."""
    found: set[tuple[str, RecordId]] = set()
    for table in (operation, waiting) if files else ():
        query = select(table.c.record_id, table.c.payload).where(table.c.payload.contains('"sha256":'))
        for record_id, payload in connection.execute(query.execution_options(yield_per=500)):
            found |= {(sha256, record_id) for sha256 in files if sha256 in payload}
    return found


def remove_ended(database: Database, blobs: Blobs) -> int:
    """Off the disk, unless another record uses the file (or has begun to since). How many went; twice is harmless."""
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":  # whoever sends the same file just now waits, and looks again
            connection.execute(text("LOCK TABLE blob_use IN EXCLUSIVE MODE"))
        named = list(connection.execute(select(ended_file.c.name)).scalars())
        places = [place for name in named for place in (blobs.part(name), blobs.path(name)) if place.is_file()]
        gone = [place for place in places if not _is_used(connection, place.name)]
        for place in gone:
            place.unlink(missing_ok=True)
        connection.execute(delete(ended_file))
    return len(gone)


def _is_used(connection: Connection, sha256: str) -> bool:
    return bool(connection.execute(select(exists().where(blob_use.c.sha256 == sha256))).scalar_one())
