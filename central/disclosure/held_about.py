"""What the service holds about one child, and nothing of another: by the bucket a record lies in, never by a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from casework.folding import folded
from casework.forms import Definition
from casework.identifiers import BucketId, ChildId, OfficerId, RecordId, child_named
from casework.practice.roles import HOME_EDUCATION, reach_of, role_name
from casework.practice.same_child import ChildSaid
from casework.records import Merge, Operation, RecordView
from central.database.errors import UnknownThing
from central.database.tables import allocation, officer, operation, record, waiting
from central.extracts.case_numbers import CHILD, numbers_of
from central.feed.stored_operations import operations_by_record, still_said
from central.files.uploads import Blobs
from central.intake.definitions import Definitions
from central.people.accounts import Officer, officers
from central.people.scope import AT_HOME, WHOLE_COUNCIL

Row = Mapping[str, Any]


@dataclass(frozen=True)
class HeldRecord:
    """`form` is None for one of a version that was never published here; `operations` in the order they were said."""

    view: RecordView
    form: Definition | None
    operations: tuple[Operation, ...]


@dataclass(frozen=True)
class HeldAbout:
    """`moved_away`: records that began as this child's and are another's now. `others`: every other child's names."""

    child_id: ChildId
    said: ChildSaid
    number: str
    records: tuple[HeldRecord, ...]
    waiting: tuple[Row, ...]
    moved_away: tuple[str, ...]
    allocations: tuple[Row, ...]
    officers: Mapping[str, Officer]
    others: Mapping[RecordId, ChildSaid]
    blobs: Blobs

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.said.given, self.said.family) if part) or "A child without a name"

    @property
    def first_name(self) -> str:
        return self.said.known_as or self.said.given

    def officer_named(self, officer_id: OfficerId) -> str:
        """“Nadia Brightwater, Missing advocate”."""
        found = self.officers.get(officer_id)
        return f"{found.name}, {role_name(found.role)}" if found else "Somebody this service does not know"

    def see_every_child(self) -> list[Officer]:
        """Who needs no allocation, of those who serve now."""
        is_at_home = any(one.view.form_id in HOME_EDUCATION for one in self.records)
        whole = WHOLE_COUNCIL | ({AT_HOME} if is_at_home else set())
        return [one for one in self.officers.values() if one.active and reach_of(one.role).children in whole]


def known_child(connection: Connection, named: str) -> ChildId:
    """By id, or by the case system's number. Raises UnknownThing."""
    by_number = [found for found, number in numbers_of(connection, CHILD).items() if number == named]
    for child_id in map(child_named, (named, *by_number)):
        if any(True for _ in _homes(connection, child_id)) or _allocations(connection, child_id):
            return child_id
    message = f"Nothing is held about a child {named}. Find the right id with “homeward-central children NAME”."
    raise UnknownThing(message)


def held_about(connection: Connection, definitions: Definitions, blobs: Blobs, child_id: ChildId) -> HeldAbout:
    homes = dict(_homes(connection, child_id))
    ids = sorted(found for found, bucket in homes.items() if _child_of(bucket) == child_id)
    stored = operations_by_record(connection, ids)
    names = _every_child(connection)
    return HeldAbout(
        child_id=child_id,
        said=names.pop(child_id, ChildSaid("", "", "", None)),
        number=numbers_of(connection, CHILD).get(child_id, ""),
        records=tuple(_record(connection, definitions, name, stored.get(name, [])) for name in ids),
        waiting=_waiting(connection, child_id),
        moved_away=tuple(sorted(set(homes) - set(ids))),
        allocations=_allocations(connection, child_id),
        officers={one.id: one for one in officers(connection)},
        others=names,
        blobs=blobs,
    )


class OfAnother(NamedTuple):
    """One operation of a record that is not this child's: `payload` is the text as it was signed."""

    record_id: RecordId
    form_id: str
    child_id: ChildId
    payload: str


def of_others(connection: Connection, child_id: ChildId) -> Iterator[OfAnother]:
    """A few at a time: the whole log is larger than memory."""
    joined = operation.join(record, record.c.record_id == operation.c.record_id)
    query = select(record.c.record_id, record.c.form_id, record.c.bucket, operation.c.payload).select_from(joined)
    query = query.where(still_said())
    for record_id, form_id, bucket, payload in connection.execute(query.execution_options(yield_per=500)):
        if _child_of(bucket) != child_id:
            yield OfAnother(record_id, form_id, _child_of(bucket), payload)


def _homes(connection: Connection, child_id: ChildId) -> Iterator[tuple[RecordId, BucketId]]:
    """Records that are this child's by where they lie, or were begun so."""
    prefix = f"{child_id}:"
    here = record.c.bucket.startswith(prefix, autoescape=True) | (record.c.child_id == child_id)
    held = record.c.bucket != ""  # what was destroyed lies in none
    for found in connection.execute(select(record.c.record_id, record.c.bucket).where(here, held)):
        yield found.record_id, found.bucket


def _child_of(bucket: BucketId) -> ChildId:
    return child_named(bucket.rpartition(":")[0])


def _record(
    connection: Connection, definitions: Definitions, record_id: RecordId, operations: Sequence[Operation]
) -> HeldRecord:
    view = Merge(record_id, operations).view()
    form = definitions.find(view.form_id, view.form_version, connection)
    return HeldRecord(view, form, tuple(sorted(operations, key=lambda op: (op.hlc, op.op_id))))


def _waiting(connection: Connection, child_id: ChildId) -> tuple[Row, ...]:
    """What was sent about this child and is not taken in."""
    query = select(waiting).where(waiting.c.bucket.startswith(f"{child_id}:", autoescape=True), waiting.c.payload != "")
    rows = connection.execute(query.order_by(waiting.c.received_at)).mappings()
    return tuple(dict(row) for row in rows if _child_of(row["bucket"]) == child_id)


def _allocations(connection: Connection, child_id: ChildId) -> tuple[Row, ...]:
    """Those that have ended too."""
    joined = allocation.outerjoin(officer, officer.c.id == allocation.c.officer_id)
    query = select(allocation, officer.c.name, officer.c.role).select_from(joined)
    found = query.where(allocation.c.child_id == child_id).order_by(allocation.c.since, allocation.c.officer_id)
    return tuple(dict(row) for row in connection.execute(found).mappings())


def _every_child(connection: Connection) -> dict[RecordId, ChildSaid]:
    ids: list[RecordId] = list(
        connection.execute(select(record.c.record_id).where(record.c.form_id == CHILD)).scalars()
    )
    stored = operations_by_record(connection, ids)
    return {name: ChildSaid.of(Merge(name, found).view().answers()) for name, found in stored.items()}


def words_of(text: str) -> set[str]:
    """As names are compared: without accents, capitals and what stands between letters."""
    return {folded(word) for word in text.replace("’s", " ").replace("'s", " ").split()}
