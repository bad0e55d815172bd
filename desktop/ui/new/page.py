"""Beginning a record: for which child, and which form."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.flows import children as flow
from desktop.flows.children import Child
from desktop.flows.due.new_record import NOTHING_TO_BEGIN, begin, forms_to_begin
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, empty
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.new.child_chooser import ChildChooser
from desktop.ui.theme import look

HIDDEN = {"child", "note", "appointment", "action"}


class NewScreen(Screen):
    """It begins with the child; then one press begins the record. A new child is a record too."""

    place = "today"

    def __init__(self, shell: Shell, child_id: str = "") -> None:
        super().__init__(shell)
        self.child_id, may_begin = child_id, forms_to_begin(shell.desk)
        self._begins_child = "child" in may_begin
        self._forms = [form_id for form_id in may_begin if form_id not in HIDDEN]
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
        child = next((one for one in children if one.child_id == self.child_id), None)
        if child is not None:
            self._page.add(self._about(child))
        elif children and self._forms:
            self._page.add(self._who(children))
        if child is not None or not self._forms:
            self._page.add(self._forms_card())
        if self._begins_child:
            self._page.add(self._new_child())
        self._page.add(self._by_hand())
        self._page.box.addStretch(1)
        chooser = self._page.findChild(ChildChooser)
        first = chooser.box_of_name if chooser is not None else self._page.findChild(LineButton)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _about(self, child: Child) -> QWidget:
        other = Link("About another child", name="new/other", size="caption")
        other.clicked.connect(lambda: self.shell.go("new"))
        return beside(label(f"About {child.name_and_age}", "strong", name="new/about"), other, stretch=0)

    def _who(self, children: Sequence[Child]) -> ChildChooser:
        card = ChildChooser(children)
        card.chosen.connect(lambda child_id: self.shell.go("new", child_id))
        return card

    def _forms_card(self) -> Card:
        catalogue = self.shell.desk.catalogue
        card = Card("Which record?")
        if not self._forms:
            side, gap = look().room(16), look().room(10)
            none = label(NOTHING_TO_BEGIN, "body", "muted")
            card.add(padded(none, (side, gap, side, gap)))
        for form_id in self._forms:
            form = catalogue.form(form_id)
            line = LineButton(form.title, form.about, name=f"new/{form_id}")
            line.clicked.connect(lambda _on=False, form_id=form_id: self._make(form_id, self.child_id))
            card.add(line)
        return card

    def _new_child(self) -> Card:
        card = Card("Somebody who is not here yet")
        line = LineButton("Add a child", "Name, date of birth and who to reach.", name="new/add-child")
        line.clicked.connect(lambda: self._make("child", ""))
        card.add(line)
        return card

    def _by_hand(self) -> Card:
        card = Card("Where a laptop may not go")
        line = LineButton("Blank forms", "Print one and fill it in with a pen.", name="new/blank")
        line.clicked.connect(lambda: self.shell.go("blank", self.child_id))
        card.add(line)
        return card

    def _make(self, form_id: str, child_id: str) -> None:
        desk = self.shell.desk
        self.shell.once(self, lambda: begin(desk, form_id, child_id), self._made)

    def _made(self, record_id: str) -> None:
        self.shell.outbox_changed.emit()
        self.shell.go("form", record_id)
