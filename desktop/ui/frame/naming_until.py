"""Two cards for what the council lets an officer do until a day: one to name them, one of those who are named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from casework.identifiers import OfficerId
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, beside, column, empty, spacer
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.theme import look


class NamedUntil(Protocol):
    """One who could be named; `last_day` is empty for who is not."""

    @property
    def officer_id(self) -> OfficerId: ...

    @property
    def name(self) -> str: ...

    @property
    def last_day(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Naming:
    """The words of the cards. `key` stands before the names of what they hold: “chair” for `chair/who`."""

    key: str
    heading: str
    button: str
    act: str
    named: str


class NamingCards(QWidget):
    """Empty until `show_officers`."""

    def __init__(self, words: Naming, *, name: Callable[[], None], end: Callable[[OfficerId], None]) -> None:
        super().__init__()
        self._words, self._name, self._end = words, name, end
        self._box = column(self, gap=16)

    def chosen(self) -> tuple[OfficerId, date] | None:
        """None before both an officer and a day are chosen."""
        officer, last = self._code("who"), self._code("until")
        return (OfficerId(officer), date.fromisoformat(last)) if officer and last else None

    def show_officers(self, officers: Sequence[NamedUntil], days: Sequence[tuple[str, str]]) -> None:
        """`days`: the last days that are offered, the second of which is chosen already."""
        empty(self._box)
        if officers:
            self._box.addWidget(self._naming(officers, days))
        named = [one for one in officers if one.last_day]
        if named:
            self._box.addWidget(self._named(named))

    def _code(self, name: str) -> str:
        box = self.findChild(DropDown, f"{self._words.key}/{name}")
        return (box.code() or "") if box is not None else ""

    def _naming(self, officers: Sequence[NamedUntil], days: Sequence[tuple[str, str]]) -> Card:
        words, card = self._words, Card(self._words.heading)
        people = [(one.officer_id, one.name) for one in officers]
        who = DropDown(people, name=f"{words.key}/who", label="Who", nothing="Choose who")
        until = DropDown(days, name=f"{words.key}/until", label="Until when")
        until.put(days[1][0])
        names = Button(words.button, name=f"{words.key}/{words.act}", kind="primary", key="Ctrl+Enter")
        names.clicked.connect(self._name)
        holder = QWidget()
        line = Flow(holder, gap=8)
        for widget in (who, until, names):
            line.addWidget(widget)
        card.add(padded(holder, (16, 12, 16, 12)))
        return card

    def _named(self, those: Sequence[NamedUntil]) -> Card:
        card, side = Card(self._words.named), look().room(16)
        for number, one in enumerate(those):
            end = Button("End it now", name=f"{self._words.key}/end/{one.officer_id}", small=True)
            end.setAccessibleDescription(one.name)
            end.clicked.connect(partial(self._ended, one.officer_id))
            said = label(f"{one.name}, {one.last_day}", "body")
            card.add(padded(beside(said, spacer(), end, gap=8), (side, 8, side, 8)), line=number > 0)
        return card

    def _ended(self, officer_id: OfficerId, _on: bool = False) -> None:
        self._end(officer_id)
