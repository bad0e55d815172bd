"""Files go with the last record that uses them: noted in the transaction that ends the use, then off the disk."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, exists, select, text

from casework.identifiers import RecordId
from central.database.database import Database, insert_new
from central.database.destroyed_tables import ended_file
from central.database.tables import blob_use, upload
from central.files.uploads import Blobs


def let_go_of(connection: Connection, record_ids: Iterable[RecordId]) -> None:
    """Their files, and what has arrived of files on the way."""
    for record_id in record_ids:
        used = connection.execute(select(blob_use.c.sha256).where(blob_use.c.record_id == record_id)).scalars()
        begun = connection.execute(select(upload.c.id).where(upload.c.record_id == record_id)).scalars()
        insert_new(connection, ended_file, [{"name": name} for name in sorted({*used, *begun})])
        connection.execute(delete(blob_use).where(blob_use.c.record_id == record_id))
        connection.execute(delete(upload).where(upload.c.record_id == record_id))


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
