"""Beginning a record: for which child, and which form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.flows import children as flow
from desktop.flows.beginning import begin
from desktop.flows.children import Child
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.drop_down import DropDown
from desktop.ui.kit.layout import column, empty
from desktop.ui.kit.line_button import LineButton
from desktop.ui.kit.panels import Card, Scroller
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

HIDDEN = {"child", "note", "appointment", "action"}


class NewScreen(Screen):
    """With a child chosen, one press begins; a new child is a record too."""

    place = "today"

    def __init__(self, shell: Shell, child_id: str = "") -> None:
        super().__init__(shell)
        self.child_id = child_id
        self._page = Scroller(gap=16, name="new")
        column(self).addWidget(self._page)

    def title(self) -> str:
        return "New record"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("New record"))

    def start(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.children(desk), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, children: tuple[Child, ...]) -> None:
        empty(self._page.box)
        self._who = DropDown(
            [(child.child_id, child.name_and_age) for child in children], name="new/child", label="Which child?"
        )
        self._who.put(self.child_id or None)
        self._who.setMaximumWidth(look().px(480))
        self._page.add(titled("Which child?", "Those on this laptop, by name.", self._who))
        self._page.add(self._forms())
        self._page.add(self._new_child())
        self._page.box.addStretch(1)
        self._who.setFocus()

    def _forms(self) -> Card:
        catalogue = self.shell.desk.catalogue
        card = Card("Which record?")
        for form_id in catalogue.ids():
            if form_id in HIDDEN:
                continue
            form = catalogue.form(form_id)
            line = LineButton(form.title, form.about, name=f"new/{form_id}")
            line.clicked.connect(lambda _on=False, form_id=form_id: self._begin(form_id))
            card.add(line)
        return card

    def _new_child(self) -> Card:
        card = Card("Somebody who is not here yet")
        line = LineButton("Add a child", "Name, date of birth and who to reach.", name="new/add-child")
        line.clicked.connect(lambda: self._make("child", ""))
        card.add(line)
        return card

    def _begin(self, form_id: str) -> None:
        child_id = self._who.code()
        if child_id is None:
            self.shell.messages.problem("Choose the child first.")
            self._who.setFocus()
            return
        self._make(form_id, child_id)

    def _make(self, form_id: str, child_id: str) -> None:
        desk = self.shell.desk
        self.shell.once(self, lambda: begin(desk, form_id, child_id), self._made)

    def _made(self, record_id: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", record_id)
