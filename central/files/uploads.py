"""Photographs and documents arrive in parts (tus 1.0) and are kept by the hash of their bytes.

A part is written and synced before its offset is: whatever lies beyond the offset after a crash is cut off again.
Nothing counts as received before the whole file has the hash it was announced with.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from casework.identifiers import DeviceId, RecordId
from central.database.clock import stamp
from central.database.database import insert_new
from central.database.destroyed_tables import destroyed
from central.database.errors import Refused, UnknownThing
from central.database.tables import blob_use, operation, record, upload, waiting
from central.people.scope import Scope

LIFE = timedelta(days=7)
MAX_FILE = 100 * 1024 * 1024
CHUNK = 256 * 1024
MOST_OPEN = 200  # uploads of one laptop
MOST_OPEN_BYTES = 2 * 1024 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    id: str
    device_id: DeviceId
    record_id: RecordId
    sha256: str
    bytes: int
    offset: int
    expires_at: str

    @property
    def is_complete(self) -> bool:
        return self.offset == self.bytes


@dataclass(frozen=True)
class Blobs:
    """The folder where files lie; all instances of the service share it."""

    folder: Path

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def part(self, upload_id: str) -> Path:
        return self.folder / "parts" / upload_id

    def append(self, found: Upload, data: bytes) -> None:
        """Exactly after the offset; synced before this returns."""
        path = self.part(found.id)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            file.truncate(found.offset)
            file.seek(found.offset)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def settle(self, found: Upload) -> bool:
        """Moves a whole file to its place. False, and nothing kept, when the bytes are not what was announced."""
        path = self.part(found.id)
        if _sha256(path) != found.sha256:
            path.unlink()
            return False
        place = self.path(found.sha256)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.replace(place)
        _sync_folder(place.parent)
        return True

    def discard(self, upload_id: str) -> None:
        self.part(upload_id).unlink(missing_ok=True)

    def parts_before(self, moment: datetime) -> list[str]:
        """Of the uploads that nothing was written to since then."""
        folder = self.folder / "parts"
        found = folder.iterdir() if folder.is_dir() else iter(())
        return [path.name for path in found if path.stat().st_mtime < moment.timestamp()]

    def read(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to, and not including, `end`."""
        with self.path(sha256).open("rb") as file:
            file.seek(start)
            while start < end and (piece := file.read(min(CHUNK, end - start))):
                start += len(piece)
                yield piece


def begin(
    connection: Connection, blobs: Blobs, scope: Scope | None, *, device_id: DeviceId, asked: Upload, now: datetime
) -> Upload:
    """A new upload; complete at once when the council has the file already for a record this officer may see.

    `scope` is None of a laptop that was withdrawn: it hands over what its own words name, and learns nothing. So does
    any laptop of a record that was destroyed."""
    if scope is None or _was_destroyed(connection, asked.record_id):
        _refuse_unnamed(connection, device_id, asked)
    else:
        _refuse_unwritable(connection, scope, asked.record_id)
    if asked.bytes > MAX_FILE:
        raise Refused(413, "too_large", "No attachment can be larger than 100 MiB.")
    _refuse_too_many(connection, device_id, stamp(now))
    known = size_of(connection, scope, asked.sha256) if scope is not None else None
    is_known = asked.bytes in (0, known)
    found = Upload(
        id=secrets.token_hex(16),
        device_id=device_id,
        record_id=asked.record_id,
        sha256=asked.sha256,
        bytes=asked.bytes,
        offset=asked.bytes if is_known and blobs.path(asked.sha256).exists() else 0,
        expires_at=stamp(now + LIFE),
    )
    connection.execute(insert(upload).values(**_row(found)))
    if found.is_complete and found.bytes:
        _received(connection, found, now)
        return found if _is_still_here(connection, blobs, found) else replace(found, offset=0)
    return found


def _refuse_unnamed(connection: Connection, device_id: DeviceId, asked: Upload) -> None:
    """Its words were handed over before, and wait for a supervisor, or were taken in while it was in good standing."""
    for table in (waiting, operation):
        said = select(table.c.payload).where(table.c.device_id == device_id, table.c.record_id == asked.record_id)
        if any(asked.sha256 in payload for payload in connection.execute(said).scalars()):
            return
    message = "Words of this laptop that wait here name no such file, and nothing else of its is taken in."
    raise Refused(403, "forbidden", message)


def _was_destroyed(connection: Connection, record_id: RecordId) -> bool:
    """Of such a record, what somebody had not sent yet waits to be read, and so do the files that it names."""
    return bool(connection.execute(select(exists().where(destroyed.c.record_id == record_id))).scalar_one())


