"""A table that leaves this laptop as a file for a spreadsheet: the trail says which, and how much of it."""

from __future__ import annotations

from pathlib import Path

from casework.errors import KnownError
from casework.plain_table import PlainTable
from desktop.flows.desk import Desk


def table_text(desk: Desk, name: str, table: PlainTable) -> str:
    """The trail is written first: what cannot be told of does not leave."""
    desk.vault.audit.add("exported", copy=f"{name} table", rows=len(table.rows))
    return table.csv()


def save_table(desk: Desk, file: Path, name: str, table: PlainTable) -> str:
    """Says what was saved, and that nothing protects it. Raises KnownError when it cannot be written."""
    text = table_text(desk, name, table)
    try:
        file.write_text(text + "\n", encoding="utf-8-sig", newline="\n")
    except OSError as error:
        message = f"{file.name} cannot be written: {error.strerror or 'unknown reason'}. Choose another folder."
        raise KnownError(message) from error
    lines = "1 line" if len(table.rows) == 1 else f"{len(table.rows)} lines"
    return f"Saved as {file.name}: {lines}. It is not encrypted: keep it where only those may read it who should."
