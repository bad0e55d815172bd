"""Who is at a meeting, and putting a child on its agenda."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.forms import Definition
from desktop.flows.children import Child
from desktop.flows.groups.minutes import Minutes
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, spacer, stacked
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled


class WhoIsHere(QWidget):
    """`came` carries whether the person is here; `put_on` when a child is to be spoken of."""

    came = Signal(bool)
    put_on = Signal()

    def __init__(self, found: Minutes, form: Definition, children: Sequence[Child]) -> None:
        super().__init__()
        column_of = form.question("members").column("agency")
        options = [(option.code, option.label) for option in column_of.options] if column_of else []
        self.name = line_box("meeting/member/name", "Name")
        self.agency = DropDown(options, name="meeting/member/agency", label="Agency", nothing="No agency said")
        on_it = {item.child.child_id for item in found.items}
        free = [(one.child_id, one.name_and_age) for one in children if one.child_id not in on_it]
        self.child = DropDown(free, name="meeting/put_on/child", label="Which child", nothing="Choose a child")
        self.why = line_box("meeting/put_on/why", "Why the child is to be spoken of")
        page = column(self, gap=look().room(16))
        page.addWidget(self._members(found))
        if found.may_write:
            page.addWidget(self._putting_on())

    def _members(self, found: Minutes) -> Card:
        card = Card("Who is here", icon="users")
        card.add(_padded(label(f"Chair: {found.meeting.chair or 'nobody said'}")))
        for one in found.meeting.members:
            state = {True: "Here", False: "Apologies", None: "Expected"}[one.came]
            card.add(_padded(label(f"{one.name}{f', {one.agency}' if one.agency else ''}. {state}")))
        if found.may_write:
            here = Button("Is here", name="meeting/member/here", icon="plus")
            away = Button("Sent apologies", name="meeting/member/away")
            here.clicked.connect(self._is_here)
            away.clicked.connect(self._is_away)
            boxes = stacked(titled("Name", "", self.name), titled("Agency", "", self.agency), gap=look().room(10))
            card.add(_padded(stacked(boxes, beside(here, away, spacer()), gap=look().room(10))))
        return card

    def _is_here(self) -> None:
        self.came.emit(True)

    def _is_away(self) -> None:
        self.came.emit(False)

    def _putting_on(self) -> Card:
        card = Card("Put a child on", icon="user-plus")
        act = Button("Put on the agenda", name="meeting/put_on")
        act.clicked.connect(self.put_on)
        why = titled("Why", "It stands beside your name on the agenda.", self.why)
        boxes = (titled("Which child", "", self.child), why, beside(act, spacer(), gap=0))
        card.add(_padded(stacked(*boxes, gap=look().room(10))))
        return card


def _padded(widget: QWidget) -> QWidget:
    side = look().room(16)
    return padded(widget, (side, look().room(8), side, look().room(10)))
