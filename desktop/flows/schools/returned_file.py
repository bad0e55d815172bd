"""A school’s return from the file it came in: read whole, looked over or taken in."""

from __future__ import annotations

from pathlib import Path

from desktop.flows.desk import Desk
from desktop.flows.schools.return_sheet import lines_of
from desktop.flows.schools.taking_in import ReturnReport, take_in
from desktop.flows.sheet_reading import file_read, month_typed


def take_in_file(
    desk: Desk, file: Path, school: str, month: str, *, keep: bool, leave_out: bool = False
) -> ReturnReport:
    """`month` as 2026-03. Raises KnownError."""
    lines = lines_of(file_read(file))
    return take_in(desk, lines, school, month_typed(month, "return"), keep=keep, leave_out=leave_out)
