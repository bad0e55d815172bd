"""The annual report to the board (S2 §16) on this laptop: what the council tells, as it may leave the council."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from casework.dates_in_words import local
from casework.errors import KnownError
from casework.plain_table import PlainTable
from casework.practice.figures.board_rows import (
    HEADS,
    BoardRow,
    OutsideFigure,
    board_rows,
    cells,
    quarters_of,
    year_over,
)
from desktop.flows.desk import Desk
from desktop.flows.figures.figure_tables import for_outside
from desktop.flows.figures.scorecards import NOT_YOURS, counts_own, scorecard

EARLIEST, LATEST = 1990, 2200


def may_report(desk: Desk) -> bool:
    """Whoever reads the council's figures; nobody's own work is a report to the board."""
    return not counts_own(desk)


def year_words(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02}"


def latest_year(desk: Desk) -> int:
    return year_over(local(desk.now()).date())


def board_report(desk: Desk, year: int) -> tuple[BoardRow, ...]:
    """Asked of the council's service, or as it told it last. Raises KnownError before the year is over, and what a
    scorecard raises."""
    if not may_report(desk):
        raise KnownError(NOT_YOURS)
    if not EARLIEST <= year <= LATEST:
        message = f"“{year}” is not the year in which a financial year begins, such as 2025."
        raise KnownError(message)
    last = quarters_of(year)[-1][1]
    if local(desk.now()).date() <= last:
        message = f"The year {year_words(year)} is not over yet. Choose one that is."
        raise KnownError(message)

    def told(card: str, first: date, end: date) -> Mapping[str, OutsideFigure]:
        found = for_outside(scorecard(desk, card, first, end).told)
        return {one.number: OutsideFigure(one.title, one.count, one.source) for one in found.figures}

    return board_rows(year, told)


def table_of(rows: tuple[BoardRow, ...]) -> PlainTable:
    return PlainTable(HEADS, [cells(row) for row in rows])


def told(rows: tuple[BoardRow, ...]) -> str:
    return "\n".join(_line(row) for row in rows)


def _line(row: BoardRow) -> str:
    return f"{row.part}: {row.figure}. {', '.join([*row.quarters, *([f'year {row.year}'] if row.year else [])])}"
