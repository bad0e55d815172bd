"""The form’s place in the window: waiting for the record, and then the form itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from casework.forms.definition import Section
from desktop.ui.commission.page import commission_button
from desktop.ui.form.case_button import case_buttons
from desktop.ui.form.form_loading import Opened, opened
from desktop.ui.form.open_form import OpenForm
from desktop.ui.form.ways_from_record import before_button, letters_button, told_button, visit_button
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.layout import row


class FormScreen(Screen):
    """`part` is a section id, or section/question as a Change link gives it. Keys pressed before the record has come
    do nothing."""

    place = "children"

    def __init__(self, shell: Shell, record_id: str, part: str = "") -> None:
        super().__init__(shell)
        self.record_id = record_id
        self._part = part
        self._form: OpenForm | None = None
        self._whole = row(self, gap=0)

    def title(self) -> str:
        return self._form.opened.record.definition.title if self._form is not None else ""

    def has_problem(self) -> bool:
        return self._form is not None and self._form.problems.standing

    def subtitle(self) -> str:
        return self._form.opened.line if self._form is not None else ""

    def crumbs(self) -> Sequence[Crumb]:
        if self._form is None:
            return (Crumb("Today", Where("today")),)
        record = self._form.opened.record
        child = Crumb(record.child.name, Where("child", record.child.child_id))
        return (Crumb("Today", Where("today")), child, Crumb(record.definition.short_title))

    def acts(self) -> Sequence[QWidget]:
        if self._form is None:
            return ()
        record = self._form.opened.record
        about = (
            *before_button(self.shell, record),
            *case_buttons(self.shell, record),
            *visit_button(self.shell, record),
            *letters_button(self.shell, record),
            *commission_button(self.shell, record.definition.id, record.record_id),
        )
        return (*told_button(self.shell, record), *about, *self._form.acts())

    def panes(self) -> Sequence[QWidget]:
        return self._form.panes() if self._form is not None else ()

    def tab_groups(self) -> Sequence[QWidget]:
        return self._form.tab_groups() if self._form is not None else (self,)

    def sections(self) -> list[Section]:
        return self._form.sections() if self._form is not None else []

    def start(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: opened(desk, self.record_id), self._open, self._gone)

    def leave(self) -> None:
        self._do(OpenForm.save_now)
        self._do(OpenForm.keep_undo)
        if self._form is not None:
            self.shell.seal(self.record_id)

    def save_now(self) -> None:
        self._do(OpenForm.save_now)

    def primary(self) -> None:
        self._do(OpenForm.save_and_go_on)

    def next_problem(self) -> None:
        self._do(lambda form: form.problems.next())

    def export(self) -> None:
        self.shell.go("documents", self.record_id)

    def check_spelling(self) -> None:
        self._do(OpenForm.check_spelling)

    def undo(self) -> None:
        self._do(OpenForm.undo)

    def redo(self) -> None:
        self._do(OpenForm.redo)

    def history(self) -> None:
        """Of the answer with the keyboard, or the one that had it last."""
        self.shell.go("history", self.record_id, self._form.path_here() if self._form is not None else "")

    def use_note(self) -> None:
        self._do(OpenForm.use_note)

    def notes_page(self) -> None:
        self._do(OpenForm.flip_notes_page)

    def show_section(self, section_id: str) -> None:
        self._do(lambda form: form.show_section(section_id))

    def bookmark(self) -> Where:
        if self._form is None:
            return Where("form", self.record_id, self._part)
        return Where("form", self.record_id, self._form.here())

    def ready_for(self, box: str) -> None:
        """Opens the row that the box is in."""
        self._do(lambda form: form.open_row_of(box))

    def _do(self, act: Callable[[OpenForm], None]) -> None:
        if self._form is not None:
            act(self._form)

    def _gone(self, error: KnownError) -> None:
        """The record left this laptop since; said on a page that is not empty."""
        self.shell.go("today")
        self.shell.say(error)

    def _open(self, found: Opened) -> None:
        if found.record.read_only:
            self.shell.go("sign", self.record_id)
            return
        self._form = OpenForm(self.shell, found, self._part)
        self._form.heading_changed.connect(self.heading_changed)
        self._whole.addWidget(self._form)
        self.heading_changed.emit()
        self._form.focus_asked()
