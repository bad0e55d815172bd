"""A table that somebody else’s spreadsheet saved: read whole, in whichever of their ways, each line with its number."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from casework.errors import KnownError

MOST_BYTES = 1024 * 1024
MOST_LINES = 2000


def file_read(file: Path, what: str) -> bytes:
    """`what` it is, in words, for whoever chose a file that is far too large. Raises KnownError."""
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error
    if len(data) > MOST_BYTES:
        message = f"{file.name} is too large: {what} has no more than 1 MB."
        raise KnownError(message)
    return data


def sheet_lines(data: bytes, heads: Sequence[str], must: Sequence[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Each line that says anything, with its number; every head is there, if empty. Raises KnownError."""
    try:
        text = _text(data)
        reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=text.partition("\n")[0].count))
        named = {head.strip().casefold(): head for head in reader.fieldnames or ()}
        missing = [name for name in must if name.casefold() not in named]
        if missing:
            message = f"The first line should name these columns: {', '.join(heads)}. Missing: {', '.join(missing)}."
            raise KnownError(message)
        yield from _said(reader, {head: named.get(head.casefold(), "") for head in heads})
    except (UnicodeDecodeError, csv.Error) as error:
        message = "That is no table that can be read. Save it from the spreadsheet as CSV (UTF-8)."
        raise KnownError(message) from error


def month_typed(text: str, of: str) -> date:
    """`text` as 2026-03; `of` what it is the month. Raises KnownError."""
    try:
        return date.fromisoformat(f"{text.strip()}-01")
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


def _said(reader: csv.DictReader[str], named: Mapping[str, str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for count, row in enumerate(reader, start=1):
        if count > MOST_LINES:
            message = f"Such a table has no more than {MOST_LINES} lines."
            raise KnownError(message)
        said = {head: str(row.get(name) or "").strip() for head, name in named.items()}
        if any(said.values()):
            yield reader.line_num, said


def _text(data: bytes) -> str:
    """As spreadsheets save it, in whichever of their ways."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")
