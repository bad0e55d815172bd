"""The case system's own numbers: an id is made from one and cannot be turned back into it, so each is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from casework.identifiers import RecordId
from central.database.database import replace_rows
from central.database.tables import extract_number

CHILD = "child"  # the form whose records are the children


@dataclass(frozen=True, slots=True)
class CaseNumber:
    record_id: RecordId
    form_id: str
    number: str


def keep_numbers(connection: Connection, found: Iterable[CaseNumber]) -> None:
    rows = [{"record_id": one.record_id, "form_id": one.form_id, "number": one.number} for one in found]
    replace_rows(connection, extract_number, rows)


def numbers_of(connection: Connection, form_id: str) -> dict[RecordId, str]:
    """By record; records that were written here have none."""
    query = select(extract_number.c.record_id, extract_number.c.number).where(extract_number.c.form_id == form_id)
    return dict(iter(connection.execute(query)))
