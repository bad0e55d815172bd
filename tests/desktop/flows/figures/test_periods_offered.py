"""Months, quarters and school years, the one that is going on first."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from casework.practice.figures.usual_periods import is_usual
from desktop.flows.figures.periods_offered import period_words, periods_offered, whole


@pytest.mark.parametrize(
    ("card", "today", "now", "last"),
    [
        ("missing", date(2026, 3, 31), "March 2026", "February 2026"),
        ("missing", date(2026, 1, 1), "January 2026", "December 2025"),
        ("cme", date(2026, 3, 31), "January to March 2026", "October to December 2025"),
        ("exclusions", date(2026, 4, 1), "April to June 2026", "January to March 2026"),
        ("ehe", date(2026, 8, 31), "School year 2025/26", "School year 2024/25"),
        ("ehe", date(2026, 9, 1), "School year 2026/27", "School year 2025/26"),
    ],
)
def test_the_period_that_is_over_is_the_usual_one(card: str, today: date, now: str, last: str) -> None:
    offered = periods_offered(card, today)
    assert [one.words for one in offered[:2]] == [now, last]
    assert whole(card, today) == offered[1]
    apart = [one for one in offered if not one.words.startswith("Year to date")]
    assert all(later.first > one.last for later, one in pairwise(apart))
    assert all(is_usual(card, one.first, one.last) for one in apart)
    assert offered[0].first <= today <= offered[0].last


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2019, 7, 18), ["Year to date: April to June 2019"]),
        (date(2019, 5, 2), []),  # of April there is no more than April
        (date(2020, 1, 1), ["Year to date: April to December 2019"]),
        (date(2020, 4, 6), ["Year to date: April 2019 to March 2020"]),
    ],
)
def test_the_year_to_date_ends_with_the_month_that_is_over(today: date, said: list[str]) -> None:
    assert [one.words for one in periods_offered("missing", today) if one.words.startswith("Year")] == said
    assert not [one for one in periods_offered("cme", today) if one.words.startswith("Year")]


def test_other_days_are_said_as_days() -> None:
    assert period_words(date(2026, 3, 2), date(2026, 3, 31)) == "2 March 2026 to 31 March 2026"
