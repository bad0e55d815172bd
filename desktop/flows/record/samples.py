"""Samples of work: a picture lies on the table until its names are hidden; only then is any of it kept."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.record.attaching import left_behind, name_in_row
from desktop.store.attachments.media_type import HEAD
from desktop.store.attachments.redaction import Edit, Sheet, is_picture, lay_out
from desktop.store.disk.errors import AttachmentMissing

SCREEN = 1000
PASTED = "pasted picture.png"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a row's `file` holds now. `already_sent`: the picture before the change had gone to the council."""

    file: dict[str, JSON]
    already_sent: bool = False


def open_file(file: Path) -> Sheet | None:
    """None for a document, which is kept as it is. Raises KnownError for what cannot be read."""
    try:
        with file.open("rb") as stream:
            if not is_picture(stream.read(HEAD)):
                return None
            stream.seek(0)
            return lay_out(stream, file.name)
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror or 'unknown reason'}. Choose another file."
        raise KnownError(message) from error


def open_pasted(data: bytes) -> Sheet:
    """What was copied somewhere else."""
    return lay_out(io.BytesIO(data), PASTED)


def open_kept(desk: Desk, sha256: str, name: str) -> Sheet:
    """One that is in the record already. Raises AttachmentMissing while it is not on this laptop."""
    with desk.vault.attachments.open(sha256) as stream:
        return lay_out(stream, name)


def notice(sheet: Sheet) -> str:
    """What of its file does not lie here; empty when all of it does."""
    return left_behind(sheet.name, sheet.frames)


def preview(sheet: Sheet, edits: Sequence[Edit]) -> bytes:
    return sheet.preview(edits, SCREEN)


def keep(
    desk: Desk, record_id: str, sheet: Sheet, edits: Sequence[Edit], *, row: tuple[str, str], instead_of: str = ""
) -> Kept:
    """Encrypts the finished picture and names it in its `row` (group, row id); one that it replaces is then taken away,
    so that no hidden name stays behind."""
    finished = io.BytesIO(sheet.finished(edits))
    file = dict(desk.vault.attachments.add(finished, name=f"{Path(sheet.name).stem}.jpg", record_id=record_id))
    name_in_row(desk, record_id, *row, file)
    if not instead_of or instead_of == file["sha256"]:
        return Kept(file)
    before = desk.vault.attachments.about(instead_of)
    desk.vault.attachments.take_away(instead_of, record_id)
    return Kept(file, before is not None and before.sent_at is not None)


def small(desk: Desk, sha256: str) -> bytes | None:
    """As a card shows it; None for a document, and while it is not on this laptop."""
    try:
        return desk.vault.attachments.scaled(sha256, SCREEN)
    except (AttachmentMissing, KnownError):
        return None


__all__ = ["Edit", "Kept", "Sheet", "keep", "notice", "open_file", "open_kept", "open_pasted", "preview", "small"]
