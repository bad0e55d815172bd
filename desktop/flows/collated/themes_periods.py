"""The periods that themes are offered for: whole months that are over, and the one that is going on."""

from __future__ import annotations

from datetime import date, timedelta

from casework.dates_in_words import day
from casework.practice.calendar import add_months
from casework.practice.groups.group_table import GROUPS, GroupKind
from desktop.flows.desk import Desk
from desktop.flows.figures.periods_offered import PeriodOffered, period_words
from desktop.flows.groups.meeting_list import meeting_of

LENGTHS = (1, 2, 3, 6, 12)
TWO = 2
OF_GROUP = GroupKind.STRATEGIC  # which is given the report (S0)


def themes_periods(today: date) -> tuple[PeriodOffered, ...]:
    """The two months of the group's report first."""
    lengths = (TWO, *(months for months in LENGTHS if months != TWO))
    begun = today.replace(day=1)
    return (*(_over(begun, months) for months in lengths), _of(begun, today, "This month so far"))


def latest_two_months(today: date) -> PeriodOffered:
    """Of the report that the Strategic group has every two months (S0)."""
    return _over(today.replace(day=1), TWO)


def groups_period(desk: Desk, meeting_id: str) -> PeriodOffered:
    """From the day of the group's meeting before, to the day before this one. Raises UnknownRecord."""
    meeting = meeting_of(desk, meeting_id)
    first = meeting.since or meeting.on - timedelta(days=GROUPS[meeting.kind].days)
    last = max(meeting.on - timedelta(days=1), first)
    return PeriodOffered(first, last, f"{day(first)} to {day(last)}, for this meeting")


def _over(begun: date, months: int) -> PeriodOffered:
    first, last = add_months(begun, -months), begun - timedelta(days=1)
    return _of(first, last, period_words(first, last))


def _of(first: date, last: date, words: str) -> PeriodOffered:
    return PeriodOffered(first, last, words)
