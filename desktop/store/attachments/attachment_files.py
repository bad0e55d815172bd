"""Photographs, scans, drawings and documents: an encrypted file each, its key in the database, the file first."""

from __future__ import annotations

import contextlib
import hashlib
import io
import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from casework.canonical import JSON
from desktop.store.attachments.media_type import HEAD, PICTURES, hides_its_kind, sniff
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer
from desktop.store.disk.errors import AttachmentMissing, AttachmentRefused
from desktop.store.disk.files import disk_troubles, write_atomically
from desktop.store.disk.keys import KEY_BYTES
from desktop.store.disk.on_failure import on_failure
from desktop.store.disk.streams import CHUNK, Decrypted, Piece, encrypt, plain_pieces

if TYPE_CHECKING:
    from desktop.store.attachments.pictures import CleanPicture

FOLDER = "attachments"
MAX_BYTES = 50 * 1024 * 1024
TO_CONFIRM = ""  # it was sent, to a service that has since been restored and may have lost it


@dataclass(frozen=True, slots=True)
class Attachment:
    """`sha256` is of the plain bytes as kept: its name everywhere. `sent_at`: None before it was first sent."""

    sha256: str
    bytes: int
    type: str
    width: int | None
    height: int | None
    sent_at: str | None

    @property
    def is_to_confirm(self) -> bool:
        return self.sent_at == TO_CONFIRM


