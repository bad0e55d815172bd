"""Two episodes that may be one, beside each other, and one press for either answer."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.flows.due.doubles import PossibleDouble, RecordedEpisode
from desktop.ui.frame.several_lines import NamedValues
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row, stacked
from desktop.ui.kit.basics.panels import Card
from desktop.ui.theme import look

NAME = 128


class DoubleAnswer(Enum):
    """What a person may say of the two; nothing else settles it."""

    SAME = "same"
    TWO = "two"


def double_card(double: PossibleDouble, say: Callable[[DoubleAnswer], None]) -> Card:
    card = Card("Recorded twice? Two episodes may be one", icon="split", kind="decide")
    side = look().room(16)
    holder = QWidget()
    box = column(holder, gap=12, margins=(side, 0, side, look().room(14)))
    box.addWidget(label(f"{double.why}. Until somebody decides, they count as one.", "body"))
    pair = QWidget()
    across = column(pair, gap=12) if look().narrow else row(pair, gap=24)
    for title, episode in (("Recorded first", double.first), ("Recorded beside it", double.second)):
        across.addWidget(_episode(title, episode), 1, Qt.AlignmentFlag.AlignTop)
    box.addWidget(pair)
    acts = QWidget()
    line = column(acts, gap=8) if look().narrow else row(acts, gap=12)
    for words, said in (("It is the same episode", DoubleAnswer.SAME), ("They are two episodes", DoubleAnswer.TWO)):
        line.addWidget(_act(words, double, said, say))
    line.addStretch(1)
    box.addWidget(acts)
    card.add(holder, line=False)
    return card


def _act(words: str, double: PossibleDouble, said: DoubleAnswer, say: Callable[[DoubleAnswer], None]) -> Button:
    kind = "decide" if said is DoubleAnswer.SAME else "plain"
    act = Button(words, name=f"child/double/{said.value}/{double.first.record_id}/{double.second.record_id}", kind=kind)
    act.setAccessibleDescription(f"{double.child.name}. {double.why}. {double.first.title}, and {double.second.title}")
    act.clicked.connect(lambda: say(said))
    return act


def _episode(title: str, episode: RecordedEpisode) -> QWidget:
    return stacked(label(title, "strong"), NamedValues(episode.lines, NAME, gap=2), gap=2)
