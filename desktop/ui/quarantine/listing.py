"""A list beside a page, one card to each item; and the page laid out with it, or under it where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.identifiers import OperationId
from desktop.ui.kit.basics.labels import Icon
from desktop.ui.kit.basics.layout import column, row, stacked
from desktop.ui.kit.basics.panels import Card, count_tag
from desktop.ui.resolve.choice_card import Choice
from desktop.ui.theme import look

LIST = 252


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One card of the list: the item it opens, and two lines about it."""

    op_id: OperationId
    title: str
    line: str


def listed(
    title: str,
    entries: Sequence[ListedItem],
    here: OperationId | None,
    go: Callable[[OperationId], None],
    *,
    name: str,
    counts: bool = True,
) -> Card:
    """`here` is the item that is open; `go` opens another."""
    card = Card(title, aside=count_tag("decide" if counts else "draft", len(entries)))
    for entry in entries:
        is_here = entry.op_id == here
        mark = Icon("chevron-right" if is_here else "circle", "decide" if is_here else "muted", 16)
        item = Choice(entry.title, entry.line, mark, name=f"{name}/{entry.op_id}", checkable=False, here=is_here)
        item.clicked.connect(lambda _on=False, op_id=entry.op_id: go(op_id))
        card.add(item)
    return card


def with_list(cards: Sequence[QWidget], main: Sequence[QWidget]) -> QWidget:
    """The lists at the left of what is open; above it in a narrow window."""
    holder, page = QWidget(), stacked(*main, gap=16)
    if look().narrow:
        box = column(holder, gap=16)
        for card in cards:
            box.addWidget(card)
        box.addWidget(page)
        return holder
    line = row(holder, gap=16)
    aside = stacked(*cards, gap=16)
    aside.setFixedWidth(look().px(LIST))
    line.addWidget(aside, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(page, 1, Qt.AlignmentFlag.AlignTop)
    return holder
