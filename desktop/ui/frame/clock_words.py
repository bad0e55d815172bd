"""Both clocks as words and pictures: on Today, on a child's page, and at the head of an interview."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import clock_time, counted, local, near_day, weekday
from casework.practice.deadlines import AHEAD, PAST, TODAY, Clock72, Clocks, WorkingDays
from desktop.ui.kit.basics.clocks import DayBox, DayBoxes, DayState, HoursTrack
from desktop.ui.kit.basics.labels import Tag, label
from desktop.ui.kit.basics.layout import column
from desktop.ui.theme import look

SOON = timedelta(hours=12)
STATES: Mapping[str, DayState] = {PAST: "past", TODAY: "today", AHEAD: "left"}


def hours_column(clocks: Clocks, now: datetime) -> QWidget:
    """Words, the draining track, and when it is due."""
    h72 = clocks.h72
    return _column(_hours_head(h72), hours_track(clocks), label(hours_due(h72, now), "caption", "muted"), 5)


def days_column(clocks: Clocks, now: datetime) -> QWidget:
    """Words, one box a day, and the day it is due."""
    days = clocks.working
    return _column(
        label(days_words(days), "strong"), day_boxes(days, now), label(days_due(days, now), "caption", "muted"), 5
    )


def hours_track(clocks: Clocks, width: int = 200) -> HoursTrack:
    h72 = clocks.h72
    words = f"72-hour clock: {hours_words(h72)}"
    return HoursTrack(_spent(h72), soon=is_soon(h72), words=words, width=width)


def day_boxes(days: WorkingDays, now: datetime) -> DayBoxes:
    boxes = [DayBox(weekday(found.date)[:3], STATES[found.state]) for found in days.days]
    if days.overdue:
        boxes.append(DayBox(weekday(local(now))[:3], "over"))
    return DayBoxes(boxes, words=f"Working-day clock: {days_words(days)}")


def hours_words(h72: Clock72) -> str:
    """“31 hours left”, “2 h 33 min left”, “32 hours over”."""
    if h72.left is None:
        return "Cannot be counted yet"
    minutes = int(abs(h72.left).total_seconds() // 60)
    end = "over" if h72.overdue else "left"
    if minutes < 12 * 60:
        return f"{minutes // 60} h {minutes % 60} min {end}"
    hours = minutes // 60
    return f"{hours // 24} days over" if h72.overdue and hours > 96 else f"{hours} hours {end}"


def exact_words(h72: Clock72) -> str:
    """“29 h 38 min left of 72 hours”, for the head of an interview."""
    if h72.left is None:
        return "Cannot be counted yet"
    minutes = int(abs(h72.left).total_seconds() // 60)
    return f"{minutes // 60} h {minutes % 60} min {'over the 72 hours' if h72.overdue else 'left of 72 hours'}"


def hours_due(h72: Clock72, now: datetime) -> str:
    if h72.due is None:
        return h72.unknown_reason
    day = "today" if _same_day(local(h72.due).date(), now) else near_day(local(h72.due).date(), local(now).date())
    return f"{'Was due' if h72.overdue else 'Due'} {day}, {clock_time(h72.due)}"


def days_words(days: WorkingDays) -> str:
    if days.due is None:
        return "Cannot be counted yet"
    if days.overdue:
        return f"{counted(days.over, 'day')} over"
    return f"{counted(days.left, 'day')} left after today" if days.left else "Last day"


def days_due(days: WorkingDays, now: datetime) -> str:
    if days.due is None:
        return days.unknown_reason
    day = "today" if _same_day(days.due, now) else near_day(days.due, local(now).date())
    return f"{'Was due' if days.overdue else 'Due'} {day}"


def _hours_head(h72: Clock72) -> QWidget:
    words = hours_words(h72)
    if h72.overdue:
        return Tag("over", words)
    return Tag("soon", words) if is_soon(h72) else label(words, "strong")


def is_soon(h72: Clock72) -> bool:
    return h72.left is not None and timedelta() <= h72.left < SOON


def _spent(h72: Clock72) -> float | None:
    """The part of the 72 hours that is gone; it may be more than all of it."""
    if h72.spent is None or h72.left is None:
        return None
    whole = (h72.spent + h72.left).total_seconds()
    return h72.spent.total_seconds() / whole if whole > 0 else None


def _same_day(day: date, now: datetime) -> bool:
    return day == local(now).date()


def _column(head: QWidget, picture: QWidget, foot: QWidget, gap: int) -> QWidget:
    holder = QWidget()
    box = column(holder, gap=look().room(gap))
    for part in (head, picture):
        box.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft if isinstance(part, Tag) else Qt.AlignmentFlag(0))
    box.addWidget(foot)
    box.addStretch(1)
    return holder