def _refuse_too_many(connection: Connection, device_id: DeviceId, now: str) -> None:
    """Begun and not finished: as many as a laptop that loses its network again and again will ever have."""
    open_ones = (upload.c.device_id == device_id) & (upload.c.expires_at > now) & (upload.c.offset < upload.c.bytes)
    query = select(func.count(), func.coalesce(func.sum(upload.c.offset), 0)).where(open_ones)
    count, size = connection.execute(query).one()
    if count >= MOST_OPEN or size >= MOST_OPEN_BYTES:
        message = "This laptop has begun too many uploads and finished none of them. The oldest end within a week."
        raise Refused(429, "too_many_uploads", message)


def find(connection: Connection, upload_id: str, device_id: DeviceId, now: datetime, *, lock: bool = False) -> Upload:
    """Raises UnknownThing for another laptop's upload, and for one grown old."""
    query = select(upload).where(upload.c.id == upload_id, upload.c.device_id == device_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().first()
    if row is None or row["expires_at"] <= stamp(now):
        message = "There is no such upload. Begin a new one."
        raise UnknownThing(message)
    return Upload(**row)


def add(connection: Connection, blobs: Blobs, found: Upload, data: bytes, now: datetime) -> Upload:
    """The next part. On the last one the whole file is hashed. Raises Refused 460 when it is not what it should be."""
    if found.offset + len(data) > found.bytes:
        raise Refused(413, "too_large", "That is more than the upload was announced with.")
    blobs.append(found, data)
    moved = replace(found, offset=found.offset + len(data))
    if moved.is_complete:
        if not blobs.settle(moved):
            return replace(found, offset=0)
        _received(connection, moved, now)
        if not _is_still_here(connection, blobs, moved):
            return replace(found, offset=0)
    connection.execute(update(upload).where(upload.c.id == found.id).values(offset=moved.offset))
    return moved


def reset(connection: Connection, found: Upload) -> None:
    connection.execute(update(upload).where(upload.c.id == found.id).values(offset=0))


def end(connection: Connection, blobs: Blobs, found: Upload) -> None:
    connection.execute(delete(upload).where(upload.c.id == found.id))
    blobs.discard(found.id)


def sweep(connection: Connection, blobs: Blobs, now: datetime) -> int:
    """Uploads nobody finished in time, and parts that no upload names any more; how many."""
    old = list(connection.execute(select(upload.c.id).where(upload.c.expires_at <= stamp(now))).scalars())
    connection.execute(delete(upload).where(upload.c.expires_at <= stamp(now)))
    begun = set(connection.execute(select(upload.c.id)).scalars())
    left = [name for name in blobs.parts_before(now - LIFE) if name not in begun]
    for upload_id in {*old, *left}:
        blobs.discard(upload_id)
    return len({*old, *left})


def size_of(connection: Connection, scope: Scope, sha256: str) -> int | None:
    """None unless the file belongs to a record this officer may see: others' files are not even denied."""
    query = (
        select(blob_use.c.bytes, record.c.bucket, record.c.form_id, record.c.record_id)
        .select_from(blob_use.join(record, record.c.record_id == blob_use.c.record_id))
        .where(blob_use.c.sha256 == sha256)
    )
    for size, bucket, form_id, record_id in connection.execute(query):
        if scope.reads(bucket, form_id, record_id):
            return int(size)
    return None


def _refuse_unwritable(connection: Connection, scope: Scope, record_id: RecordId) -> None:
    query = select(record.c.bucket, record.c.form_id).where(record.c.record_id == record_id)
    row = connection.execute(query).first()
    if row is None or not scope.may_write(row.bucket, row.form_id, record_id):
        raise Refused(403, "out_of_scope", "The record is not here yet, or not one of this officer’s.")


def _received(connection: Connection, found: Upload, now: datetime) -> None:
    row = {"sha256": found.sha256, "record_id": found.record_id, "bytes": found.bytes, "received_at": stamp(now)}
    insert_new(connection, blob_use, [row])


def _is_still_here(connection: Connection, blobs: Blobs, found: Upload) -> bool:
    """Not where the file’s last record was destroyed at this very moment: then it is sent anew."""
    if blobs.path(found.sha256).exists():
        return True
    use = (blob_use.c.sha256 == found.sha256) & (blob_use.c.record_id == found.record_id)
    connection.execute(delete(blob_use).where(use))
    reset(connection, found)
    return False


def _row(found: Upload) -> dict[str, str | int]:
    return {name: getattr(found, name) for name in Upload.__slots__}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
