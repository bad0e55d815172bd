"""Days that count: working days of England, school days, London's clocks, and terms of the law."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from itertools import count, islice

from casework.dates_in_words import LONDON
from casework.errors import AnswerError
from casework.practice.council import Council

__all__ = ["LONDON"]


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The bank holidays of England in one year."""
    from holidays import country_holidays  # noqa: PLC0415 - 80 ms, and many runs count no working day

    return frozenset(country_holidays("GB", subdiv="ENG", years=[year]))


def working_days_after(day: date, council: Council) -> Iterator[date]:
    """Each working day after this day, without end."""
    days = _working_days(day.year, council.closures)
    yield from days[bisect_right(days, day) :]
    for year in count(day.year + 1):
        yield from _working_days(year, council.closures)


def add_working_days(day: date, number: int, council: Council) -> date:
    """The last of `number` working days after a day; the day itself is day nought."""
    return next(islice(working_days_after(day, council), number - 1, None)) if number > 0 else day


def working_days_between(after: date, until: date, council: Council) -> int:
    """How many working days come after one day, up to and with another."""
    years = (_working_days(year, council.closures) for year in range(after.year, until.year + 1))
    return sum(max(0, bisect_right(days, until) - bisect_right(days, after)) for days in years)


@lru_cache(maxsize=64)
def _working_days(year: int, closures: frozenset[date]) -> tuple[date, ...]:
    """Monday to Friday, no bank holiday of England, and no day the council itself is closed; in order."""
    first, shut = date(year, 1, 1), bank_holidays(year) | closures
    days = (first + timedelta(days=step) for step in range(366))
    return tuple(day for day in days if day.year == year and day.weekday() < 5 and day not in shut)


def london_day(moment: datetime) -> date:
    """The day in London at a moment."""
    return moment.astimezone(LONDON).date()


def after_hours(moment: datetime, hours: int) -> datetime:
    """The moment so many true hours later, as London's clocks then show it."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(LONDON)


def london_moments(local: datetime) -> tuple[datetime, ...]:
    """What a time on a London clock can mean: nothing, one moment, or two when the clocks go back."""
    naive = local.replace(tzinfo=None)
    folds = [naive.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1)]
    real = {moment.astimezone(UTC) for moment in folds if _survives(moment, naive)}
    return tuple(moment.astimezone(LONDON) for moment in sorted(real))


def _survives(moment: datetime, naive: datetime) -> bool:
    return moment.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) == naive


def london_moment(local: datetime, *, second: bool | None = None) -> datetime:
    """The one moment a London clock time means; raises AnswerError when there is none, or two and nobody said which."""
    meant = london_moments(local)
    if not meant:
        message = f"{local:%H:%M} does not exist on this day: the clocks go forward. Enter the time by the new clock."
        raise AnswerError(message)
    if len(meant) == 2 and second is None:
        message = f"{local:%H:%M} happens twice on this day: the clocks go back. Choose the first or the second."
        raise AnswerError(message)
    return meant[-1 if second else 0]


def night(day: date, council: Council) -> tuple[datetime, datetime]:
    """The small hours of a day that count as a night, in London."""
    first, last = (time(council.number(name)) for name in ("overnight_from_hour", "overnight_to_hour"))
    return datetime.combine(day, first, LONDON), datetime.combine(day, last, LONDON)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def last_friday(year: int, month: int) -> date:
    """The last Friday of a month."""
    last = add_months(date(year, month, 1), 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - 4) % 7)
