"""One child at a meeting who is not on this laptop: what the central service told its chair, and who writes it down."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from casework.dates_in_words import day
from casework.practice.groups.group_table import GROUPS, GroupKind
from desktop.flows.groups.told_agenda import WHO_WRITES, ToldChild
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, row, stacked
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.theme import look

ON = 136


class ChildToldOf(QWidget):
    """Nothing here is answered: the record is elsewhere."""

    def __init__(self, one: ToldChild, kind: GroupKind, since: date | None, moment: str) -> None:
        super().__init__()
        page = column(self, gap=look().room(16))
        worker = [label(f"Worker {one.worker}", "caption", "muted")] if one.worker else []
        why = [label(each.words, "body") for each in one.why]
        page.addWidget(stacked(label(one.child.name_and_age, "page"), *worker, *why, gap=4))
        pair = column(gap=look().room(16)) if look().narrow else row(gap=look().room(16))
        pair.addWidget(self._changed(one, since), 3)
        pair.addWidget(self._stands(GROUPS[kind].stands, one.plan), 2)
        page.addLayout(pair)
        card = Card("Decided", icon="users")
        card.add(_inside(label(WHO_WRITES, "body", name="meeting/told/who_writes")))
        page.addWidget(card)
        page.addWidget(label(moment, "caption", "muted"))

    @staticmethod
    def _changed(one: ToldChild, since: date | None) -> Card:
        card = Card(f"Changed since {day(since)}" if since else "Changed")
        for on, words in one.changed:
            when = label(on, "body", "muted")
            when.setFixedWidth(look().px(ON))
            card.add(_inside(beside(when, label(words), gap=12, stretch=1)))
        if not one.changed:
            card.add(_inside(label("Nothing that the central service told.", "body", "muted")))
        return card

    @staticmethod
    def _stands(title: str, words: str) -> Card:
        card = Card(title, icon="contact")
        card.add(_inside(label(words)))
        return card


def _inside(widget: QWidget) -> QWidget:
    side = look().room(16)
    return padded(widget, (side, look().room(8), side, look().room(10)))
