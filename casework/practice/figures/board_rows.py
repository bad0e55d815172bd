"""The annual report to the board (S2 §16): which figures, of which periods, and what of them may leave the council.

A year is told by its four quarters, each as its scorecard tells it outside: a total of its own would give away what one
of them hides. So the year is their sum where none is hidden, and hidden where one is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from casework.practice.calendar import add_months

HIDDEN, NOT_HERE = "hidden", "not told"
QUARTERS = ("April to June", "July to September", "October to December", "January to March")
HEADS = ("Part", "Number", "Figure", *QUARTERS, "Year", "Source")
_APRIL, _SEPTEMBER = 4, 9


class OutsideFigure(NamedTuple):
    """One figure of one period as it may leave the council: `number` is None where it is hidden."""

    title: str
    number: int | None
    source: str


Told: TypeAlias = Callable[[str, date, date], Mapping[str, OutsideFigure]]
Days: TypeAlias = tuple[date, date]


class BoardPart(NamedTuple):
    """`sums`: figures of what happened, which add up over a year; `stands`: of what stood on the last day."""

    title: str
    card: str
    sums: tuple[str, ...] = ()
    stands: tuple[str, ...] = ()
    yearly: bool = False


class BoardRow(NamedTuple):
    """`quarters` is empty for what is counted by the school year."""

    part: str
    number: str
    figure: str
    quarters: tuple[str, ...]
    year: str
    source: str


_OUTCOMES = (
    "enquiries_exhausted", "found_alternative_provision", "found_ehe", "found_school_other_la",
    "found_transferred_admissions_tracking", "found_new_school_rotherham", "not_recorded", "other_la_accepted",
    "verified_left_uk",
)  # fmt: skip
PARTS = (
    BoardPart(
        "Children missing education",
        "cme",
        ("1a-cases", "7", *(f"outcome-{code}" for code in _OUTCOMES)),
        ("1a", "1a-families", "1b", "4-primary", "4-secondary", "6", "13", "12-6", "12-12", "12-18", "12-more"),
    ),
    BoardPart(
        "Home education, school year",
        "ehe",
        stands=("1", "2", "3", "4", "5", "6", "7", *(f"7{kind}" for kind in "abcdefghi"), "8", "9"),
        yearly=True,
    ),
    BoardPart(
        "Exclusions",
        "exclusions",
        ("1", "2-fixed", "2-permanent", "3-fixed", "3-permanent", "4-fixed", "4-permanent"),
    ),
)


def quarters_of(year: int) -> tuple[Days, ...]:
    """Of the financial year that begins in April of `year`."""
    starts = [add_months(date(year, _APRIL, 1), 3 * place) for place in range(4)]
    return tuple((first, add_months(first, 3) - timedelta(days=1)) for first in starts)


def school_year_of(year: int) -> Days:
    """The school year that ended within the financial year that begins in `year`."""
    return date(year - 1, _SEPTEMBER, 1), date(year, _SEPTEMBER, 1) - timedelta(days=1)


def year_over(today: date) -> int:
    """The latest financial year that is over."""
    return today.year - 1 - (today.month < _APRIL)


def board_rows(year: int, told: Told) -> tuple[BoardRow, ...]:
    """`told`: a card's figures of a period by number, as they may leave the council."""
    return tuple(row for part in PARTS for row in _rows(part, year, told))


def cells(row: BoardRow) -> tuple[str, ...]:
    """By the heads."""
    return (row.part, row.number, row.figure, *(row.quarters or ("",) * len(QUARTERS)), row.year, row.source)


def _rows(part: BoardPart, year: int, told: Told) -> Iterator[BoardRow]:
    periods = (school_year_of(year),) if part.yearly else quarters_of(year)
    found = [told(part.card, *days) for days in periods]
    for number in (*part.sums, *part.stands):
        here = [period.get(number) for period in found]
        known = next((one for one in here if one is not None), None)
        if known is None:
            continue
        counts = [_words(one) for one in here]
        whole = counts[-1] if part.yearly else _year(here) if number in part.sums else ""
        yield BoardRow(part.title, number, known.title, () if part.yearly else tuple(counts), whole, known.source)


def _words(one: OutsideFigure | None) -> str:
    if one is None:
        return NOT_HERE
    return HIDDEN if one.number is None else f"{one.number}"


def _year(here: Sequence[OutsideFigure | None]) -> str:
    counts = [one.number for one in here if one is not None and one.number is not None]
    return f"{sum(counts)}" if len(counts) == len(here) else HIDDEN
