"""Problems on the form: the summary, the words beside each box, and going from one to the next."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget

from casework.forms.findings import Finding
from casework.records import cell_path
from desktop.ui.form.section_page import SectionPage
from desktop.ui.form.session import Session
from desktop.ui.form.signature_inks import signature_inks
from desktop.ui.form.summary import ProblemSummary, problem_title
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.fields.attachments_field import AttachmentsEditor
from desktop.ui.kit.fields.consent_grid import ConsentEditor
from desktop.ui.kit.fields.field import Field
from desktop.ui.kit.fields.rows import RowsEditor


class Form(Protocol):
    """What looking for problems asks of the form's screen."""

    shell: Shell
    session: Session
    page: SectionPage

    def here(self) -> str: ...

    def save_now(self) -> None: ...

    def visit(self, finding: Finding) -> None: ...

    def reveal(self, widget: QWidget) -> None: ...

    def show_summary(self, widget: QWidget | None) -> None: ...


class Problems:
    """Never looks while a person types; only at Save and continue, Check for gaps, and F8."""

    def __init__(self, screen: Form) -> None:
        self._screen = screen
        self._last: Finding | None = None
        self.standing = False

    def show_for(self, section_id: str) -> bool:
        """Shows what this section still needs; False when it needs nothing."""
        found = [finding for finding in self._blocking() if finding.section_id == section_id]
        return self._show(found)

    def show_all(self) -> None:
        """Check for gaps: the whole record, at any moment."""
        self._screen.save_now()
        found = self._blocking()
        if not self._show(found):
            self._screen.shell.messages.news("No gaps. Everything that must be answered has an answer.")

    def clear(self) -> None:
        if self.standing:
            self.standing = False
            self._screen.show_summary(None)
        for field in self._fields():
            field.show_problem("")

    def next(self) -> None:
        """F8: the one after the last one visited, here first, then in the sections after."""
        found = self._blocking()
        if not found:
            self._screen.shell.messages.news("No problems left.")
            return
        places = [n for n, finding in enumerate(found) if self._last is not None and _same(finding, self._last)]
        if places:
            self._screen.visit(found[(places[0] + 1) % len(found)])
            return
        here = [finding for finding in found if finding.section_id == self._screen.here()]
        self._screen.visit((here or found)[0])

    def focus(self, finding: Finding) -> None:
        """Opens the row it is in, if it is in one, and gives its box the keyboard and its words."""
        self._last = finding
        field = next((f for f in self._fields() if f.question.id == finding.question_id), None)
        if field is None:
            return
        inner = _inner(field, finding)
        if isinstance(inner, Field):
            inner.show_problem(finding.text)
            target = inner.target()
        else:
            field.show_problem(finding.text)
            target = inner if inner is not None else field.target()
        target.setFocus()
        self._screen.reveal(inner or field)
        announce(target, finding.text, urgent=True)

    def _show(self, found: list[Finding]) -> bool:
        self.clear()
        if not found:
            return False
        self.standing = True
        for finding in reversed(found):
            self._beside(finding)
        summary = ProblemSummary(problem_title(len(found)), found)
        summary.chosen.connect(self._screen.visit)
        self._screen.show_summary(summary)
        summary.take_focus()
        return True

    def _beside(self, finding: Finding) -> None:
        """The same words at the question; the first of several wins."""
        for field in self._fields():
            if field.question.id == finding.question_id:
                inner = _inner(field, finding) if finding.row_id else None
                (inner if isinstance(inner, Field) else field).show_problem(finding.text)

    def _blocking(self) -> list[Finding]:
        """Signatures are asked for on the page after the last, so they are nobody's gap here."""
        session = self._screen.session
        inks = {question.id for question in signature_inks(session.record.definition)}
        return [f for f in session.findings() if f.blocks_signing and f.question_id not in inks]

    def _fields(self) -> list[Field]:
        return list(self._screen.page.fields.values())


def _inner(field: Field, finding: Finding) -> QWidget | None:
    """The box inside a row, once the row is open."""
    editor = field.editor
    if isinstance(editor, RowsEditor) and finding.row_id:
        editor.open_row(finding.row_id)
        card = editor.cards.get(finding.row_id)
        return card.fields.get(finding.column_id) if card is not None else None
    if isinstance(editor, ConsentEditor) and finding.row_id:
        path = cell_path(field.question.id, finding.row_id, finding.column_id or "decision")
        found = next((inner for inner in editor.findChildren(Field) if inner.path == path), None)
        return found or editor.line_of(finding.row_id)
    if isinstance(editor, AttachmentsEditor) and finding.row_id:
        path = cell_path(field.question.id, finding.row_id, finding.column_id or "")
        return next((inner for inner in editor.findChildren(Field) if inner.path == path), None)
    return None


def _same(one: Finding, other: Finding) -> bool:
    return (one.question_id, one.row_id, one.column_id) == (other.question_id, other.row_id, other.column_id)
