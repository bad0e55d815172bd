"""What stands over and beside a record that is looked at before it is signed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.forms.definition import Question
from casework.forms.wording import worded
from desktop.flows.signing.signing import Check
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import Icon, hairline, label
from desktop.ui.kit.basics.layout import Flow, column, row
from desktop.ui.kit.basics.panels import Card, Panel
from desktop.ui.theme import look

FIRST_GAPS = 4


class GapsLine(Panel):
    """How many answers are not there, and a way to each: to the first few at once, to the others on demand."""

    def __init__(self, check: Check, go_to: Callable[[Question], None]) -> None:
        super().__init__("draft")
        self._check, self._go_to = check, go_to
        line = row(self, gap=12, margins=(16, 8, 16, 8))
        line.addWidget(Icon("info", "draft"), 0, Qt.AlignmentFlag.AlignTop)
        lines = column(gap=2)
        lines.addWidget(label(check.gaps_line, "body", "draft"))
        self._ways = QWidget()
        self._flow = Flow(self._ways, gap=12)
        if check.gaps:
            lines.addWidget(self._ways)
        line.addLayout(lines, 1)
        for question in check.gaps[:FIRST_GAPS]:
            self._add(question)
        more = len(check.gaps) - FIRST_GAPS
        self._more = Link(f"{more} more", name="sign/more-gaps", tone="draft", size="caption")
        self._more.setAccessibleName(f"{more} more answers that are not provided")
        self._more.clicked.connect(self._show_all)
        if more > 0:
            self._flow.addWidget(self._more)

    def _add(self, question: Question) -> Link:
        words = worded(question.short_label or question.label, self._check.record.child.first_name)
        link = Link(words, name=f"sign/gap/{question.id}", tone="draft", size="caption")
        link.setAccessibleDescription("Not provided")
        link.clicked.connect(lambda: self._go_to(question))
        self._flow.addWidget(link)
        return link

    def _show_all(self) -> None:
        """The keyboard goes to the first that was not there."""
        self._more.hide()
        added = [self._add(question) for question in self._check.gaps[FIRST_GAPS:]]
        added[0].setFocus(Qt.FocusReason.OtherFocusReason)


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
