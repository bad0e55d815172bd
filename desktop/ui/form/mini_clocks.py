"""The two clocks, small, at the head of an interview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import short_day
from casework.practice.deadlines import Clocks
from desktop.ui.frame.clock_words import day_boxes, exact_words, hours_track
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.theme import look


def mini_clocks(clocks: Clocks | None, now: datetime) -> Sequence[QWidget]:
    """None at all where the record is not about a return."""
    if clocks is None:
        return ()
    hours = _pair(f"{exact_words(clocks.h72)} of 72 hours", hours_track(clocks, 184))
    due = clocks.working.due
    words = (
        f"{'Was due' if clocks.working.overdue else 'Due'} {short_day(due)}" if due else clocks.working.unknown_reason
    )
    return hours, _pair(words, day_boxes(clocks.working, now))


def _pair(words: str, picture: QWidget) -> QWidget:
    holder = QWidget()
    box = column(holder, gap=look().room(5))
    box.addWidget(label(words, "caption_strong", wrap=False))
    box.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
    box.addStretch(1)
    return holder
