"""Beside the decisions: what else waits for this person because the council did not take it in."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted
from desktop.flows.council.not_taken_in import Returned, returned
from desktop.flows.council.review import waiting_for_decision
from desktop.flows.desk import Desk
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.labels import Icon
from desktop.ui.kit.basics.panels import Card, count_tag
from desktop.ui.resolve.choice_card import Choice


@dataclass(frozen=True, slots=True)
class Also:
    """One's own words that came back, and how many of colleagues' a supervisor has to decide about."""

    returned: tuple[Returned, ...]
    to_review: int

    @property
    def any(self) -> bool:
        return bool(self.returned or self.to_review)


def also_waiting(desk: Desk) -> Also:
    return Also(returned(desk), waiting_for_decision(desk))


def also_card(shell: Shell, found: Also) -> QWidget:
    card = Card("Not taken in", aside=count_tag("decide", len(found.returned) + found.to_review))
    for one in found.returned:
        name = f"resolve/returned/{one.op_id}"
        item = Choice(one.title, f"{one.child}. {one.state}", Icon("undo-2", size=16), name=name, checkable=False)
        item.clicked.connect(lambda _on=False, op_id=one.op_id: shell.go("returned", op_id))
        card.add(item)
    if found.to_review:
        text = f"{counted(found.to_review, 'item')} for you to decide"
        item = Choice("Colleagues’ words", text, Icon("circle-alert", size=16), name="resolve/review", checkable=False)
        item.clicked.connect(lambda: shell.go("review"))
        card.add(item)
    return card
