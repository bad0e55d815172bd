"""Who chairs a group for a while without holding every child: whoever manages the group names them, until a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import local
from casework.errors import KnownError
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import GROUPS, GroupKind
from desktop.flows.groups import group_chairs as flow
from desktop.flows.groups.group_chairs import GroupChairs
from desktop.ui.frame.naming_until import Naming, NamingCards
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Scroller

TOLD = (
    "Whoever chairs is told of every child whom the rules put on the agenda: name and age, why, what has changed, "
    "which plan, and who the worker is. They are given no record. When the day is over nothing more is told."
)
ASKING = "Asking the council…"
NAMING = Naming("chair", "Name a chair", "Name as chair", "name", "Who chairs now")


class ChairScreen(Screen):
    """Needs the council: it is the service that tells the chair. Its filled button names one."""

    place = "groups"

    def __init__(self, shell: Shell, kind: str) -> None:
        super().__init__(shell)
        self._kind = GroupKind(kind) if kind in set(GroupKind) else GroupKind.OPERATIONAL
        self._page = Scroller(gap=16, name="chair")
        column(self).addWidget(self._page)
        self._said = label(ASKING, "body", name="chair/said")
        self._cards = NamingCards(NAMING, name=self.primary, end=self._end)
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
        chosen = self._cards.chosen()
        if chosen is None:
            self._said.setText("Choose who is to chair, and until when.")
            return
        self._ask(partial(flow.set_chair, self.shell.desk, self._kind, *chosen), self._not_answered)

    def _end(self, officer_id: OfficerId) -> None:
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
        self._said.setText(TOLD if found.officers else flow.NOBODY)
        self._cards.show_officers(found.officers, flow.last_days(local(self.shell.now()).date()))
