"""Notes on the form screen: each line a draft from its first letter, any of them put where the caret last stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from casework.canonical import JSON
from casework.records import cell_path, parse_path, row_path
from casework.typed_words import Half
from desktop.flows.record import notes as notes_flow
from desktop.flows.record.notes import NOTES, OPEN, Note, Notebook
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.fields.editor import NarrativeEditor
from desktop.ui.kit.fields.field import Field


class Noting(QObject):
    """Keeps the notes of one record, which line is still being written, and which answer the caret was in.

    `changed`: the lines are to be shown anew.
    """

    changed = Signal()

    def __init__(self, shell: Shell, book: Notebook, parent: QObject) -> None:
        super().__init__(parent)
        self._shell = shell
        self._lines = {note.row_id: note for note in book.lines}
        self._open = book.open_line if book.open_line in self._lines else ""
        self._writing_in: NarrativeEditor | None = None
        desk, record_id = shell.desk, book.record_id
        self._autosave = Autosave(
            shell,
            notes_flow.notes_id(record_id),
            lambda path, value: notes_flow.write(desk, record_id, path, value),
            self,
        )
        for path, value in self._autosave.left_unsaved().items():
            self._again(path, value)

    @property
    def lines(self) -> Sequence[Note]:
        """All but the one still being written."""
        return [note for note in self._lines.values() if note.row_id != self._open]

    @property
    def open_line(self) -> Note | None:
        return self._lines.get(self._open)

    def save_now(self) -> None:
        self._autosave.save_now()

    def typed(self, words: str) -> None:
        """The line being written, which begins, with the time, at its first letter."""
        if not self._open:
            if not words:
                return
            self._begin()
        self._put_words(self._open, words)

    def end_line(self) -> bool:
        """Enter; False while there is nothing on it."""
        note = self.open_line
        if note is None or not note.text.strip():
            return False
        self._set_open("")
        self.changed.emit()
        return True

    def correct(self, row_id: str, words: str) -> None:
        """As it is typed; what it said before stays in its history."""
        self._put_words(row_id, words)

    def take_out(self, row_id: str) -> None:
        self._mark(row_id, removed=True)

    def put_back(self, row_id: str) -> None:
        self._mark(row_id, removed=False)

    def entered(self, field: Field) -> None:
        """The answer the caret is in; kept when the keyboard goes to the notes."""
        if isinstance(field.editor, NarrativeEditor):
            self._writing_in = field.editor

    def section_left(self) -> None:
        """Its boxes are gone."""
        self._writing_in = None

    def use(self, note: Note) -> None:
        """Puts a note’s words into the answer, and ticks the note."""
        if self._writing_in is None:
            self._shell.messages.news("Put the caret in an answer first, then use the note.")
            return
        self._writing_in.insert(note.text)
        self._lines[note.row_id] = replace(note, used=True)
        self._later(cell_path(NOTES, note.row_id, "used"), value=True)
        self.changed.emit()

    def _begin(self) -> None:
        last = max(self._lines.values(), key=lambda note: note.position, default=None)
        note = notes_flow.new_note(self._shell.now(), last)
        self._lines[note.row_id] = note
        for path, value in notes_flow.places_of(note).items():
            self._later(path, value)
        self._set_open(note.row_id)

    def _set_open(self, row_id: str) -> None:
        self._open = row_id
        self._later(OPEN, Half(row_id))

    def _put_words(self, row_id: str, words: str) -> None:
        note = self._lines.get(row_id)
        if note is not None and note.text != words:
            self._lines[row_id] = replace(note, text=words)
            self._later(cell_path(NOTES, row_id, "text"), words or None)

    def _mark(self, row_id: str, *, removed: bool) -> None:
        note = self._lines[row_id]
        self._lines[row_id] = replace(note, removed=removed)
        self._later(row_path(NOTES, row_id), {"removed": True} if removed else {"position": note.position})
        self.changed.emit()

    def _later(self, path: str, value: JSON | Half) -> None:
        self._autosave.later(path, value)

    def _again(self, path: str, value: JSON | Half) -> None:
        """What a full disk refused while another page was shown: it is here, and is tried again."""
        self._later(path, value)
        if isinstance(value, Half):
            self._open = str(value.raw)
            return
        parsed = parse_path(path)
        note = self._lines.get(parsed.row) or replace(notes_flow.new_note(self._shell.now(), None), row_id=parsed.row)
        self._lines[parsed.row] = _with(note, parsed.question, value)


def _with(note: Note, column: str, value: JSON) -> Note:
    if column == "text":
        return replace(note, text=str(value or ""))
    if column == "used":
        return replace(note, used=value is True)
    if not column and isinstance(value, dict):
        return replace(note, position=str(value.get("position") or note.position), removed=value.get("removed") is True)
    return note
