"""Beginning a record: for which child, and which form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.flows import children as flow
from desktop.flows.children import Child
from desktop.flows.due.new_record import begin, forms_to_begin, nothing_to_begin
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

HIDDEN = {"child", "note", "appointment", "action"}


class NewScreen(Screen):
    """With a child chosen, one press begins; a new child is a record too."""

    place = "today"

    def __init__(self, shell: Shell, child_id: str = "") -> None:
        super().__init__(shell)
        self.child_id, self._may_begin = child_id, forms_to_begin(shell.desk)
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
        who = DropDown(
            [(child.child_id, child.name_and_age) for child in children], name="new/child", label="Which child?"
        )
        who.put(self.child_id or None)
        who.setMaximumWidth(look().px(480))
        self._page.add(titled("Which child?", "Those on this laptop, by name.", who))
        self._page.add(self._forms(who))
        if "child" in self._may_begin:
            self._page.add(self._new_child())
        self._page.add(self._by_hand(who))
        self._page.box.addStretch(1)
        who.setFocus()

    def _forms(self, who: DropDown) -> Card:
        catalogue = self.shell.desk.catalogue
        card = Card("Which record?")
        forms = [form_id for form_id in self._may_begin if form_id not in HIDDEN]
        if not forms:
            side, gap = look().room(16), look().room(10)
            none = label(nothing_to_begin(self.shell.desk), "body", "muted")
            card.add(padded(none, (side, gap, side, gap)))
        for form_id in forms:
            form = catalogue.form(form_id)
            line = LineButton(form.title, form.about, name=f"new/{form_id}")
            line.clicked.connect(lambda _on=False, form_id=form_id: self._begin(form_id, who))
            card.add(line)
        return card

    def _new_child(self) -> Card:
        card = Card("Somebody who is not here yet")
        line = LineButton("Add a child", "Name, date of birth and who to reach.", name="new/add-child")
        line.clicked.connect(lambda: self._make("child", ""))
        card.add(line)
        return card

    def _by_hand(self, who: DropDown) -> Card:
        card = Card("Where a laptop may not go")
        line = LineButton("Blank forms", "Print one and fill it in with a pen.", name="new/blank")
        line.clicked.connect(lambda: self.shell.go("blank", who.code() or ""))
        card.add(line)
        return card

    def _begin(self, form_id: str, who: DropDown) -> None:
        child_id = who.code()
        if child_id is None:
            self.shell.messages.problem("Choose the child first.")
            who.setFocus()
            return
        self._make(form_id, child_id)

    def _make(self, form_id: str, child_id: str) -> None:
        desk = self.shell.desk
        self.shell.once(self, lambda: begin(desk, form_id, child_id), self._made)

    def _made(self, record_id: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", record_id)
