"""Notes on the form screen: writing one, and putting one where the caret last stood."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.flows import notes as notes_flow
from desktop.flows.notes import Note
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.editor import NarrativeEditor
from desktop.ui.kit.field import Field


class Noting(QObject):
    """Keeps the notes of one record, and which answer was being written."""

    def __init__(self, shell: Shell, record_id: str, came: Callable[[tuple[Note, ...]], None], owner: QObject) -> None:
        super().__init__(owner)
        self._shell, self._record_id, self._came = shell, record_id, came
        self._writing_in: NarrativeEditor | None = None

    def entered(self, field: Field) -> None:
        """The answer the caret is in; kept when the keyboard goes to the notes."""
        if isinstance(field.editor, NarrativeEditor):
            self._writing_in = field.editor

    def section_left(self) -> None:
        """Its boxes are gone."""
        self._writing_in = None

    def write(self, words: str) -> None:
        desk, record_id = self._shell.desk, self._record_id

        def add() -> tuple[Note, ...]:
            notes_flow.add_note(desk, record_id, words)
            return notes_flow.notes(desk, record_id)

        self._shell.run(self, add, self._done)

    def use(self, note: Note) -> None:
        """Puts a note's words into the answer, and ticks the note."""
        if self._writing_in is None:
            self._shell.messages.news("Put the caret in an answer first, then use the note.")
            return
        self._writing_in.insert(note.text)
        desk, record_id = self._shell.desk, self._record_id

        def mark() -> tuple[Note, ...]:
            notes_flow.mark_used(desk, record_id, note.row_id)
            return notes_flow.notes(desk, record_id)

        self._shell.run(self, mark, self._done)

    def _done(self, notes: tuple[Note, ...]) -> None:
        self._shell.saved.emit(self._shell.now())
        self._came(notes)
