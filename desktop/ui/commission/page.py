"""Another agency: who could hold the interview of this episode, until when, and who has it now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import day, local
from casework.errors import KnownError
from casework.identifiers import OfficerId
from desktop.flows.council import commissioning_out as flow
from desktop.flows.council.commissioning_out import Commissions, Interviewer
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, beside, column, empty, spacer
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.theme import look

GETS = (
    "They get the child’s facts, this episode, and the interview they write about it; nothing else. When the day is "
    "over their laptop erases it, and what they wrote stays with you. You check the interview afterwards."
)


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
        self._cards = QWidget()
        self._box = column(self._cards, gap=16)
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
        officer, last = (self._code(f"commission/{name}") for name in ("who", "until"))
        if not officer or not last:
            self._said.setText("Choose who is to hold the interview, and until when.")
            return
        desk, episode, day_ = self.shell.desk, self._episode, date.fromisoformat(last)
        self._ask(lambda: flow.give_episode(desk, episode, OfficerId(officer), day_))

    def _code(self, name: str) -> str:
        box = self.findChild(DropDown, name)
        return (box.code() or "") if box is not None else ""

    def _end(self, officer_id: OfficerId, _on: bool = False) -> None:
        desk, episode = self.shell.desk, self._episode
        self._ask(lambda: flow.end_commission(desk, episode, officer_id))

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
        empty(self._box)
        self._said.setText(GETS if found.interviewers else flow.NOBODY)
        if found.interviewers:
            self._box.addWidget(self._giving(found))
        if found.given:
            self._box.addWidget(self._given(found.given))
        self.heading_changed.emit()

    def _giving(self, found: Commissions) -> Card:
        card = Card("Give this episode")
        people = [(one.officer_id, one.name) for one in found.interviewers]
        who = DropDown(people, name="commission/who", label="Who", nothing="Choose who")
        days = flow.days_offered(local(self.shell.now()).date())
        until = DropDown(days, name="commission/until", label="Until when")
        until.put(days[1][0])
        gives = Button("Give the episode", name="commission/give", kind="primary", key="Ctrl+Enter")
        gives.clicked.connect(self.primary)
        holder = QWidget()
        line = Flow(holder, gap=8)
        for widget in (who, until, gives):
            line.addWidget(widget)
        card.add(padded(holder, (16, 12, 16, 12)))
        return card

    def _given(self, those: Sequence[Interviewer]) -> Card:
        card = Card("Who has it now")
        for number, one in enumerate(those):
            said = label(f"{one.name}, until {day(one.until) if one.until else ''}", "body")
            end = Button("End it now", name=f"commission/end/{one.officer_id}", small=True)
            end.setAccessibleDescription(one.name)
            end.clicked.connect(partial(self._end, one.officer_id))
            side = look().room(16)
            card.add(padded(beside(said, spacer(), end, gap=8), (side, 8, side, 8)), line=number > 0)
        return card


def commission_button(shell: Shell, form_id: str, record_id: str) -> tuple[Button, ...]:
    """None for another record, or for who is no manager."""
    if not flow.may_commission(shell.desk, form_id):
        return ()
    button = Button("Ask another agency", name="record/commission", icon="send")
    button.clicked.connect(lambda: shell.go("commission", record_id))
    return (button,)
