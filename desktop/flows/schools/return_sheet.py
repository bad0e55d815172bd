"""A school’s movement return as a spreadsheet saves it: its lines, each with its number, and why one cannot be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casework.errors import KnownError
from casework.practice.schools.movement_rules import LONGEST, Moved, Pupil

HEADS = ("Movement", "Pupil", "Date of birth", "Date", "School", "Address", "Emigrating to", "Checked")
_MUST = HEADS[:6]
MOST_LINES = 2000
_WORDS = {"joined": Moved.JOINED, "joiner": Moved.JOINED, "left": Moved.LEFT, "leaver": Moved.LEFT}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """`pupil` is None for a line that says neither that somebody joined nor that somebody left; `why`: what in it
    cannot be taken as it stands, in a sentence."""

    number: int
    pupil: Pupil | None
    why: str = ""


def lines_of(data: bytes) -> tuple[SheetLine, ...]:
    """Raises KnownError for what is no such file."""
    try:
        text = _text(data)
        reader = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=text.partition("\n")[0].count))
        missing = [name for name in _MUST if name not in (reader.fieldnames or ())]
        if missing:
            message = f"The first line should name these columns: {', '.join(HEADS)}. Missing: {', '.join(missing)}."
            raise KnownError(message)
        return tuple(_lines(reader))
    except (UnicodeDecodeError, csv.Error) as error:
        message = "That is no table that can be read. Save it from the spreadsheet as CSV (UTF-8)."
        raise KnownError(message) from error


def _text(data: bytes) -> str:
    """As spreadsheets save it, in whichever of their ways."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _lines(reader: csv.DictReader[str]) -> Iterator[SheetLine]:
    for count, row in enumerate(reader, start=1):
        if count > MOST_LINES:
            message = f"A return has no more than {MOST_LINES} lines."
            raise KnownError(message)
        said = {name: str(row.get(name) or "").strip() for name in HEADS}
        if any(said.values()):
            yield SheetLine(reader.line_num, _pupil(said), _unreadable(said))


def _unreadable(said: Mapping[str, str]) -> str:
    """Nothing is cut, and no day is left out, without a word."""
    if long := next((name for name in HEADS if len(said[name]) > LONGEST), ""):
        return f"“{long}” is longer than {LONGEST} letters: shorten it."
    if said["Date of birth"] and _day(said["Date of birth"]) is None:
        return "The date of birth is no day: write it as 2012-03-27 or 27/03/2012, or leave it empty."
    return ""


def _pupil(said: Mapping[str, str]) -> Pupil | None:
    moved = _WORDS.get(said["Movement"].casefold())
    if moved is None:
        return None
    return Pupil(
        moved=moved,
        name=" ".join(said["Pupil"].split()),
        born=_day(said["Date of birth"]),
        on=_day(said["Date"]),
        school=said["School"],
        address=said["Address"],
        country=said["Emigrating to"],
        checked=said["Checked"],
    )


def _day(text: str) -> date | None:
    for written in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 - a day of the calendar has no zone
        except ValueError:
            continue
    return None
