"""The annual report to the board (S2 §16), reckoned by the service: nothing in it that a scorecard hides outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from casework.plain_table import PlainTable
from casework.practice.calendar import london_day
from casework.practice.figures.board_rows import HEADS, OutsideFigure, board_rows, cells, quarters_of
from central.database.errors import CentralError
from central.figures.for_outside import outside_page
from central.figures.periods import AsAt, Period
from central.figures.reckoning import card_of


def board_report(connection: Connection, year: int, as_at: AsAt, now: datetime) -> PlainTable:
    """Of the financial year that begins in `year`. Raises CentralError before it is over."""
    last = quarters_of(year)[-1][1]
    if london_day(now) <= last:
        message = f"The year {year}/{(year + 1) % 100:02} is not over before {last.isoformat()}. Name one that is."
        raise CentralError(message)

    def told(card: str, first: date, end: date) -> Mapping[str, OutsideFigure]:
        definition = card_of(card)
        page = outside_page(connection, definition, Period(first, end), as_at)
        return {
            one.figure.number: OutsideFigure(one.figure.title, one.count, one.figure.source) for one in page.figures
        }

    return PlainTable(HEADS, [cells(row) for row in board_rows(year, told)])
