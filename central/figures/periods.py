"""The period of a scorecard, and the moment it is reckoned as at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from casework.practice.calendar import london_day
from central.database.errors import CentralError

_QUARTER = re.compile(r"(\d{4})-(\d{2})Q([1-4])")
_BEGINS = {"1": 4, "2": 7, "3": 10, "4": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """Both days are in it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            message = "The period ends before it begins. Give the first day with --from and the last with --to."
            raise CentralError(message)


@dataclass(frozen=True, slots=True)
class AsAt:
    """What had come in by a place of the feed, looked at on a day."""

    seq: int
    day: date

    @classmethod
    def of(cls, seq: int, moment: datetime) -> AsAt:
        return cls(seq, london_day(moment))


def quarter(text: str) -> Period:
    """Of a financial year: 2018-19Q4 is January to March 2019."""
    match = _QUARTER.fullmatch(text)
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        message = f"“{text}” is not a quarter such as 2018-19Q4."
        raise CentralError(message)
    year = int(match[1]) + (match[3] == "4")
    begins = _BEGINS[match[3]]
    return Period(date(year, begins, 1), date(year, begins + 2, 31 if begins in (1, 10) else 30))


def school_year(year: int) -> Period:
    """From 1 September to 31 August: 2018 is 2018/19."""
    if not 1990 <= year <= 2200:
        message = f"“{year}” is not the year in which a school year begins, such as 2018."
        raise CentralError(message)
    return Period(date(year, 9, 1), date(year + 1, 8, 31))
