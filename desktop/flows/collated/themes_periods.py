"""The periods that themes are offered for: whole months that are over, and the one that is going on."""

from __future__ import annotations

from datetime import date, timedelta

from casework.practice.calendar import add_months
from desktop.flows.figures.periods_offered import PeriodOffered, period_words

LENGTHS = (1, 2, 3, 6, 12)
TWO = 2


def themes_periods(today: date) -> tuple[PeriodOffered, ...]:
    """The two months of the group's report first."""
    lengths = (TWO, *(months for months in LENGTHS if months != TWO))
    begun = today.replace(day=1)
    return (*(_over(begun, months) for months in lengths), _of(begun, today, "This month so far"))


def latest_two_months(today: date) -> PeriodOffered:
    """Of the report that the Strategic group has every two months (S0)."""
    return _over(today.replace(day=1), TWO)


def _over(begun: date, months: int) -> PeriodOffered:
    first, last = add_months(begun, -months), begun - timedelta(days=1)
    return _of(first, last, period_words(first, last))


def _of(first: date, last: date, words: str) -> PeriodOffered:
    return PeriodOffered(first, last, words)
