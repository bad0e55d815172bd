"""What stands over and beside a record that is looked at before it is signed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from casework.forms.definition import Question
from desktop.flows.signing.signing import Check
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import Icon, hairline, label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Card, Panel
from desktop.ui.theme import look


def gaps_line(check: Check, go_to: Callable[[Question], None]) -> QWidget:
    """How many answers are not there, and a way to the first."""
    holder = Panel("draft")
    line = row(holder, gap=12, margins=(16, 10, 16, 10))
    line.addWidget(Icon("info", "draft"))
    line.addWidget(label(check.gaps_line, "body", "draft"), 1)
    if check.gaps:
        first = check.gaps[0]
        link = Link(first.short_label or first.label, name="sign/first-gap", tone="draft")
        link.clicked.connect(lambda: go_to(first))
        line.addWidget(link)
    return holder


def advice(check: Check) -> QWidget:
    """Things worth another look; none of them stops a signature."""
    holder = QWidget()
    box = column(holder, gap=4, margins=(16, 10, 16, 10))
    box.addWidget(label("Worth another look", "strong"))
    for finding in check.advice[:6]:
        box.addWidget(label(finding.text, "caption", "muted"))
    box.addWidget(hairline())
    return holder


def reading_card() -> Card:
    """For a role that does not write here; also of records that nobody ever signs, so not a word of signing."""
    card, holder, side = Card("Read only"), QWidget(), look().room(16)
    box = column(holder, margins=(side, look().room(10), side, look().room(10)))
    box.addWidget(label("You can read this record. Others write in it.", "body", "muted"))
    card.add(holder)
    return card
