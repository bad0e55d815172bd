"""What rules bring about, in three cards: what somebody must decide, what is overdue, what is coming.

Only danger stands across the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.flows.due.matter import Matter
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.several_lines import LineOfWords, Lines
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Banner, Card, count_tag
from desktop.ui.theme import look

FEW = 4
Open = Callable[[Matter], None]


def danger_banner(matter: Matter, open_it: Open) -> Banner:
    """Across the page, above everything."""
    act = Button(matter.act, name=f"today/matter/{matter.id}")
    act.setAccessibleDescription(f"{matter.child.name}. {matter.title}")
    act.clicked.connect(lambda: open_it(matter))
    text = ". ".join(part for part in (matter.line, matter.waited, matter.because) if part)
    return Banner("problem", "triangle-alert", f"{matter.child.name}. {matter.title}", text, act)


def overdue(matters: Sequence[Matter], open_it: Open) -> Card:
    """Apart from what is coming: what is late is not found by reading every date."""
    card = Card("Overdue", icon="clock-alert", aside=count_tag("over", len(matters)))
    add_matters(card, matters, open_it, name="today/overdue")
    return card


def coming_up(matters: Sequence[Matter], open_it: Open) -> Card:
    card = Card("Coming up", icon="calendar-clock", aside=label(f"{len(matters)}", "caption", "muted", wrap=False))
    add_matters(card, matters, open_it, name="today/coming")
    return card


def add_matters(card: Card, matters: Sequence[Matter], open_it: Open, *, name: str) -> None:
    """The most urgent few; the others on demand, so that a long list never hides what is under it."""
    makers = [partial(_matter, matter, open_it) for matter in matters]
    if makers:
        about = card.title.text() if card.title is not None else ""
        card.add(FewAtATime(makers, first=FEW, name=f"{name}/all", about=about))


def item(*widgets: QWidget) -> QWidget:
    """One entry of a card at the side."""
    side = look().room(16)
    holder = QWidget()
    box = column(holder, gap=2, margins=(side, look().room(10), side, look().room(10)))
    for widget in widgets:
        box.addWidget(widget)
    return holder


def _matter(matter: Matter, open_it: Open) -> QWidget:
    """Who, what and when first; then why, since nobody should have to trust a list."""
    link = Link(matter.act, name=f"today/matter/{matter.id}", size="caption")
    link.setAccessibleDescription(f"{matter.title}, {matter.child.name}")
    link.clicked.connect(lambda: open_it(matter))
    about = ". ".join(p for p in (f"{matter.child.name}. {matter.line}".rstrip("."), matter.waited) if p)
    said = (
        LineOfWords(matter.title, "strong"),
        LineOfWords(about, "caption"),
        LineOfWords(matter.because, "caption", "muted"),
    )
    return item(Lines(*said, gap=2), link)
