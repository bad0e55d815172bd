"""Blank forms to print: which form, for whom, and how large; and where they come back, filled in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.flows import children as flow
from desktop.flows.children import Child
from desktop.flows.due.new_record import NOTHING_TO_BEGIN
from desktop.flows.papers.blank_forms import BlankForm, blanks_offered, languages_offered, save_blank, suggested_blank
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.papers.returned_card import ReturnedCard
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

Languages = tuple[tuple[str, str], ...]


class BlankFormsScreen(Screen):
    """One press asks where to save the form that is pressed."""

    place = "today"

    def __init__(self, shell: Shell, child_id: str = "") -> None:
        super().__init__(shell)
        self.child_id = child_id
        self._page = Scroller(gap=16, name="blank")
        column(self).addWidget(self._page)
        self._large = CheckBox("Large type, 16 point", name="blank/large")
        self._who: DropDown | None = None
        self._language: DropDown | None = None

    def title(self) -> str:
        return "Blank forms"

    def subtitle(self) -> str:
        return "To print and fill in with a pen, where a laptop may not go."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("New record", Where("new", self.child_id)), Crumb("Blank forms"))

    def start(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: (flow.children(desk), blanks_offered(desk), languages_offered(desk)), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._who

    def bookmark(self) -> Where | None:
        return Where("blank", self.child_id)

    def _show(self, found: tuple[tuple[Child, ...], tuple[BlankForm, ...], Languages]) -> None:
        children, forms, languages = found
        empty(self._page.box)
        who = DropDown(
            [(child.child_id, child.name_and_age) for child in children],
            name="blank/whose",
            label="Whose name stands on it?",
            nothing="Nobody’s",
        )
        who.put(self.child_id or None)
        who.setMaximumWidth(look().px(480))
        self._who = who
        self._page.add(ReturnedCard(self.shell))
        hint = "Without a name the form can lie in a bag or a car and tell nobody anything."
        self._page.add(titled("Whose name stands on it?", hint, who))
        self._page.add(self._large)
        self._page.add(self._languages(languages))
        self._page.add(self._forms(forms))
        self._page.box.addStretch(1)
        who.setFocus()

    def _languages(self, on: Languages) -> QWidget:
        """Beside English, never in its place; with none on, one sentence says so."""
        self._language = None
        if not on:
            none = "Forms print in English. Your council has switched on no other language."
            return label(none, "caption", "muted", name="blank/language/none")
        self._language = DropDown(on, name="blank/language", label="Which language beside English?", nothing="None")
        self._language.setMaximumWidth(look().px(480))
        hint = "The family’s questions in both languages: in the interview, both visits and the Find Me Plan."
        return titled("Which language beside English?", hint, self._language)

    def _forms(self, forms: Sequence[BlankForm]) -> Card:
        card = Card("Which form?")
        if not forms:
            side, gap = look().room(16), look().room(10)
            none = label(NOTHING_TO_BEGIN, "body", "muted")
            card.add(padded(none, (side, gap, side, gap)))
        for form in forms:
            line = LineButton(form.title, form.about, name=f"blank/{form.form_id}")
            line.clicked.connect(partial(self._ask, form.form_id))
            card.add(line)
        return card

    def _ask(self, form_id: str, _on: bool = False) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the blank form", suggested_blank(form_id), "PDF (*.pdf)")
        if name:
            self.save(form_id, Path(name))

    def save(self, form_id: str, to: Path) -> None:
        """Writes the form on the store’s thread, with the child’s name on it if one was chosen."""
        desk, child, large = self.shell.desk, (self._who.code() if self._who else None) or "", self._large.isChecked()
        language = (self._language.code() if self._language else None) or ""
        deed = partial(save_blank, desk, form_id, to, child_id=child, large=large, language=language)
        self.shell.run(self, deed, self.shell.messages.news)
