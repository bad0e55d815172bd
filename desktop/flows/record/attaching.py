"""Taking a file into a record: encrypted in the store before the record names it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError, RecordLocked
from casework.forms import QuestionType
from casework.records import cell_path, row_path
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import after
from desktop.flows.record.editing import current_view, new_row_id, open_record, save
from desktop.store.attachments.pictures import frames_in

ONE_KEPT = "One picture of it is kept"


@dataclass(frozen=True, slots=True)
class Attached:
    """What the row's `file` holds, and what to tell whoever chose it; empty when all of the file was kept."""

    file: dict[str, JSON]
    notice: str


def attach_in_row(desk: Desk, record_id: str, group: str, row_id: str, file: Path) -> Attached:
    """As `attach`, with the row that names the file: a page that is left meanwhile loses neither."""
    found = _kept(desk, record_id, file)
    name_in_row(desk, record_id, group, row_id, found.file)
    return found


def attach_to(desk: Desk, record_id: str, question_id: str, file: Path) -> Attached:
    """In a new row of a question that takes files, as the command line names it. Raises KnownError."""
    record = open_record(desk, record_id)
    taking = [q.id for q in record.definition.questions() if q.type is QuestionType.ATTACHMENTS]
    if question_id not in taking:
        said = f"Those that do: {', '.join(taking)}." if taking else "No question of this form does."
        message = f"“{question_id}” does not take files. {said}"
        raise KnownError(message)
    if record.locked:
        message = "This record is signed and locked: no file can be added to it."
        raise RecordLocked(message)
    return attach_in_row(desk, record_id, question_id, new_row_id(), file)


def left_behind(name: str, frames: int) -> str:
    """A picture that moves is not kept moving; said, so that nobody counts on what is not there."""
    if frames < 2:
        return ""
    return (
        f"“{name}” has {frames} pictures that follow each other. Only the first is kept. "
        "If another one matters, save it as a picture of its own and add that too."
    )


def name_in_row(desk: Desk, record_id: str, group: str, row_id: str, stored: dict[str, JSON]) -> None:
    """A new row goes to the end; a row that is there keeps its place."""
    rows = current_view(desk, record_id).rows(group)
    if all(row.id != row_id for row in rows):
        position = after(rows[-1].position if rows else "")
        save(desk, record_id, row_path(group, row_id), {"position": position})
    save(desk, record_id, cell_path(group, row_id, "file"), stored)


def attach(desk: Desk, record_id: str, file: Path) -> dict[str, JSON]:
    """What a row's `file` holds: sha256, bytes, type and name. The original stays where it was."""
    return _kept(desk, record_id, file).file


def _kept(desk: Desk, record_id: str, file: Path) -> Attached:
    try:
        with file.open("rb") as stream:
            stored = dict(desk.vault.attachments.add(stream, name=file.name, record_id=record_id))
            stream.seek(0)
            frames = frames_in(stream.read()) if str(stored["type"]).startswith("image/") else 1
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror or 'unknown reason'}. Choose another file."
        raise KnownError(message) from error
    return Attached(stored, left_behind(file.name, frames))
