"""The children whose records are on this laptop, with what is known and due of each; by name, or by what is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted
from desktop.flows.caseload.cross_list import may_cross
from desktop.flows.child import child_lines as flow
from desktop.flows.child.child_lines import ChildLine, ChildOrder, ChildrenListed, WantedChildren
from desktop.flows.due.new_record import begins_anything
from desktop.flows.harbouring.harbouring_notices import holds_harbouring
from desktop.ui.child.child_row import ChildRow
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column, empty
from desktop.ui.kit.basics.panels import Card, Scroller
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look

FEW = 30
PAUSE_MS = 200
ORDERS = ((ChildOrder.DUE.value, "What is due first"), (ChildOrder.CONTACT.value, "Longest not met, by what is here"))
NONE_HERE = "No children on this laptop yet. Add one with New record, or send and receive."
NONE_KEPT = "No child’s record is kept on this laptop. What is sent to you about a child stands on Today."


class ChildrenScreen(Screen):
    """Those who are missing first; a person finds one faster with Find."""

    place = "children"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._lines: dict[str, ChildLine] = {}
        self._words = line_box("children/words", "Name")
        self._words.setMaximumWidth(look().px(220))
        self._status = DropDown(
            flow.statuses(shell.desk), name="children/status", label="Status", nothing="Every status"
        )
        self._order = DropDown(ORDERS, name="children/order", label="Order", nothing="By name")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.refresh)
        self._words.textEdited.connect(lambda _text: self._timer.start(PAUSE_MS))
        self._kept = KeptBox(shell, "children", "words", self._words)
        self._kept.came.connect(self.refresh)
        page = column(self, gap=look().room(12), margins=(0, 16, 0, 0))
        page.addWidget(self._asking())
        self._page = Scroller(gap=8, name="children")
        page.addWidget(self._page, 1)

    def title(self) -> str:
        return "Children"

    def subtitle(self) -> str:
        return "Those whose records are on this laptop."

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Children"))

    def acts(self) -> Sequence[QWidget]:
        new = Button("New record", name="children/new", icon="plus", key="Ctrl+N")
        new.clicked.connect(lambda: self.shell.go("new"))
        cross = Button("Cross-list", name="children/cross")
        cross.clicked.connect(lambda: self.shell.go("cross_list"))
        harbouring = Button("Harbouring notices", name="children/harbouring")
        harbouring.clicked.connect(lambda: self.shell.go("harbouring"))
        notices = (harbouring,) if holds_harbouring(self.shell.desk) else ()
        crosses = (cross,) if may_cross(self.shell.desk.officer.role) else ()
        return (*notices, *crosses, new) if begins_anything(self.shell.desk) else (*notices, *crosses)

    def start(self) -> None:
        self.refresh()
        self._status.currentIndexChanged.connect(lambda _place: self.refresh())
        self._order.currentIndexChanged.connect(lambda _place: self.refresh())

    def refresh(self) -> None:
        desk, wanted = self.shell.desk, self._wanted()
        self.shell.run(self, lambda: (wanted, flow.listed(desk, wanted, first=FEW)), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def first_focus(self) -> QWidget | None:
        return self._words

    def _asking(self) -> QWidget:
        asking, name = QWidget(), label("Name", "caption", "muted", wrap=False)
        line = Flow(asking, gap=8)
        name.setFixedHeight(look().room(40))
        for widget in (name, self._words, self._status, self._order):
            line.addWidget(widget)
        holder = QWidget()
        column(holder, margins=(24, 0, 24, 0)).addWidget(asking)
        return holder

    def _wanted(self) -> WantedChildren:
        order = ChildOrder(self._order.code() or ChildOrder.NAME)
        return WantedChildren(self._words.text(), self._status.code() or "", order)

    def _show(self, read: tuple[WantedChildren, ChildrenListed]) -> None:
        wanted, found = read
        if wanted != self._wanted():
            return  # another answer is on its way
        empty(self._page.box)
        self._lines = dict(found.lines)
        if not found.held:
            begins = begins_anything(self.shell.desk)
            self._page.add(label(NONE_HERE if begins else NONE_KEPT, "body"))
        elif not found.children:
            self._page.add(label(f"None of {counted(found.held, 'child', 'children')} here is called so.", "body"))
        else:
            self._page.add(self._card(found))
        self._page.box.addStretch(1)

    def _card(self, found: ChildrenListed) -> Card:
        of_all = counted(found.held, "child", "children")
        shown = of_all if len(found.children) == found.held else f"{len(found.children)} of {of_all}"
        card = Card()
        makers = [partial(self._row, child.child_id) for child in found.children]
        ids = [child.child_id for child in found.children]
        rows = FewAtATime(makers, first=FEW, name="children/more", about="Children", fetch=partial(self._fetch, ids))
        card.add(rows)
        self._page.add(label(shown, "caption", "muted", name="children/count"))
        return card

    def _row(self, child_id: str) -> QWidget:
        return ChildRow(self.shell, self._lines[child_id], name=f"children/{child_id}")

    def _fetch(self, ids: Sequence[str], first: int, last: int, go_on: Callable[[], None]) -> None:
        """What the next rows say, unless the order has had all of them read."""
        desk, unread = self.shell.desk, [one for one in ids[first:last] if one not in self._lines]

        def came(found: Mapping[str, ChildLine]) -> None:
            self._lines.update(found)
            go_on()

        self.shell.run(self, lambda: flow.lines_of(desk, unread), came)
