"""When, where and who was there, beside each other over the answers: what a signature is about, at a glance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop.flows.visits.met_when import MetFact
from desktop.ui.kit.basics.buttons import Link
from desktop.ui.kit.basics.labels import label, upright
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.theme import look


class MetStrip(QWidget):
    """What nobody has said yet is a way to its question; `go_to` is None where nothing can be changed."""

    def __init__(self, facts: Sequence[MetFact], go_to: Callable[[str], None] | None) -> None:
        super().__init__()
        self.setObjectName("sign/met")
        box = column(self) if look().narrow else row(self)
        for number, fact in enumerate(facts):
            if number and not look().narrow:
                box.addWidget(upright())
            box.addWidget(_fact(fact, go_to), 1)


def _fact(fact: MetFact, go_to: Callable[[str], None] | None) -> QWidget:
    holder, side = QWidget(), look().room(16)
    lines = column(holder, gap=1, margins=(side, look().room(10), side, look().room(10)))
    lines.addWidget(label(fact.title, "caption", "muted"))
    if fact.said or go_to is None:
        lines.addWidget(label(fact.said or "Not provided", "strong", name=f"sign/met/{fact.question}"))
    else:
        missing = Link("Not provided", name=f"sign/met/{fact.question}")
        missing.setAccessibleName(f"{fact.title}: not provided")
        missing.clicked.connect(lambda: go_to(fact.question))
        lines.addWidget(missing)
    if fact.note:
        lines.addWidget(label(fact.note, "caption", "muted"))
    lines.addStretch(1)
    return holder
