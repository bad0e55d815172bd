"""Taking a file into a record: encrypted in the store before the record names it."""

from __future__ import annotations

from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.desk import Desk


def attach(desk: Desk, record_id: str, file: Path) -> dict[str, JSON]:
    """What a row's `file` holds: sha256, bytes, type and name. The original stays where it was."""
    try:
        with file.open("rb") as stream:
            return dict(desk.vault.attachments.add(stream, name=file.name, record_id=record_id))
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror or 'unknown reason'}. Choose another file."
        raise KnownError(message) from error
