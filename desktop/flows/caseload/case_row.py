"""One case as a row of the caseload: which rows are wanted, in which order, and how they read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from msgspec import Struct

from casework.canonical import JSON
from casework.dates_in_words import counted, near_day
from casework.plain_table import PlainTable
from desktop.flows.children import Child
from desktop.flows.due.due_list import how_long_over


class CaseTable(StrEnum):
    HOME = "home_education"
    MISSING_EDUCATION = "missing_education"
    MISSING = "missing"


TITLES = {
    CaseTable.HOME: "Home education",
    CaseTable.MISSING_EDUCATION: "Missing education",
    CaseTable.MISSING: "Missing from home or care",
}
HEADS = (
    "Child", "School", "Stage", "School days absent", "Last contact", "Next act", "Next act due", "Locality", "Officer",
    "Flags", "On the register", "Record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextLetter:
    """The letter that the next act is, and the record it is about: a report’s goes with the report."""

    kind: str
    title: str
    record_id: str


class CaseRow(Struct, frozen=True):
    """`school_days` is None where nothing is counted, or nothing can be: `clock` says which.

    `next_act` is empty for a case that nothing is due in. `takes_letters` is false of what only arrived: its letters go
    from the case."""

    table: CaseTable
    record_id: str
    child: Child
    school: str
    stage: str
    school_days: int | None
    clock: str
    last_contact: date | None
    contact_line: str
    next_act: str
    next_due: date | None
    locality: str
    officer: str
    flags: tuple[str, ...]
    on_register: bool = False
    letter: NextLetter | None = None
    takes_letters: bool = True

    @property
    def due_month(self) -> str:
        """“2026-12”; empty for a case that nothing is due in."""
        return self.next_due.isoformat()[:7] if self.next_due else ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows, and in which order; an empty text asks for all. `due_month` as a row says it."""

    stage: str = ""
    locality: str = ""
    officer: str = ""
    words: str = ""
    order: str = "next"
    register_only: bool = False
    due_month: str = ""


def chosen(found: Iterable[CaseRow], wanted: Wanted) -> tuple[CaseRow, ...]:
    words = wanted.words.casefold().split()
    kept = [
        row
        for row in found
        if wanted.stage in ("", row.stage)
        and wanted.locality in ("", row.locality)
        and wanted.officer in ("", row.officer)
        and wanted.due_month in ("", row.due_month)
        and (row.on_register or not wanted.register_only)
        and all(word in f"{row.child.name} {row.school}".casefold() for word in words)
    ]
    return tuple(sorted(kept, key=ORDERS[wanted.order]))


def _by_next(row: CaseRow) -> tuple[object, ...]:
    return row.next_due or date.max, row.child.name.casefold()


def _by_days(row: CaseRow) -> tuple[object, ...]:
    """Longest first; before them those whose days cannot be counted, since they may be the longest of all."""
    return row.school_days is not None, -(row.school_days or 0), row.child.name.casefold()


ORDERS: Mapping[str, Callable[[CaseRow], tuple[object, ...]]] = {
    "next": _by_next,
    "days": _by_days,
    "child": lambda row: (row.child.name.casefold(),),
    "stage": lambda row: (row.stage, *_by_next(row)),
    "contact": lambda row: (row.last_contact or date.min, row.child.name.casefold()),
    "locality": lambda row: (row.locality, *_by_next(row)),
    "officer": lambda row: (row.officer, *_by_next(row)),
}


def days_line(row: CaseRow) -> str:
    """“31 school days”; “Not known” is said and never nought."""
    return counted(row.school_days, "day") if row.school_days is not None else row.clock


def days_said(row: CaseRow) -> str:
    """With its doubt, where the council's calendar does not cover every day counted."""
    doubt = f", {row.clock}" if row.school_days is not None and row.clock else ""
    return f"{days_line(row)}{doubt}"


def next_line(row: CaseRow, today: date) -> str:
    if row.next_due is None:
        return ""
    said = "due today" if row.next_due == today else near_day(row.next_due, today)
    return how_long_over(row.next_due, today) or said


def table_of(found: Iterable[CaseRow]) -> PlainTable:
    """A row for each."""
    rows = [
        (
            row.child.name_and_age,
            row.school,
            row.stage,
            days_line(row),
            row.last_contact.isoformat() if row.last_contact else row.contact_line,
            row.next_act,
            row.next_due.isoformat() if row.next_due else "",
            row.locality,
            row.officer,
            "; ".join(row.flags),
            "yes" if row.on_register else "",
            row.record_id,
        )
        for row in found
    ]
    return PlainTable(HEADS, rows)


def as_json(row: CaseRow) -> JSON:
    return {
        "table": row.table.value,
        "record": row.record_id,
        "child": row.child.child_id,
        "child_name": row.child.name,
        "age": row.child.age,
        "school": row.school,
        "stage": row.stage,
        "school_days": row.school_days,
        "clock": row.clock,
        "last_contact": row.last_contact.isoformat() if row.last_contact else None,
        "next_act": row.next_act,
        "next_due": row.next_due.isoformat() if row.next_due else None,
        "locality": row.locality,
        "officer": row.officer,
        "flags": list(row.flags),
        "on_register": row.on_register,
    }


def told(table: CaseTable, found: Sequence[CaseRow], today: date) -> str:
    lines = [f"{TITLES[table]}, {counted(len(found), 'case')}"]
    lines += [f"  {line}" for row in found for line in [_told_row(row, today)]]
    return "\n".join(lines)


def _told_row(row: CaseRow, today: date) -> str:
    contact = near_day(row.last_contact, today) if row.last_contact else row.contact_line
    act = f"{row.next_act}, {next_line(row, today)}" if row.next_act else "nothing due"
    parts = (
        f"{row.child.name_and_age} ({row.school or 'school not known'})",
        row.stage,
        days_line(row),
        f"last contact {contact}" if contact else "",
        f"next: {act}",
        row.locality,
        row.officer,
        *row.flags,
    )
    return "; ".join(part for part in parts if part)
