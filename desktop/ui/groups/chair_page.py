"""Who chairs a group for a while without holding every child: whoever manages the group names them, until a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import day, local
from casework.errors import KnownError
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import GROUPS, GroupKind
from desktop.flows.groups import group_chairs as flow
from desktop.flows.groups.group_chairs import AbleToChair, GroupChairs
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, beside, column, empty, spacer
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.theme import look

TOLD = (
    "Whoever chairs is told of every child whom the rules put on the agenda: name and age, why, what has changed, "
    "which plan, and who the worker is. They are given no record. When the day is over nothing more is told."
)
ASKING = "Asking the council…"


class ChairScreen(Screen):
    """Needs the council: it is the service that tells the chair. Its filled button names one."""

    place = "groups"

    def __init__(self, shell: Shell, kind: str) -> None:
        super().__init__(shell)
        self._kind = GroupKind(kind) if kind in set(GroupKind) else GroupKind.OPERATIONAL
        self._page = Scroller(gap=16, name="chair")
        column(self).addWidget(self._page)
        self._said = label(ASKING, "body", name="chair/said")
        self._cards = QWidget()
        self._box = column(self._cards, gap=16)
        self._page.add(self._said)
        self._page.add(self._cards)
        self._page.box.addStretch(1)

    def title(self) -> str:
        return "Who chairs"

    def subtitle(self) -> str:
        return GROUPS[self._kind].title

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Groups", Where("groups")), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        again = Button("Ask again", name="chair/again", icon="refresh-cw")
        again.clicked.connect(self.refresh)
        return (again,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        self._ask(partial(flow.chairs, self.shell.desk, self._kind), self._unheard)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def primary(self) -> None:
        officer, last = (self._code(f"chair/{name}") for name in ("who", "until"))
        if not officer or not last:
            self._said.setText("Choose who is to chair, and until when.")
            return
        self._ask(
            partial(flow.set_chair, self.shell.desk, self._kind, OfficerId(officer), date.fromisoformat(last)),
            self._not_answered,
        )

    def _code(self, name: str) -> str:
        box = self.findChild(DropDown, name)
        return (box.code() or "") if box is not None else ""

    def _end(self, officer_id: OfficerId, _on: bool = False) -> None:
        self._ask(partial(flow.set_chair, self.shell.desk, self._kind, officer_id, None), self._not_answered)

    def _ask(self, deed: Callable[[], GroupChairs], failed: Callable[[KnownError], None]) -> None:
        self._said.setText(ASKING)
        self.shell.fetch(self, deed, self._show, failed)

    def _unheard(self, error: KnownError) -> None:
        self._said.setText(f"{error} Nobody was named, and nothing ended. Ask again when the council can be reached.")

    def _not_answered(self, error: KnownError) -> None:
        """The council may have done it, and only its answer was lost."""
        self._said.setText(f"{error} Ask again to see who chairs now.")

    def _show(self, found: GroupChairs) -> None:
        empty(self._box)
        self._said.setText(TOLD if found.officers else flow.NOBODY)
        if found.officers:
            self._box.addWidget(self._naming(found))
        chairing = [one for one in found.officers if one.until]
        if chairing:
            self._box.addWidget(self._chairing(chairing))

    def _naming(self, found: GroupChairs) -> Card:
        card = Card("Name a chair")
        people = [(one.officer_id, one.name) for one in found.officers]
        who = DropDown(people, name="chair/who", label="Who", nothing="Choose who")
        days = flow.last_days(local(self.shell.now()).date())
        until = DropDown(days, name="chair/until", label="Until when")
        until.put(days[1][0])
        names = Button("Name as chair", name="chair/name", kind="primary", key="Ctrl+Enter")
        names.clicked.connect(self.primary)
        holder = QWidget()
        line = Flow(holder, gap=8)
        for widget in (who, until, names):
            line.addWidget(widget)
        card.add(padded(holder, (16, 12, 16, 12)))
        return card

    def _chairing(self, those: Sequence[AbleToChair]) -> Card:
        card = Card("Who chairs now")
        for number, one in enumerate(those):
            said = label(f"{one.name}, until {day(one.until) if one.until else ''}", "body")
            end = Button("End it now", name=f"chair/end/{one.officer_id}", small=True)
            end.setAccessibleDescription(one.name)
            end.clicked.connect(partial(self._end, one.officer_id))
            side = look().room(16)
            card.add(padded(beside(said, spacer(), end, gap=8), (side, 8, side, 8)), line=number > 0)
        return card
