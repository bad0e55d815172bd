"""That records went by the council's rule: said once where it is seen, and kept to be read again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.panels import Banner, Card, padded
from desktop.ui.theme import look

TITLE = "Destroyed by the council, as its rule says"
MOST = 20  # lines


def destroyed_news(lines: Sequence[str], read: Callable[[], None]) -> Banner:
    act = Button("I have read this", name="sending/destroyed-read", small=True)
    act.clicked.connect(read)
    return Banner("draft", "trash-2", TITLE, "\n".join(lines[:MOST]), act)


def destroyed_card(lines: Sequence[str]) -> Card:
    card, side = Card(TITLE, icon="trash-2"), look().room(16)
    for line in lines[:MOST]:
        card.add(padded(label(line, "body"), (side, look().room(10), side, look().room(10))))
    return card
