"""The two clocks, small, at the head of an interview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.practice.deadlines import Clocks
from desktop.ui.frame.clock_words import day_boxes, days_due, exact_words, hours_track
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.theme import look


def mini_clocks(clocks: Clocks | None, now: datetime) -> Sequence[QWidget]:
    """None at all where the record is not about a return."""
    if clocks is None:
        return ()
    hours = _pair(exact_words(clocks.h72), hours_track(clocks, 184))
    return hours, _pair(days_due(clocks.working, now), day_boxes(clocks.working, now))


def _pair(words: str, picture: QWidget) -> QWidget:
    holder = QWidget()
    box = column(holder, gap=look().room(5))
    box.addWidget(label(words, "caption_strong", wrap=False))
    box.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
    box.addStretch(1)
    return holder
