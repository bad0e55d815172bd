"""A table that somebody else’s spreadsheet saved: read whole, in whichever of their ways, each line with its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from casework.dates_in_words import typed_day
from casework.errors import KnownError
from casework.given_file import MEGABYTE, bytes_of
from casework.spreadsheet import Layout, sheet_in

MOST_BYTES = MEGABYTE
MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class ReadLine:
    """`said` names every column, if empty. `why`: in a sentence, what keeps the line from being read."""

    number: int
    said: Mapping[str, str]
    why: str = ""


def file_read(file: Path) -> bytes:
    """Raises KnownError for what cannot be read, or is far too large for a list of one month."""
    return bytes_of(file, MOST_BYTES)


def sheet_lines(data: bytes, heads: Sequence[str], must: Sequence[str]) -> tuple[ReadLine, ...]:
    """Each line that says anything, with its number; a line of totals is none. Raises KnownError."""
    advice = f"The first line should name these columns: {', '.join(heads)}."
    sheet = sheet_in(data, "That table", Layout(must, heads, advice))
    found = [ReadLine(row.line, {head: row.cells.get(head, "") for head in heads}) for row in sheet.rows]
    found += [ReadLine(line, dict.fromkeys(heads, ""), why) for line, why in sheet.refused]
    if len(found) > MOST_LINES:
        message = f"Such a table has no more than {MOST_LINES} lines."
        raise KnownError(message)
    return tuple(sorted(found, key=lambda one: one.number))


def month_typed(text: str, of: str) -> date:
    """`text` as 2026-03; `of` what it is the month. Raises KnownError."""
    try:
        return typed_day(f"{text.strip()}-01")
    except ValueError as error:
        message = f"Write the month of the {of} as 2026-03."
        raise KnownError(message) from error


def day_typed(text: str) -> date | None:
    """None for what is no day."""
    for written in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day of the calendar has no zone
        except ValueError:
            continue
    return None
