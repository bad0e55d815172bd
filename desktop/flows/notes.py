"""Notes taken in the room, beside a record and never part of what is signed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.records import cell_path, row_path
from desktop.flows.changing import after
from desktop.flows.desk import Desk
from desktop.flows.records import current_view, new_record, save


@dataclass(frozen=True, slots=True)
class Note:
    row_id: str
    at: datetime
    text: str
    used: bool


def notes(desk: Desk, record_id: str) -> tuple[Note, ...]:
    """In the order they were written; empty while none have been."""
    view = desk.vault.view(_notes_id(record_id), drafts=True)
    return tuple(_note(view.row_answers("notes", row.id)) for row in view.rows("notes"))


def add_note(desk: Desk, record_id: str, text: str) -> Note:
    """Durable before it returns."""
    notes_id = _begun(desk, record_id)
    row_id, at = secrets.token_hex(8), desk.now()
    rows = current_view(desk, notes_id).rows("notes")
    save(desk, notes_id, row_path("notes", row_id), {"position": after(rows[-1].position if rows else "")})
    save(desk, notes_id, cell_path("notes", row_id, "at"), at.isoformat(timespec="seconds"))
    save(desk, notes_id, cell_path("notes", row_id, "text"), text)
    return Note(row_id, at, text, used=False)


def mark_used(desk: Desk, record_id: str, row_id: str) -> None:
    save(desk, _notes_id(record_id), cell_path("notes", row_id, "used"), value=True)


def _notes_id(record_id: str) -> str:
    return f"{record_id}.notes"


def _begun(desk: Desk, record_id: str) -> str:
    notes_id = _notes_id(record_id)
    if not desk.vault.view(notes_id).form_id:
        about = desk.vault.view(record_id)
        new_record(desk, "note", about.child_id, {"about": record_id}, strand=about.strand, record_id=notes_id)
    return notes_id


def _note(cells: dict[str, JSON]) -> Note:
    at = datetime.fromisoformat(str(cells.get("at") or "1970-01-01T00:00:00+00:00"))
    return Note(str(cells["id"]), at, str(cells.get("text") or ""), cells.get("used") is True)
