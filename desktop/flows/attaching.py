"""Taking a file into a record: encrypted in the store before the record names it."""

from __future__ import annotations

from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError
from casework.records import cell_path, row_path
from desktop.flows.changing import after
from desktop.flows.desk import Desk
from desktop.flows.records import current_view, save


def attach_in_row(desk: Desk, record_id: str, group: str, row_id: str, file: Path) -> dict[str, JSON]:
    """As `attach`, with the row that names the file: a page that is left meanwhile loses neither."""
    stored = attach(desk, record_id, file)
    name_in_row(desk, record_id, group, row_id, stored)
    return stored


def name_in_row(desk: Desk, record_id: str, group: str, row_id: str, stored: dict[str, JSON]) -> None:
    """A new row goes to the end; a row that is there keeps its place."""
    rows = current_view(desk, record_id).rows(group)
    if all(row.id != row_id for row in rows):
        position = after(rows[-1].position if rows else "")
        save(desk, record_id, row_path(group, row_id), {"position": position})
    save(desk, record_id, cell_path(group, row_id, "file"), stored)


def attach(desk: Desk, record_id: str, file: Path) -> dict[str, JSON]:
    """What a row's `file` holds: sha256, bytes, type and name. The original stays where it was."""
    try:
        with file.open("rb") as stream:
            return dict(desk.vault.attachments.add(stream, name=file.name, record_id=record_id))
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror or 'unknown reason'}. Choose another file."
        raise KnownError(message) from error
