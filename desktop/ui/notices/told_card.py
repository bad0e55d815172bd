"""Who has been told of a record, and when they read it: sent and not read is a state of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.flows.notices.inbox import Notice
from desktop.flows.notices.notices_listed import state_line
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import stacked
from desktop.ui.kit.basics.line_button import LineButton
from desktop.ui.kit.basics.panels import Card, padded
from desktop.ui.theme import look


def told_card(notices: Sequence[Notice], now: datetime, open_notice: Callable[[str], None]) -> Card:
    card = Card("Who has been told", icon="send")
    for notice in notices:
        card.add(_line(notice, now, open_notice))
    if not notices:
        side = look().room(16)
        quiet = label("Nobody has been sent a notice of this.", "body", "muted")
        card.add(padded(quiet, (side, look().room(10), side, look().room(10))))
    return card


def _line(notice: Notice, now: datetime, open_notice: Callable[[str], None]) -> QWidget:
    late = ". Late: ask again" if notice.is_late(now) else ""
    name = f"told/{notice.record_id}"
    line = LineButton(f"{notice.addressee}: {notice.title.lower()}", f"{state_line(notice, now)}{late}", name=name)
    line.clicked.connect(lambda: open_notice(notice.record_id))
    return stacked(line, gap=0)
