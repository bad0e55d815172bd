"""The day of an officer for education: what is due by month, families nobody has talked with, reports owed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import near_day
from desktop.flows.due.due_list import DueItem, DueList, how_long_over
from desktop.flows.due.education_clock import EducationClock
from desktop.flows.due.matter import Matter
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, empty, row, spacer, stacked
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.theme import look
from desktop.ui.today.matters import item

ASIDE_KINDS = ((EducationClock.NEVER_CONTACTED, "Never contacted"), (EducationClock.REPORT, "Reports owed"))
OF_SCHOOLS = ("movement_return", "movement_not_returned", "leaver_not_arrived")
MOST, FEW = 15, 5
"""Rows on the card, and in a card at the side: every case is in Caseload."""
Open = Callable[[Matter], None]
Letter = Callable[[Matter], Callable[[], None] | None]


class EducationDue(Card):
    """This month's by itself, the overdue on top; then the months ahead, one at a time."""

    caseload_asked = Signal()
    schools_asked = Signal()

    def __init__(self, found: DueList, open_it: Open, letter_of: Letter) -> None:
        self._main = [one for one in (*found.overdue, *found.coming) if not _is_aside(one)]
        super().__init__(
            "What is due",
            aside=label(
                f"{len(self._main)} due by {near_day(found.until, found.today)}", "caption", "muted", wrap=False
            ),
        )
        self._found, self._open, self._letter_of = found, open_it, letter_of
        self.first: Button | None = None
        months = [(name, [one for one in items if not _is_aside(one)]) for name, items in found.by_month()]
        over = [one for one in found.overdue if not _is_aside(one)]
        self._parts = [(f"Overdue, {len(over)}", over), *((f"{name}, {len(items)}", items) for name, items in months)]
        if len(self._parts) > 1:
            self.add(self._choice(), line=False)
        self._list = QWidget()
        self._box = column(self._list)
        self.add(self._list, line=False)
        self._show(0 if over else min(1, len(self._parts) - 1))

    def _choice(self) -> QWidget:
        side = look().room(16)
        options = [(str(place), words) for place, (words, _) in enumerate(self._parts)]
        chosen = Segments(options, name="today/months", label="Which month", small=True)
        chosen.put("0" if self._parts[0][1] else "1")
        chosen.chosen.connect(lambda code: self._show(int(str(code or 0))))
        return stacked(chosen, margins=(side, 0, side, look().room(8)))

    def _show(self, place: int) -> None:
        empty(self._box)
        _, items = self._parts[place]
        lines = [
            _Line(one, self._found, self._open, self._letter_of, filled=number == 0)
            for number, one in enumerate(items[:MOST])
        ]
        for line in lines:
            line.schools_asked.connect(self.schools_asked)
        self.first = lines[0].act if lines else None
        for line in lines:
            self._box.addWidget(line)
        if not items:
            self._box.addWidget(item(label("Nothing is due.", "body", "muted")))
        elif len(items) > MOST:
            every = Link(f"All {len(items)} are in Caseload", name="today/caseload", size="caption")
            every.clicked.connect(self.caseload_asked)
            self._box.addWidget(item(every))


class _Line(QWidget):
    """What is due of a school, or of a leaver of its return, is seen to on the page of schools’ returns."""

    schools_asked = Signal()

    def __init__(self, one: DueItem, found: DueList, open_it: Open, letter_of: Letter, *, filled: bool) -> None:
        super().__init__()
        side = look().room(16)
        line = row(self, gap=16, margins=(side, look().room(6), side, look().room(6)))
        over = how_long_over(one.due, found.today)
        day = stacked(label(near_day(one.due, found.today)), label(over, "caption_strong", "waiting"), gap=0)
        day.setFixedWidth(look().px(150))
        line.addWidget(stacked(label(one.child, "strong"), label(one.line, "caption", "muted"), gap=0), 2)
        line.addWidget(day)
        line.addWidget(label(one.what, "caption"), 2)
        self.act: Button | None = None
        if (matter := one.matter) is not None:
            name = f"today/due/{matter.id}"
            self.act = Button("Open", name=name, kind="primary" if filled else "plain", small=True)
            self.act.setAccessibleDescription(f"{one.child}. {one.what}. {one.because}")
            self.act.setToolTip(one.because)
            self.act.clicked.connect(lambda: open_it(matter))
            if (link := _letter_link(one, matter, letter_of)) is not None:
                line.addWidget(link, 0, Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(self.act, 0, Qt.AlignmentFlag.AlignVCenter)
        elif one.kind in OF_SCHOOLS:
            self.act = Button(
                "Open", name=f"today/schools/{one.kind}", kind="primary" if filled else "plain", small=True
            )
            self.act.setAccessibleDescription(f"{one.child}. {one.what}. {one.because}")
            self.act.clicked.connect(self.schools_asked)
            line.addWidget(self.act, 0, Qt.AlignmentFlag.AlignVCenter)


def _letter_link(one: DueItem, matter: Matter, letter_of: Letter) -> Link | None:
    """Where the next step is a letter, the way straight to it."""
    go = letter_of(matter)
    if go is None:
        return None
    link = Link("Letter", name=f"today/letter/{matter.id}", size="caption")
    link.setAccessibleDescription(f"{one.child}. {one.what}")
    link.clicked.connect(lambda _on=False: go())
    return link


def education_asides(found: DueList, open_it: Open, letter_of: Letter) -> Sequence[QWidget]:
    """Families nobody has talked with, and reports owed, in cards of their own; none where there is nothing."""
    every = (*found.overdue, *(one for one in found.coming if one.due <= found.today))
    reports = [one for one in (*found.overdue, *found.coming) if one.kind == EducationClock.REPORT]
    cards: list[QWidget] = []
    for kind, title in ASIDE_KINDS:
        held = reports if kind is EducationClock.REPORT else [one for one in every if one.kind == kind]
        if held:
            cards.append(_aside_card(title, held, found, open_it, letter_of))
    return cards


def _aside_card(title: str, held: Sequence[DueItem], found: DueList, open_it: Open, letter_of: Letter) -> Card:
    card = Card(title, aside=label(f"{len(held)}, longest first", "caption", "muted", wrap=False))
    for one in held[:FEW]:
        if (matter := one.matter) is not None:
            link = Link("Open", name=f"today/due/{matter.id}", size="caption")
            link.setAccessibleDescription(f"{one.child}. {one.what}. {one.because}")
            link.clicked.connect(lambda _on=False, matter=matter: open_it(matter))
            over = how_long_over(one.due, found.today)
            line = f"{one.line}, {over}" if over else one.line
            letter = _letter_link(one, matter, letter_of)
            links = beside(link, *((letter,) if letter else ()), spacer(), gap=16)
            card.add(item(label(one.child, "strong"), label(line, "caption"), links))
    if len(held) > FEW:
        card.add(item(label(f"{len(held) - FEW} more are in Caseload.", "caption", "muted")))
    return card


def _is_aside(one: DueItem) -> bool:
    return one.kind in {kind for kind, _ in ASIDE_KINDS}
