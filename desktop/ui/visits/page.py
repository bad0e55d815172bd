"""Every safe-and-well visit that was asked for, those without a result first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted
from desktop.flows.visits import visits_listed as flow
from desktop.flows.visits.asking_visit import withdraw
from desktop.flows.visits.visits_listed import AskedLine
from desktop.ui.frame.screen import Crumb, Screen
from desktop.ui.frame.shell import Shell, Where
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty
from desktop.ui.kit.basics.panels import Card, Scroller, padded
from desktop.ui.kit.basics.waiting import WaitingLabel
from desktop.ui.visits.asked_card import asked_line

MOST = 200
_NONE = "No visit has been asked for. Ask from a referral or a home education case."


class VisitsScreen(Screen):
    """Nobody types here, so it is drawn anew when something comes from the council."""

    place = "today"
    renews = True

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._count = 0
        self._page = Scroller(gap=16, name="visits")
        column(self).addWidget(self._page)
        self._waiting = WaitingLabel("Reading the visits that were asked for…", self._page)

    def title(self) -> str:
        return "Safe-and-well visits asked for"

    def subtitle(self) -> str:
        return counted(self._count, "visit")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb("Today", Where("today")), Crumb("Visits asked for"))

    def start(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        desk = self.shell.desk
        self.shell.run(self, lambda: flow.every_line(desk), self._show)

    def panes(self) -> Sequence[QWidget]:
        return (self._page,)

    def _show(self, found: Sequence[AskedLine]) -> None:
        self._waiting.done()
        self._count = len(found)
        empty(self._page.box)
        waiting, over = [one for one in found if one.is_open], [one for one in found if not one.is_open]
        self._page.add(self._card("No result yet", waiting, none=_NONE if not found else "Every visit has its result."))
        if over:
            self._page.add(self._card("With a result, or no longer asked for", over))
        self._page.box.addStretch(1)
        self.heading_changed.emit()

    def _withdraw(self, button: Button, request_id: str) -> None:
        desk = self.shell.desk
        self.shell.once(button, lambda: withdraw(desk, request_id), lambda _: self._withdrawn())

    def _withdrawn(self) -> None:
        self.shell.outbox_changed.emit()
        self.refresh()

    def _card(self, title: str, lines: Sequence[AskedLine], none: str = "") -> Card:
        card = Card(title)
        for line in lines[:MOST]:
            card.add(asked_line(line, self.shell.go, place="visits", withdraw=self._withdraw))
        if not lines:
            card.add(padded(label(none, "body", "muted"), (16, 10, 16, 10)))
        return card
