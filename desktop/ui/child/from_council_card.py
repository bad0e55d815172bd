"""What the council told of a child beside the records that are kept on this laptop, with the moment."""

from __future__ import annotations

from desktop.flows.child.told_of_child import ToldOfChild
from desktop.ui.frame.several_lines import NamedValues
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import stacked
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
    about = [label(found.about, "caption", "muted")] if found.about else []
    told = stacked(*about, NamedValues(found.lines, NAME, gap=4), gap=4)
    card.add(padded(told, (side, look().room(10), side, look().room(10))))
    return card
