"""A school’s return from the file it came in: read whole, looked over or taken in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.schools.return_sheet import lines_of
from desktop.flows.schools.taking_in import ReturnReport, take_in

MOST = 1024 * 1024


def take_in_file(
    desk: Desk, file: Path, school: str, month: str, *, keep: bool, leave_out: bool = False
) -> ReturnReport:
    """`month` as 2026-03. Raises KnownError."""
    return take_in(desk, lines_of(_data(file)), school, _month(month), keep=keep, leave_out=leave_out)


def _data(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST + 1)
    except OSError as error:
        message = f"{file.name} cannot be read: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error
    if len(data) > MOST:
        message = f"{file.name} is too large: a school’s return of one month has no more than 1 MB."
        raise KnownError(message)
    return data


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text.strip()}-01")
    except ValueError as error:
        message = "Write the month of the return as 2026-03."
        raise KnownError(message) from error
