"""Another agency: who could hold the interview of this episode, until when, and who has it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import local
from casework.errors import KnownError
from casework.identifiers import OfficerId
from desktop.flows.council import commissioning_out as flow
from desktop.flows.council.commissioning_out import Commissions
from desktop.ui.frame.naming_until import Naming, NamingCards
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Scroller

GETS = (
    "They get the child’s facts, this episode, and the interview they write about it; nothing else. When the day is "
    "over their laptop erases it, and what they wrote stays with you. You check the interview afterwards."
)
NAMING = Naming("commission", "Give this episode", "Give the episode", "give", "Who has it now")


class CommissionScreen(Screen):
    """Needs the council: it is the service that gives the episode. Its filled button gives it."""

    place = "children"

    def __init__(self, shell: Shell, episode_id: str) -> None:
        super().__init__(shell)
        self._episode = episode_id
        self._found: Commissions | None = None
        self._page = Scroller(gap=16, name="commission")
        column(self).addWidget(self._page)
        self._said = label("Asking the council…", "body", name="commission/said")
        self._cards = NamingCards(NAMING, name=self.primary, end=self._end)
        self._page.add(self._said)
        self._page.add(self._cards)
        self._page.box.addStretch(1)

    def title(self) -> str:
        return "Ask another agency"

    def subtitle(self) -> str:
        return self._found.child if self._found else ""

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Episode", Where("form", self._episode)), Crumb(self.title()))

    def acts(self) -> Sequence[QWidget]:
        again = Button("Ask again", name="commission/again", icon="refresh-cw")
        again.clicked.connect(self.refresh)
        return (again,)

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk, episode = self.shell.desk, self._episode
        self._said.setText("Asking the council…")
        self.shell.fetch(self, lambda: flow.commissions(desk, episode), self._show, self._unheard)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def primary(self) -> None:
        chosen = self._cards.chosen()
        if chosen is None:
            self._said.setText("Choose who is to hold the interview, and until when.")
            return
        self._ask(partial(flow.give_episode, self.shell.desk, self._episode, *chosen))

    def _end(self, officer_id: OfficerId) -> None:
        self._ask(partial(flow.end_commission, self.shell.desk, self._episode, officer_id))

    def _ask(self, deed: Callable[[], Commissions]) -> None:
        self._said.setText("Asking the council…")
        self.shell.fetch(self, deed, self._show, self._not_answered)

    def _not_answered(self, error: KnownError) -> None:
        """The council may have done it, and only its answer was lost."""
        self._said.setText(f"{error} Ask again to see who has the episode now.")

    def _unheard(self, error: KnownError) -> None:
        """It asks once, and not by itself: a person decides about this while they look at it."""
        self._said.setText(f"{error} Nothing was given or ended. Ask again when the council can be reached.")

    def _show(self, found: Commissions) -> None:
        self._found = found
        self._said.setText(GETS if found.interviewers else flow.NOBODY)
        self._cards.show_officers(found.interviewers, flow.days_offered(local(self.shell.now()).date()))
        self.heading_changed.emit()


def commission_button(shell: Shell, form_id: str, record_id: str) -> tuple[Button, ...]:
    """None for another record, or for who is no manager."""
    if not flow.may_commission(shell.desk, form_id):
        return ()
    button = Button("Ask another agency", name="record/commission", icon="send")
    button.clicked.connect(lambda: shell.go("commission", record_id))
    return (button,)
