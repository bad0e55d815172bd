"""What the council told of a child beside the records that are kept on this laptop, with the moment."""

from __future__ import annotations

from desktop.flows.child.told_of_child import ToldOfChild
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import stacked
from desktop.ui.kit.basics.named_value import named_value
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.theme import look

NAME = 130


def from_council_card(found: ToldOfChild) -> Card:
    """Nothing in it opens: the records are not here."""
    card = Card(
        "Kept elsewhere",
        icon="external-link",
        aside=label(found.line, "caption", "muted", wrap=False, name="child/told"),
    )
    side = look().room(16)
    lines = [named_value(name, words, NAME) for name, words in found.lines]
    about = [label(found.about, "caption", "muted")] if found.about else []
    card.add(padded(stacked(*about, *lines, gap=4), (side, look().room(10), side, look().room(10))))
    return card
