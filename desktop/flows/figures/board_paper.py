"""The annual report to the board as a signed page: small numbers hidden, nobody named."""

from __future__ import annotations

from pathlib import Path

from casework.dates_in_words import counted
from casework.practice.figures.board_rows import QUARTERS, cells
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.flows.desk import Desk
from desktop.flows.figures.board_told import board_report, year_words
from desktop.flows.figures.scorecard_pdf import HIDES
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new

_WIDTHS = (0.13, 0.27, 0.1, 0.1, 0.1, 0.1, 0.07, 0.13)
_YEARS = "A year is the sum of its quarters; where one of them is hidden, so is the year."


def print_report(desk: Desk, file: Path, year: int) -> str:
    """Says what was saved. Raises what the report raises, and NotJoined without a certificate."""
    rows = board_report(desk, year)
    paper = TablePaper(
        form="board_report",
        title=f"Annual report to the board, {year_words(year)}",
        line=f"{HIDES} {_YEARS}",
        heads=("Part", "Figure", *QUARTERS, "Year", "Source"),
        widths=_WIDTHS,
        rows=[(row.part, row.figure, *cells(row)[3:]) for row in rows],
        author=desk.officer.name,
        council=desk.officer.council,
        officer_id=desk.officer.id,
        made=desk.now(),
        foot=f"{desk.officer.council}. {HIDES}",
    )
    signer = identity(desk)
    data = seal_pdf(table_pdf(paper, fonts()), signer, reason="Report to the board", place=paper.council, at=paper.made)
    desk.vault.audit.add("exported", copy="board report", rows=len(rows))
    write_new(file, data)
    return f"Saved as {file.name}: {counted(len(rows), 'figure')}, with small numbers hidden."
