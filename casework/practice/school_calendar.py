"""School days: the dates of each school year, bank holidays, what single schools say; and how far those reach."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from casework.errors import BugError
from casework.folding import folded
from casework.practice.calendar import bank_holidays, last_friday
from casework.practice.council import Council, OneSchoolClosed, SchoolYear

FEW_DAYS_LEFT = 60
"""With fewer school days than this in the calendar, the next twenty-day count may run off its end."""
_SUMMER = timedelta(days=100)  # two years of dates that lie further apart have an unknown one between them
_YEARS_SEARCHED = 20


class _Terms(NamedTuple):
    """What decides whether one school is open on a day."""

    years: tuple[SchoolYear, ...]
    shut: tuple[OneSchoolClosed, ...]
    open_on_bank_holidays: bool


def is_school_day(day: date, council: Council, school: str = "") -> bool:
    """Whether schools are open; with its name, whether that school is."""
    return _is_open(day, _terms(council, school))


def nth_school_day(first: date, number: int, council: Council, school: str = "") -> date:
    """The `number`th school day of a stretch, the first day among them if it is one."""
    terms, wanted = _terms(council, school), number
    for year in range(first.year, first.year + _YEARS_SEARCHED):
        days = _open_days(year, terms)
        start = bisect_left(days, first)
        if len(days) - start >= wanted:
            return days[start + wanted - 1]
        wanted -= len(days) - start
    msg = "the school calendar has no school days left"
    raise BugError(msg)


def school_days(first: date, last: date, council: Council, school: str = "") -> int:
    """How many school days a stretch holds, both ends among them."""
    terms = _terms(council, school)
    days = (_open_days(year, terms) for year in range(first.year, last.year + 1))
    return sum(max(0, bisect_right(one, last) - bisect_left(one, first)) for one in days)


def knows_school_days(first: date, last: date, council: Council) -> bool:
    """Whether the council's file gives the dates of every day of a stretch, from its first to its last."""
    return any(begin <= first and last <= end for begin, end in _known(council.school_years))


def school_days_left(today: date, council: Council) -> int:
    """How many school days are still to come in the calendar that the file gives."""
    last = council.school_years[-1].last if council.school_years else today
    return school_days(today + timedelta(days=1), last, council)


def calendar_runs_out(today: date, council: Council) -> str:
    """One sentence when the school calendar is nearly at its end, empty while it is not."""
    left = school_days_left(today, council)
    if left >= FEW_DAYS_LEFT:
        return ""
    days = "1 school day" if left == 1 else f"{left} school days"
    return (
        f"The council’s file holds only {days} from now on. Counts beyond them cannot be relied on: "
        "add the dates of the next school year to it."
    )


def last_open_friday(year: int, month: int, council: Council) -> date | None:
    """The last Friday of a month on which schools are open; None for a month without one."""
    friday = last_friday(year, month)
    fridays = (friday - timedelta(weeks=back) for back in range(5))
    return next((day for day in fridays if day.month == month and is_school_day(day, council)), None)


def _terms(council: Council, school: str) -> _Terms:
    name = folded(school) if council.one_school_closed else ""
    shut = tuple(one for one in council.one_school_closed if name and folded(one.school) == name)
    return _Terms(council.school_years, shut, council.readings.get("school_bank_holidays") == "open")


@lru_cache(maxsize=256)
def _open_days(year: int, terms: _Terms) -> Sequence[date]:
    """Every school day of a calendar year, in order; asked for each child of a long list."""
    first = date(year, 1, 1)
    days = (first + timedelta(days=step) for step in range(366))
    return tuple(day for day in days if day.year == year and _is_open(day, terms))


def _is_open(day: date, terms: _Terms) -> bool:
    if day.weekday() >= 5 or (not terms.open_on_bank_holidays and day in bank_holidays(day.year)):
        return False
    if any(one.first <= day <= one.last for one in terms.shut):
        return False
    year = next((one for one in terms.years if one.first <= day <= one.last), None)
    if year is None:  # between two years it is the summer; beyond them nobody has said
        return not any(begin <= day <= end for begin, end in _known(terms.years))
    return not any(closed.first <= day <= closed.last for closed in year.closed)


def _known(years: Sequence[SchoolYear]) -> Iterator[tuple[date, date]]:
    """The stretches without a gap that the dates cover, the summers between two years among them."""
    apart = [after.first - before.last > _SUMMER for before, after in itertools.pairwise(years)]
    begins = [place for place in range(len(years)) if place == 0 or apart[place - 1]]
    for begin, end in itertools.pairwise([*begins, len(years)]):
        yield years[begin].first, years[end - 1].last
