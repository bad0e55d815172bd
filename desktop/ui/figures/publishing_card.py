"""Where somebody who manages publishes the figures of a period that is over, with what they say about them."""

from __future__ import annotations

from collections.abc import Callable

from desktop.flows.figures.figures_published import is_published, may_publish
from desktop.flows.figures.scorecards import Scorecard
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, spacer
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.kit.fields.narrative import WordsBox

STAYS = (
    "The council freezes each number as you see it here, in your name. What is written later does not change it, and "
    "stands beside it. What you say stands with the figures wherever they are read, also outside the council: name "
    "nobody in it, and no number under five."
)


def publishing_card(shell: Shell, found: Scorecard, publish: Callable[[str], None]) -> Card | None:
    """None for who may not, for days that are not published, and for what was kept for reading offline."""
    told = found.told
    if found.is_kept or found.is_own or not may_publish(shell.desk, told.card) or not is_published(shell.desk, told):
        return None
    card = Card("Publish them again" if told.published_at else "Publish these figures")
    card.add(padded(label(STAYS, "body", "muted"), (16, 8, 16, 8)))
    words = WordsBox(name="figures/words", label="What you say about them", lines=3)
    card.add(padded(words, (16, 0, 16, 8)), line=False)
    act = Button("Publish", name="figures/publish", kind="primary")
    act.clicked.connect(lambda: publish(words.toPlainText()))
    card.add(padded(beside(act, spacer()), (16, 0, 16, 12)), line=False)
    return card