class Attachments:
    """Thread-safe. No plain byte is ever written to a disk."""

    def __init__(self, folder: Path, writer: Writer, readers: Readers) -> None:
        self._folder = folder / FOLDER
        self._writer = writer
        self._readers = readers

    def add(self, stream: BinaryIO, *, name: str, record_id: str, longest: int | None = None) -> dict[str, JSON]:
        """Takes in a file; a picture loses everything but its pixels, and with `longest` is made smaller.

        The answer for the form: {"sha256", "bytes", "type", "name"}. Raises AttachmentRefused, DiskFull.
        """
        head = stream.read(HEAD)
        if hides_its_kind(head):
            head = _whole(head, stream, name)
        media_type = sniff(head, name)
        if media_type in PICTURES:
            from desktop.store.attachments.pictures import examine  # noqa: PLC0415 - only a picture needs Pillow

            picture = examine(_whole(head, stream, name), media_type, name, longest=longest)
            return self._keep(picture.pieces, picture.media_type, name, record_id, picture)
        pieces = itertools.chain([head], plain_pieces(stream))
        return self._keep(_limited(pieces, name), media_type, name, record_id, None)

    def receive(self, stream: BinaryIO, *, sha256: str, media_type: str, name: str, record_id: str) -> None:
        """One that the central service holds. Raises AttachmentRefused when it is not what it should be."""
        kept = self._write(_limited(plain_pieces(stream), name))
        if kept.sha256 != sha256:
            self._path(kept.file).unlink()
            message = f"“{name}” did not arrive as it was sent. It will be fetched again."
            raise AttachmentRefused(message)
        self._commit(kept, media_type, name, record_id, None, sent=True)

    def open(self, sha256: str) -> BinaryIO:
        """The plain bytes, decrypted in memory as they are read. Raises AttachmentMissing, AttachmentDamaged."""
        rows = self._readers.rows("SELECT file, key FROM attachment WHERE sha256 = ?", (sha256,))
        path = self._path(str(rows[0][0])) if rows else None
        if path is None or not path.exists():
            message = "This photograph or document is not on this laptop yet."
            raise AttachmentMissing(message)
        with disk_troubles():
            source = path.open("rb")
        with on_failure(source.close):
            return io.BufferedReader(Decrypted(cast("bytes", rows[0][1]), source), CHUNK)

    def scaled(self, sha256: str, longest: int) -> bytes:
        """A JPEG for a report or a screen; the one that is kept stays as it is."""
        from desktop.store.attachments.pictures import scaled  # noqa: PLC0415 - only a picture needs Pillow

        with self.open(sha256) as source:
            return scaled(source, longest)

    def thumbnail(self, sha256: str) -> bytes | None:
        """A small JPEG; None for a document, and for a picture that cannot be shown."""
        rows = self._readers.rows("SELECT thumbnail, type FROM attachment WHERE sha256 = ?", (sha256,))
        if not rows or rows[0][1] not in PICTURES:
            return None
        if rows[0][0] is not None:
            return cast("bytes", rows[0][0])
        from desktop.store.attachments.pictures import THUMBNAIL  # noqa: PLC0415 - only a picture needs Pillow

        with contextlib.suppress(AttachmentRefused, AttachmentMissing):
            return self.scaled(sha256, THUMBNAIL)
        return None

    def has(self, sha256: str) -> bool:
        return self.about(sha256) is not None

    def about(self, sha256: str) -> Attachment | None:
        rows = self._readers.rows(_ABOUT + " WHERE sha256 = ?", (sha256,))
        return Attachment(*rows[0]) if rows else None  # type: ignore[arg-type]  # the table is STRICT

    def to_send(self) -> list[Attachment]:
        """What the central service has not confirmed, oldest first."""
        rows = self._readers.rows(_ABOUT + " WHERE coalesce(sent_at, ?1) = ?1 ORDER BY rowid", (TO_CONFIRM,))
        return [Attachment(*row) for row in rows]  # type: ignore[arg-type]  # the table is STRICT

    def record_of(self, sha256: str) -> str:
        """A record that uses it; empty when none does."""
        rows = self._readers.rows("SELECT min(record_id) FROM attachment_use WHERE sha256 = ?", (sha256,))
        return str(rows[0][0] or "")

    def sent(self, sha256: str, at: str) -> None:
        self._writer.do(lambda tx: tx.execute("UPDATE attachment SET sent_at = ? WHERE sha256 = ?", (at, sha256)))

    def is_whole(self, sha256: str) -> bool:
        """Reads it through: False when it is missing or no longer as it was."""
        digest = hashlib.sha256()
        try:
            with self.open(sha256) as source:
                for piece in plain_pieces(source):
                    digest.update(piece)
        except (AttachmentRefused, AttachmentMissing):
            return False
        return digest.hexdigest() == sha256

    def take_away(self, sha256: str, record_id: str) -> None:
        """From one record. With its last use the file, its key and its thumbnail are gone from this laptop at once."""
        file = self._writer.do(lambda tx: _drop_use(tx, sha256, record_id))
        if file:
            with contextlib.suppress(OSError):
                self._path(file).unlink()

    def damaged(self) -> list[str]:
        """Reads every file through: the sha256 of those that are missing or no longer as they were."""
        rows = self._readers.rows("SELECT sha256 FROM attachment ORDER BY rowid")
        return [str(row[0]) for row in rows if not self.is_whole(str(row[0]))]

    def sweep(self) -> int:
        """After a power cut or a purge: files without a row, and rows that no record uses any more. How many."""
        unused = self._writer.do(_drop_unused)
        known = {str(row[0]) for row in self._readers.rows("SELECT file FROM attachment")}
        with disk_troubles():
            stray = [path for path in self._folder.glob("*") if path.name not in known]
            for path in stray:
                path.unlink()
        return len(stray) + len(unused)

    def _keep(
        self, pieces: Iterable[Piece], media_type: str, name: str, record_id: str, picture: CleanPicture | None
    ) -> dict[str, JSON]:
        kept = self._write(pieces)
        self._commit(kept, media_type, name, record_id, picture, sent=False)
        return {"sha256": kept.sha256, "bytes": kept.size, "type": media_type, "name": name}

    def _write(self, pieces: Iterable[Piece]) -> _Kept:
        """Encrypted, fsynced and renamed before any row speaks of it."""
        self._folder.mkdir(exist_ok=True, mode=0o700)
        kept = _Kept(os.urandom(16).hex(), os.urandom(KEY_BYTES))
        write_atomically(self._path(kept.file), lambda file: encrypt(kept.key, kept.counted(pieces), file))
        return kept

    def _commit(
        self, kept: _Kept, media_type: str, name: str, record_id: str, picture: CleanPicture | None, *, sent: bool
    ) -> None:
        small = (picture.width, picture.height, picture.thumbnail) if picture else (None, None, None)

        def job(tx: Transaction) -> bool:
            row = (kept.sha256, kept.size, media_type, kept.file, kept.key, *small, tx.at, tx.at if sent else None)
            new = tx.execute("INSERT OR IGNORE INTO attachment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).rowcount
            tx.execute("INSERT OR IGNORE INTO attachment_use VALUES (?, ?, ?)", (kept.sha256, record_id, name))
            tx.audit("attached", sha256=kept.sha256, record=record_id)
            return bool(new)

        is_new = False
        try:
            is_new = self._writer.do(job)
        finally:
            if not is_new:  # here already, or not taken: this copy has no row
                with contextlib.suppress(OSError):
                    self._path(kept.file).unlink()

    def _path(self, file: str) -> Path:
        return self._folder / file


class _Kept:
    """A file being written: its name, its key, and what went through."""

    def __init__(self, file: str, key: bytes) -> None:
        self.file = file
        self.key = key
        self.size = 0
        self._digest = hashlib.sha256()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def counted(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            self._digest.update(piece)
            self.size += len(piece)
            yield piece


_ABOUT = "SELECT sha256, bytes, type, width, height, sent_at FROM attachment"


def _drop_use(tx: Transaction, sha256: str, record_id: str) -> str:
    """The name of the file that no record uses any more; empty when one still does."""
    tx.execute("DELETE FROM attachment_use WHERE sha256 = ? AND record_id = ?", (sha256, record_id))
    row = tx.execute(
        """DELETE FROM attachment WHERE sha256 = ?1
           AND NOT EXISTS (SELECT 1 FROM attachment_use u WHERE u.sha256 = ?1) RETURNING file""",
        (sha256,),
    ).fetchone()
    tx.audit("took_away", sha256=sha256, record=record_id)
    return str(row[0]) if row else ""


def _drop_unused(tx: Transaction) -> list[str]:
    rows = tx.execute(
        """DELETE FROM attachment WHERE sent_at IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM attachment_use u WHERE u.sha256 = attachment.sha256) RETURNING file"""
    ).fetchall()
    return [str(row[0]) for row in rows]


def _limited(pieces: Iterable[Piece], name: str) -> Iterator[Piece]:
    room = MAX_BYTES
    for piece in pieces:
        room -= len(piece)
        if room < 0:
            message = f"“{name}” is larger than 50 MB. Save it smaller, or split it, then add it."
            raise AttachmentRefused(message)
        yield piece


def _whole(head: bytes, stream: BinaryIO, name: str) -> bytes:
    """In memory once: the buffer hands over its bytes without a copy."""
    whole = io.BytesIO()
    for piece in _limited(itertools.chain([head], plain_pieces(stream)), name):
        whole.write(piece)
    return whole.getvalue()
