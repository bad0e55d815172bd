"""A school’s movement return as a spreadsheet saves it: its lines, each with its number, and why one cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casework.practice.schools.movement_rules import LONGEST, Moved, Pupil
from desktop.flows.sheet_reading import day_typed, sheet_lines

HEADS = ("Movement", "Pupil", "Date of birth", "Date", "School", "Address", "Emigrating to", "Checked")
_MUST = HEADS[:6]
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
    found = sheet_lines(data, HEADS, _MUST)
    return tuple(SheetLine(one.number, _pupil(one.said), one.why or _unreadable(one.said)) for one in found)


def _unreadable(said: Mapping[str, str]) -> str:
    """Nothing is cut, and no day is left out, without a word."""
    if long := next((name for name in HEADS if len(said[name]) > LONGEST), ""):
        return f"“{long}” is longer than {LONGEST} letters: shorten it."
    if said["Date of birth"] and day_typed(said["Date of birth"]) is None:
        return "The date of birth is no day: write it as 2012-03-27 or 27/03/2012, or leave it empty."
    return ""


def _pupil(said: Mapping[str, str]) -> Pupil | None:
    moved = _WORDS.get(said["Movement"].casefold())
    if moved is None:
        return None
    return Pupil(
        moved=moved,
        name=" ".join(said["Pupil"].split()),
        born=day_typed(said["Date of birth"]),
        on=day_typed(said["Date"]),
        school=said["School"],
        address=said["Address"],
        country=said["Emigrating to"],
        checked=said["Checked"],
    )
