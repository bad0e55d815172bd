"""Where the notes stand: beside the form, put away, or alone on the page while somebody talks (drawing 31)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from casework.forms.definition import QuestionType, Section
from desktop.flows.access.preferences import AWAY, BESIDE, keep, preferences
from desktop.ui.form.notes_pane import NotesPane
from desktop.ui.form.noting import Noting
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.theme import look


class NotesPlace(QObject):
    """`taken`: whether this role takes notes here; the council would not take in another's. They stand beside the
    sections with long answers, for which they are used, unless the person wants them elsewhere."""

    changed = Signal()
    left = Signal()  # the page of their own, for the form

    def __init__(self, shell: Shell, noting: Noting, parent: QObject, *, taken: bool) -> None:
        super().__init__(parent)
        self._shell, self._noting, self._taken = shell, noting, taken
        self._form: Sequence[QWidget] = ()
        self._wish = preferences(shell.desk).notes
        self._is_of_use = False
        self.alone = False
        self.pane = NotesPane(noting.lines, noting.open_line, shell.now(), narrow=look().narrow)
        self.pane.hidden_asked.connect(self.put_away)
        self.pane.beside_asked.connect(self.bring)
        self.pane.page_asked.connect(self.flip_page)
        self.pane.typed.connect(self._typed)
        self.pane.ended.connect(noting.end_line)
        self.pane.used.connect(noting.use)
        self.pane.corrected.connect(noting.correct)
        self.pane.taken_out.connect(noting.take_out)
        self.pane.put_back.connect(noting.put_back)
        self.pane.asked_anew.connect(self._show_lines)
        noting.changed.connect(self._show_lines)
        self.pane.hide()  # and never shown before it has a parent: it would open as a window

    @property
    def count(self) -> int:
        return len(self._noting.lines) + (self._noting.open_line is not None)

    @property
    def is_out_of_sight(self) -> bool:
        """Taken, and not beside the form."""
        return self._taken and not self._beside

    @property
    def _beside(self) -> bool:
        by_rule = self._wish == BESIDE or (self._is_of_use and self._wish != AWAY)
        return self._taken and not look().narrow and by_rule

    def lies_before(self, *form: QWidget) -> None:
        """What gives way to them."""
        self._form = form

    def stand_at(self, section: Section, shown: frozenset[str], *, names: bool) -> None:
        """`names`: what was known before of those it asks about stands under them."""
        self._is_of_use = names or _is_written_at_length(section, shown)
        if not self.alone:
            self.pane.setVisible(self._beside)

    def button(self) -> tuple[Button, ...]:
        """For the head, where the foot has no room for it."""
        if not self._taken or not look().narrow:
            return ()
        button = Button(f"Notes, {self.count}" if self.count else "Notes", name="form/notes", icon="notebook-pen")
        button.clicked.connect(self.flip_page)
        return (button,)

    def bring(self) -> None:
        """Beside the form from now on; asked for where they would not stand by themselves, beside all of it."""
        self._wants("" if self._is_of_use else BESIDE)
        self._stand(alone=False)

    def put_away(self) -> None:
        """From beside the form; from the page, back to the form."""
        if not self.alone:
            self._wants(AWAY)
        self._stand(alone=False)

    def flip_page(self) -> None:
        """Ctrl+Shift+N, and again."""
        if self._taken:
            self._stand(alone=not self.alone)

    def _wants(self, wish: str) -> None:
        """Kept, so that it is so the next time."""
        self._wish, desk = wish, self._shell.desk
        self._shell.run(self._shell, lambda: keep(desk, replace(preferences(desk), notes=wish)), lambda _done: None)

    def _stand(self, *, alone: bool) -> None:
        leaves, self.alone = self.alone and not alone, alone
        self.pane.stand_alone(alone=alone, elsewhere=not self._beside and not look().narrow)
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


def _is_written_at_length(section: Section, shown: frozenset[str]) -> bool:
    asked = (question for question in section.questions if question.id in shown)
    return any(part.type is QuestionType.NARRATIVE for question in asked for part in (question, *question.columns))
