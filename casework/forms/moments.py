"""Dates and times as answers hold them: exact, approximate, or a whole day; compared as spans."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from casework.dates_in_words import LONDON, local
from casework.errors import AnswerError

NO_SUCH_TIME = "The clocks went forward that night. Enter a time that was on the clock"
WHICH_HOUR = "That time came twice that night. Say whether it was before or after the clocks went back"
_ABOUT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class CameTwice(AnswerError):
    """A time in the hour that England's clocks showed twice, while nobody has said which of the two."""


class Span(NamedTuple):
    """The earliest and the latest moment an answer can mean."""

    first: datetime
    last: datetime


def on_the_clock(shown: datetime, *, later: bool | None = None) -> datetime:
    """The moment that England’s clocks showed as this; `later` chooses in the hour that comes twice in October.

    Raises AnswerError for the hour that spring leaves out, and for October’s while nobody has said which.
    """
    first, second = (shown.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    if first.astimezone(UTC).astimezone(LONDON).replace(tzinfo=None) != shown:
        raise AnswerError(NO_SUCH_TIME)
    if first.utcoffset() == second.utcoffset():
        return first
    if later is None:
        raise CameTwice(WHICH_HOUR)
    return second if later else first


def came_twice(shown: datetime) -> bool:
    """Whether England’s clocks showed this twice, an hour apart."""
    first, second = (shown.replace(tzinfo=LONDON, fold=fold) for fold in (0, 1))
    return (first.utcoffset() or timedelta()) > (second.utcoffset() or timedelta())


def span(value: object) -> Span | None:
    """The time an answer covers: None when it is no date or time."""
    if isinstance(value, str):
        return _written(value)
    return _about(value.get("about")) if isinstance(value, dict) else None


@lru_cache(maxsize=8192)
def _written(value: str) -> Span | None:
    """Kept, since a caseload asks for some fifty thousand times, and for most of them again and again."""
    try:
        if len(value) > 10:
            moment = datetime.fromisoformat(value)
            return Span(moment, moment) if moment.tzinfo else None
        return _day(date.fromisoformat(value))
    except (ValueError, OverflowError):
        return None


def _day(day: date) -> Span:
    return _days(day, day)


def _days(first: date, last: date) -> Span:
    return Span(
        datetime.combine(first, time.min, LONDON),
        datetime.combine(last, time.max, LONDON),
    )


def _about(value: object) -> Span | None:
    match = _ABOUT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        return _about_parts(year or 0, month, day)
    except (ValueError, OverflowError):
        return None


def _about_parts(year: int, month: int | None, day: int | None) -> Span:
    if month is None:
        return _days(date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return _days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    return _day(date(year, month, day))


def shifted(moment: Span, *, days: int, months: int) -> Span:
    """The same span moved on by calendar months, then days, at the same time of day."""
    return Span(_shift(moment.first, days, months), _shift(moment.last, days, months))


def _shift(moment: datetime, days: int, months: int) -> datetime:
    total = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(total, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day) + timedelta(days=days)


def day_said(answers: Mapping[str, object], *names: str) -> date | None:
    """The first of these answers that is a day; of one known roughly the latest it can mean."""
    for name in names:
        value = answers.get(name)
        if value is not None and (found := _day_written(value) if isinstance(value, str) else _latest_day(value)):
            return found
    return None


@lru_cache(maxsize=8192)
def _day_written(text: str) -> date | None:
    """Kept, since a caseload asks for some fifty thousand days and most of them are the same."""
    return _latest_day(text)


def _latest_day(value: object) -> date | None:
    found = span(value)
    return local(found.last).date() if found else None
