"""The rows of a caseload as Qt asks for them: two lines a cell, and one sentence for whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from casework.dates_in_words import day_of_month
from desktop.flows.caseload.case_row import CaseRow, CaseTable, days_said, next_line

Index = QModelIndex | QPersistentModelIndex
TWO_LINES = int(Qt.ItemDataRole.UserRole)
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell draws. `days` is a bar's length, None for a dashed one; `late` is drawn as such."""

    first: str
    second: str = ""
    late: bool = False
    is_bar: bool = False
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """`share` of the width; `order` is the one a click on its head asks for."""

    head: str
    order: str
    share: int
    cell: Callable[[Any, date], Cell]  # of a row of the kind its table holds


def _child(row: CaseRow, _today: date) -> Cell:
    return Cell(row.child.name_and_age, row.school or "School not known")


def _stage(row: CaseRow, _today: date) -> Cell:
    return Cell(row.stage, "; ".join(row.flags))


def _days(row: CaseRow, _today: date) -> Cell:
    return Cell(days_said(row), is_bar=True, days=row.school_days)


def _contact(row: CaseRow, today: date) -> Cell:
    """A year that is not this one stands below, so that neither is cut."""
    said = row.last_contact
    if said is None:
        return Cell(row.contact_line)
    return Cell(day_of_month(said), "" if said.year == today.year else str(said.year))


def _next(row: CaseRow, today: date) -> Cell:
    late = row.next_due is not None and row.next_due <= today
    return Cell(row.next_act or "Nothing due", next_line(row, today), late=late)


def _place(row: CaseRow, _today: date) -> Cell:
    return Cell(row.locality or "No locality", row.officer)


_CHILD, _STAGE = Column("Child, school", "child", 21, _child), Column("Stage", "stage", 15, _stage)
_NEXT, _PLACE = Column("Next act", "next", 27, _next), Column("Locality, officer", "locality", 18, _place)
COLUMNS = {
    CaseTable.HOME: (_CHILD, _STAGE, Column("Last contact", "contact", 16, _contact), _NEXT, _PLACE),
    CaseTable.MISSING_EDUCATION: (
        _CHILD,
        _STAGE,
        Column("School days", "days", 14, _days),
        Column("Last enquiry", "contact", 17, _contact),
        _NEXT,
        _PLACE,
    ),
    CaseTable.MISSING: (_CHILD, _STAGE, Column("Last back", "contact", 16, _contact), _NEXT, _PLACE),
}


class TwoLineModel(QAbstractTableModel):
    """Drawn row by row as it scrolls, so that two thousand families cost no more than twenty."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[Any], today: date, parent: QObject) -> None:
        super().__init__(parent)
        self.columns, self.rows, self._today = columns, rows, today

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, TWO_LINES):
            return None
        cell = self.columns[index.column()].cell(self.rows[index.row()], self._today)
        return cell if role == TWO_LINES else ". ".join(part for part in (cell.first, cell.second) if part)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].head
        return None


class CaseModel(TwoLineModel):
    """One table, in the order the page chose; made anew for each filter and each word typed."""

    def __init__(self, table: CaseTable, rows: Sequence[CaseRow], today: date, parent: QObject) -> None:
        super().__init__(COLUMNS[table], rows, today, parent)
