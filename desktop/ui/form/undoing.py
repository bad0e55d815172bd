"""Taking back in a form, across its sections and after a lock: Ctrl+Z and Ctrl+Shift+Z."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject

from casework.canonical import JSON
from casework.records import parse_path
from casework.typed_words import Half
from desktop.flows.record import editing
from desktop.flows.record.undo_trail import PLACE, UndoStep, UndoTrail
from desktop.ui.form.session import Session
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.shell import Shell


class Undoing(QObject):
    """Notes what is done in a session, and says what is to stand where when it is taken back.

    What came from elsewhere since is never taken back: there the trail ends.
    """

    def __init__(self, shell: Shell, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._is_at_work, self._is_new = session, False, False
        desk, record_id = shell.desk, session.record.record_id
        kept = session.record.half.get(PLACE)
        self._trail = UndoTrail(kept.raw if kept is not None else None)
        self._autosave = Autosave(
            shell, record_id, lambda path, value: editing.save(desk, record_id, path, value), self
        )
        session.altered.connect(self._note)

    def back(self) -> str:
        """The place that was changed; empty when nothing is left to take back."""
        return self._go(self._trail.back, lambda step: (step.after, step.before))

    def again(self) -> str:
        return self._go(self._trail.again, lambda step: (step.before, step.after))

    def keep(self) -> None:
        """As the form is left."""
        if self._is_new:
            self._is_new = False
            self._autosave.later(PLACE, Half(self._trail.kept()))
            self._autosave.save_now()

    def _go(
        self,
        take: Callable[[], UndoStep | None],
        ends: Callable[[UndoStep], tuple[JSON | Half, JSON | Half]],
    ) -> str:
        while (step := take()) is not None:
            there, wanted = ends(step)
            if self._is_there(step.path) and self._session.standing(step.path) == there:
                self._put(step.path, wanted)
                return step.path
            self._trail.forget(step.path)
        return ""

    def _put(self, path: str, wanted: JSON | Half) -> None:
        self._is_at_work = self._is_new = True
        if isinstance(wanted, Half):
            self._session.set_aside(path, wanted.raw, wanted.problem)
        else:
            self._session.put(path, wanted)
        self._is_at_work = False

    def _is_there(self, path: str) -> bool:
        """What is asked no longer is not changed behind a person's back; a row that was taken out is put back by its
        own button."""
        parsed = parse_path(path)
        rows = self._session.rows(parsed.group) if parsed.group else ()
        is_row_here = not parsed.group or any(row.id == parsed.row and not row.removed for row in rows)
        return is_row_here and self._session.shows(path)

    def _note(self, path: str, before: JSON | Half, after: JSON | Half) -> None:
        if not self._is_at_work and before != after:
            self._is_new = True
            self._trail.note(path, before, after, time.monotonic())
