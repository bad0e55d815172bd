"""Where the notes stand: beside the form, put away, or alone on the page while somebody talks (drawing 31)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.form.notes_pane import NotesPane
from desktop.ui.form.noting import Noting
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.theme import look


class NotesPlace(QObject):
    """`taken`: whether this role takes notes here; the council would not take in another's."""

    changed = Signal()
    left = Signal()  # the page of their own, for the form

    def __init__(self, noting: Noting, now: datetime, parent: QObject, *, taken: bool) -> None:
        super().__init__(parent)
        self._noting, self._taken = noting, taken
        self._form: Sequence[QWidget] = ()
        self._beside = taken and not look().narrow
        self.alone = False
        self.pane = NotesPane(noting.lines, noting.open_line, now, narrow=look().narrow)
        self.pane.hidden_asked.connect(self.put_away)
        self.pane.page_asked.connect(self.flip_page)
        self.pane.typed.connect(self._typed)
        self.pane.ended.connect(noting.end_line)
        self.pane.used.connect(noting.use)
        self.pane.corrected.connect(noting.correct)
        self.pane.taken_out.connect(noting.take_out)
        self.pane.put_back.connect(noting.put_back)
        self.pane.asked_anew.connect(self._show_lines)
        noting.changed.connect(self._show_lines)
        if not self._beside:
            self.pane.hide()  # and never shown before it has a parent: it would open as a window

    def lies_before(self, *form: QWidget) -> None:
        """What gives way to them."""
        self._form = form

    def button(self) -> tuple[Button, ...]:
        """None where they stand in sight, or are not taken."""
        if not self._taken or not (self.pane.isHidden() or look().narrow):
            return ()
        count = len(self._noting.lines) + (self._noting.open_line is not None)
        button = Button(f"Notes, {count}" if count else "Notes", name="form/notes", icon="notebook-pen")
        button.clicked.connect(self.bring)
        return (button,)

    def bring(self) -> None:
        """Beside the form; where there is no room, in its place."""
        if look().narrow:
            self.flip_page()
            return
        self._beside = True
        self._stand(alone=False)

    def put_away(self) -> None:
        """From beside the form; from the page, back to the form."""
        self._beside = self._beside and self.alone
        self._stand(alone=False)

    def flip_page(self) -> None:
        """Ctrl+Shift+N, and again."""
        if self._taken:
            self._stand(alone=not self.alone)

    def _stand(self, *, alone: bool) -> None:
        leaves, self.alone = self.alone and not alone, alone
        self.pane.stand_alone(alone=alone)
        for part in self._form:
            part.setHidden(alone)
        self.pane.setVisible(alone or self._beside)
        if alone:
            self.pane.take_keyboard()
        self.changed.emit()
        if leaves:
            self.left.emit()

    def _typed(self, words: str) -> None:
        self._noting.typed(words)
        self.pane.show_begun(self._noting.open_line)

    def _show_lines(self) -> None:
        self.pane.show_notes(self._noting.lines, self._noting.open_line)
