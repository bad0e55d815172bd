"""Notes taken in the room, beside a record and never part of what is signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.canonical import JSON
from casework.practice.roles import reach_of
from casework.records import cell_path, row_path
from casework.typed_words import Half
from desktop.flows.desk import Desk
from desktop.flows.record.answers_to_changes import after
from desktop.flows.record.editing import Saved, current_view, new_record, new_row_id, save
from desktop.flows.record.who_writes import writes_form

NOTE, NOTES = "note", "notes"  # the form, and its group of lines
OPEN = "open"  # where it is kept which line is still being written; no path of a record, and never said


@dataclass(frozen=True, slots=True)
class Note:
    """One line. `removed` ones are shown only until the page is left."""

    row_id: str
    at: datetime
    text: str
    used: bool
    position: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Notebook:
    """The lines in the order they were written, and the id of the one still being written, if any."""

    record_id: str
    lines: tuple[Note, ...]
    open_line: str = ""


def takes_notes(desk: Desk, form_id: str) -> bool:
    """Whether this officer's role has notes beside a record of this form; before joining there is no role yet. A
    commissioned interviewer takes them beside what they write."""
    role, reach = desk.officer.role, reach_of(desk.officer.role)
    if not role:
        return True
    takes = writes_form(desk, NOTE) and reach.opens(NOTE, desk.catalogue.form(NOTE).strand)
    return takes and (not reach.by_commission or reach.writes_form(form_id))


def notes(desk: Desk, record_id: str) -> tuple[Note, ...]:
    """In the order they were written; empty while none have been. A line whose words were all taken out is none."""
    return tuple(note for note in _lines(desk, record_id) if note.text.strip())


def notebook(desk: Desk, record_id: str) -> Notebook:
    """The line that is still being written is there whatever it holds: a space is a beginning."""
    kept = desk.vault.half_typed.of(notes_id(record_id)).get(OPEN)
    open_line = str(kept.raw) if kept is not None else ""
    lines = tuple(note for note in _lines(desk, record_id) if note.text.strip() or note.row_id == open_line)
    return Notebook(record_id, lines, open_line)


def new_note(at: datetime, last: Note | None) -> Note:
    """An empty line that stands after the last one."""
    return Note(new_row_id(), at, "", used=False, position=after(last.position if last else ""))


def places_of(note: Note) -> Mapping[str, JSON]:
    """What is kept of a line when it begins, by path."""
    at = note.at.isoformat(timespec="seconds")
    return {row_path(NOTES, note.row_id): {"position": note.position}, cell_path(NOTES, note.row_id, "at"): at}


def write(desk: Desk, record_id: str, path: str, value: JSON | Half) -> Saved:
    """One path of the notes beside a record, durably; the first begins them."""
    return save(desk, _begun(desk, record_id), path, value)


def add_note(desk: Desk, record_id: str, text: str) -> Note:
    """A whole line at once. Durable before it returns."""
    lines = notes(desk, record_id)
    note = new_note(desk.now(), lines[-1] if lines else None)
    for path, value in {**places_of(note), cell_path(NOTES, note.row_id, "text"): text}.items():
        write(desk, record_id, path, value)
    return note


def notes_id(record_id: str) -> str:
    return f"{record_id}.notes"


def _lines(desk: Desk, record_id: str) -> list[Note]:
    view = desk.vault.view(notes_id(record_id), drafts=True)
    return [_note(view.row_answers(NOTES, row.id), row.position) for row in view.rows(NOTES)]


def _begun(desk: Desk, record_id: str) -> str:
    begun = notes_id(record_id)
    if not desk.vault.view(begun).form_id:
        about = current_view(desk, record_id)
        new_record(desk, "note", about.child_id, {"about": record_id}, strand=about.strand, record_id=begun)
    return begun


def _note(cells: dict[str, JSON], position: str) -> Note:
    at = datetime.fromisoformat(str(cells.get("at") or "1970-01-01T00:00:00+00:00"))
    return Note(str(cells["id"]), at, str(cells.get("text") or ""), cells.get("used") is True, position)
