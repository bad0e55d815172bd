"""Records as a return reads them: with corrections laid over, and the case system's own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from casework.canonical import JSON
from casework.forms.moments import span
from casework.identifiers import ChildId, RecordId
from casework.plain_table import PlainTable
from casework.practice.lives.case_shapes import SHAPES, keeps_case
from casework.records import Merge
from casework.records.corrected import Corrected, corrected
from central.database.tables import extract_number, record
from central.feed.stored_operations import operations_by_record

CHILD, EPISODE, INTERVIEW = "child", "missing_episode", "return_home_interview"


@dataclass(frozen=True, slots=True)
class CountedRecord:
    """`reference` is the case system's number, or the record's own id where it has none."""

    record_id: RecordId
    child_id: ChildId
    reference: str
    said: Corrected

    def answer(self, name: str) -> JSON:
        """None where two values stand."""
        return None if name in self.said.unsettled else self.said.answers.get(name)

    def moment(self, name: str) -> datetime | None:
        """Of an answer that means one moment, or one day."""
        when = span(self.answer(name))
        if when is None:
            return None
        return when.first if when.first.date() == when.last.date() else None

    def is_said(self, name: str) -> bool:
        return self.said.answers.get(name) not in (None, "")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A record that cannot be counted as it stands, with the question to answer beside it."""

    reference: str
    question: str


@dataclass(frozen=True, slots=True)
class Return:
    """`rules` says which year's rules made it."""

    table: PlainTable
    rules: str
    doubts: list[Doubt] = field(default_factory=list)


def records_of(connection: Connection, form_id: str) -> Iterator[CountedRecord]:
    """Those that were neither discarded nor destroyed, in the order of their ids."""
    query = select(record.c.record_id, record.c.child_id).where(record.c.form_id == form_id)
    homes = list(connection.execute(query.order_by(record.c.record_id)))
    numbers = _numbers(connection, form_id)
    stored = operations_by_record(connection, [home.record_id for home in homes])
    for home in (each for each in homes if each.record_id in stored):
        said = corrected(Merge(home.record_id, stored[home.record_id]).view())
        if not said.discarded:
            yield CountedRecord(home.record_id, home.child_id, numbers.get(home.record_id, home.record_id), said)


def missing_education_cases(connection: Connection) -> Iterator[CountedRecord]:
    """In both their shapes; what only arrived is none of them."""
    for form_id in SHAPES:
        yield from (one for one in records_of(connection, form_id) if keeps_case(form_id, one.said.form_version))


def children_by_id(connection: Connection) -> Mapping[str, CountedRecord]:
    return {one.child_id: one for one in records_of(connection, CHILD)}


def real_episodes(connection: Connection) -> list[CountedRecord]:
    """Neither entered in error nor told twice."""
    none = ("entered_in_error", "duplicate")
    return [one for one in records_of(connection, EPISODE) if one.said.answers.get("outcome") not in none]


def born(child: CountedRecord | None) -> date | None:
    when = child.moment("date_of_birth") if child else None
    return when.date() if when else None


def _numbers(connection: Connection, form_id: str) -> dict[str, str]:
    query = select(extract_number.c.record_id, extract_number.c.number).where(extract_number.c.form_id == form_id)
    return dict(iter(connection.execute(query)))
