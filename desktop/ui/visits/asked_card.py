"""Visits that were asked for, a line each: whose, by which day, how far it has come, and what opens."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.flows.visits.visits_listed import AskedLine
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import row, stacked
from desktop.ui.kit.basics.panels import Card
from desktop.ui.theme import look

FEW = 4
Go = Callable[[str, str], None]
Withdraw = Callable[[Button, str], None]


class AskedCard(Card):
    """On Today: those without a result yet."""

    def __init__(self, lines: Sequence[AskedLine], go: Go) -> None:
        every = Link("All that were asked for", name="today/asked/all", size="caption")
        every.clicked.connect(lambda _on=False: go("visits", ""))
        super().__init__("Safe-and-well visits asked for", aside=every)
        for line in lines[:FEW]:
            self.add(asked_line(line, go, place="today"))


def asked_line(line: AskedLine, go: Go, *, place: str, withdraw: Withdraw | None = None) -> QWidget:
    """Opens the visit or the request; for a team that has only the notice so far, that. `withdraw`: tells the team that
    it is no longer asked for, where this officer may."""
    side = look().room(16)
    holder = QWidget()
    box = row(holder, gap=12, margins=(side, look().room(8), side, look().room(8)))
    box.addWidget(stacked(label(line.child, "strong"), label(line.standing, "caption", "muted"), gap=0), 2)
    day = stacked(label(line.by_day), label(line.between, "caption", "muted"), gap=0)
    box.addWidget(day, 2)
    act = Button("Open" if line.opens else "Read and accept", name=f"{place}/asked/{line.request_id}", small=True)
    act.setAccessibleDescription(f"{line.child}. {line.standing}")
    act.clicked.connect(lambda: go("form", line.opens) if line.opens else go("notice", line.notice_id))
    if withdraw is not None and line.may_withdraw:
        over = Button("No longer needed", name=f"{place}/over/{line.request_id}", small=True, kind="plain")
        over.setAccessibleDescription(f"Tells the team: {line.child}")
        over.clicked.connect(lambda: withdraw(over, line.request_id))
        box.addWidget(over, 0, Qt.AlignmentFlag.AlignTop)
    box.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
    return holder
