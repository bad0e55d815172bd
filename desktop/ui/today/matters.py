"""What rules bring about, in three cards: what somebody must decide, what is overdue, what is coming.

Only danger stands across the page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLabel, QWidget

from desktop.flows.due.matter import Matter
from desktop.ui.frame.few_at_a_time import FewAtATime
from desktop.ui.frame.several_lines import LineOfWords, Lines
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.kit.basics.panels import Banner, Card, count_tag
from desktop.ui.kit.basics.screen_reader import announce
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
    """Who, what and when; by which rule on demand, since nobody should have to trust a list."""
    about = f"{matter.title}, {matter.child.name}"
    link = Link(matter.act, name=f"today/matter/{matter.id}", size="caption")
    link.setAccessibleDescription(about)
    link.clicked.connect(lambda: open_it(matter))
    said = ". ".join(p for p in (f"{matter.child.name}. {matter.line}".rstrip("."), matter.waited) if p)
    ways, why = QWidget(), Link("Why", name=f"today/why/{matter.id}", size="caption")
    why.setAccessibleDescription(about)
    line = row(ways, gap=16)
    line.addWidget(link)
    line.addStretch(1)
    line.addWidget(why)
    shown = item(Lines(LineOfWords(matter.title, "strong"), LineOfWords(said, "caption"), gap=2), ways)
    why.clicked.connect(partial(_turn, matter, why, shown))
    return shown


def _turn(matter: Matter, why: Link, shown: QWidget) -> None:
    """The rule and its source stand under the act, or no longer; nobody has asked before, so they are made now."""
    name, box = f"today/because/{matter.id}", shown.layout()
    because = shown.findChild(QLabel, name)
    if because is None and box is not None:
        because = label(matter.because, "caption", "muted", name=name)
        because.hide()
        box.addWidget(because)
    if because is not None:
        because.setVisible(because.isHidden())
        why.say("Why" if because.isHidden() else "Hide why")
        if not because.isHidden():
            announce(because, matter.because)
