"""A caseload on paper: the rows that the screen shows, as a signed PDF to print or to keep."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from casework.dates_in_words import counted, day, month_and_year, near_day
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.table_page import TablePaper, table_pdf
from desktop.flows.caseload.case_row import TITLES, CaseRow, CaseTable, Wanted, days_said, next_line
from desktop.flows.desk import Desk
from desktop.flows.signing.lasting import lasting
from desktop.flows.signing.officer_identity import identity
from desktop.paths import fonts, write_new

_HEADS = ("Child", "School", "Stage", "School days", "Last contact", "Next act", "Locality, officer", "Also")
_WIDTHS = (0.15, 0.15, 0.1, 0.09, 0.11, 0.18, 0.12, 0.1)


def print_caseload(
    desk: Desk, file: Path, table: CaseTable, rows: Sequence[CaseRow], today: date, *, wanted: Wanted
) -> str:
    """Says what was saved. Raises NotJoined without a certificate, KnownError where it cannot be written."""
    name = f"{TITLES[table]}: the register" if wanted.register_only else TITLES[table]
    if wanted.due_month:
        name = f"{name}, due in {month_and_year(date.fromisoformat(f'{wanted.due_month}-01'))}"
    paper = TablePaper(
        form="caseload",
        title=f"{name}, {day(today)}",
        line=f"{counted(len(rows), 'child', 'children')} on the laptop of {desk.officer.name}, as known on it then.",
        heads=_HEADS,
        widths=_WIDTHS,
        rows=[_cells(row, today) for row in rows],
        author=desk.officer.name,
        council=desk.officer.council,
        officer_id=desk.officer.id,
        made=desk.now(),
    )
    signer = identity(desk)
    data = seal_pdf(table_pdf(paper, fonts()), signer, reason="Caseload", place=paper.council, at=paper.made)
    desk.vault.audit.add("exported", copy="caseload page", rows=len(rows))
    made = lasting(desk, data)
    write_new(file, made.data)
    kept = "Keep it where only those may read it who should."
    return f"Saved as {file.name}: {counted(len(rows), 'line')}. {kept} {made.sentence}"


def _cells(row: CaseRow, today: date) -> Sequence[str]:
    contact = near_day(row.last_contact, today) if row.last_contact else row.contact_line
    act = ", ".join(part for part in (row.next_act, next_line(row, today)) if part)
    where = "\n".join(part for part in (row.locality, row.officer) if part)
    also = "; ".join((*row.flags, *(("On the register",) if row.on_register else ())))
    return (row.child.name_and_age, row.school, row.stage, days_said(row), contact, act, where, also)
