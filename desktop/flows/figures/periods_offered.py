"""Which periods a scorecard is offered for: months, quarters or school years, the latest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casework.dates_in_words import day, month_and_year
from casework.practice.calendar import add_months

MONTHS_OF: Mapping[str, int] = {"missing": 1, "ehe": 12}
QUARTER, YEAR = 3, 12
MANY: Mapping[int, int] = {1: 15, QUARTER: 9, YEAR: 6}
APRIL, SEPTEMBER = 4, 9


@dataclass(frozen=True, slots=True)
class PeriodOffered:
    """Both days are in it."""

    first: date
    last: date
    words: str

    @property
    def code(self) -> str:
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


def periods_offered(card: str, today: date) -> tuple[PeriodOffered, ...]:
    """The one that is going on stands first; of what is told by the month, the year to date last (S1 App. 2)."""
    months = MONTHS_OF.get(card, QUARTER)
    begun = _begun(today, months)
    found = tuple(_of(add_months(begun, -months * place), months) for place in range(MANY[months]))
    return (*found, *(_year_to_date(found[1]) if months == 1 else ()))


def whole(card: str, today: date) -> PeriodOffered:
    """The latest that is over: the one that is reported on."""
    return periods_offered(card, today)[1]


def _year_to_date(month: PeriodOffered) -> tuple[PeriodOffered, ...]:
    """From April to the latest month that is over; of April there is no more than April."""
    first = date(month.first.year - (month.first.month < APRIL), APRIL, 1)
    if first == month.first:
        return ()
    return (PeriodOffered(first, month.last, f"Year to date: {period_words(first, month.last)}"),)


def _begun(today: date, months: int) -> date:
    if months == YEAR:
        return date(today.year - (today.month < SEPTEMBER), SEPTEMBER, 1)
    return date(today.year, today.month - (today.month - 1) % months, 1)


def _of(first: date, months: int) -> PeriodOffered:
    last = add_months(first, months) - timedelta(days=1)
    return PeriodOffered(first, last, period_words(first, last))


def period_words(first: date, last: date) -> str:
    """June 2019; April to June 2019; December 2018 to January 2019; the school year 2018/19; or its days."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    is_whole = first.day == 1 and last == add_months(first, months) - timedelta(days=1)
    if is_whole and months == 1:
        return month_and_year(first)
    if is_whole and months == YEAR and first.month == SEPTEMBER:
        return f"School year {first.year}/{last.year % 100:02}"
    if is_whole:
        begins = month_and_year(first)
        return f"{begins.split()[0] if first.year == last.year else begins} to {month_and_year(last)}"
    return f"{day(first)} to {day(last)}"
