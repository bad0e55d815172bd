"""What is due to be destroyed, by the rules of the council's own file. To list it changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from casework.canonical import JSON, digest
from casework.dates_in_words import local
from casework.forms.moments import span
from casework.identifiers import BucketId, ChildId, OperationId, RecordId, child_named
from casework.practice.homes.of_no_child import form_of_no_child
from casework.practice.retention.kept_until import KeptUntil
from casework.practice.retention.when_closed import is_closed
from casework.records import Merge, Operation
from casework.wire.protocol import Sealed, unseal
from central.database.errors import CentralError
from central.database.tables import operation, record, waiting
from central.extracts.case_numbers import CHILD
from central.facts.numbers_of_practice import council_now
from central.feed.stored_operations import CHUNK, operations_by_record, still_said
from central.intake import definitions
from central.intake.verdicts import DESTROYED
from central.retention.holds import held_children

NO_RULES = (
    "The council’s file has no [[retention]] rule, so nothing is ever due. "
    "See “homeward-central council show”, and the page on retention of the administrator’s manual."
)
UNKNOWN_FORM = "The council’s file has a [[retention]] rule for “{}”, and no form of that name is published here."
LEFT = "other records of the child are left"
UNDECIDED = "something about it waits to be decided"
HEX = 16  # of a list's hash: enough to be typed, and too many to be met by chance
Hashes = Mapping[OperationId, str]


@dataclass(frozen=True, slots=True)
class Due:
    """One record whose time is over. `against`: what holds it back; empty for one that would go."""

    record_id: RecordId
    child_id: ChildId
    form_id: str
    bucket: BucketId
    hashes: Hashes
    first: date
    last: date
    due: date
    rule: str
    reason: str
    against: str

    def to_json(self) -> dict[str, JSON]:
        said = {"due": self.due.isoformat(), "form": self.form_id, "child": self.child_id, "record": self.record_id}
        days = {"first": self.first.isoformat(), "last": self.last.isoformat()}
        why = {"rule": self.rule, "reason": self.reason, "held": self.against}
        return {**said, "operations": len(self.hashes), **days, **why}


@dataclass(frozen=True, slots=True)
class DueList:
    """`unborn`: children of whom a rule asks a birthday that nobody knows."""

    rows: tuple[Due, ...]
    unborn: int

    @property
    def going(self) -> tuple[Due, ...]:
        return tuple(row for row in self.rows if not row.against)

    @property
    def hash(self) -> str:
        """Of what would go and why, and of every word that is in it; empty where nothing would."""
        going: list[JSON] = [[row.record_id, row.rule, *sorted(row.hashes.values())] for row in self.going]
        return digest(going)[:HEX] if going else ""


def due_list(connection: Connection, now: datetime) -> DueList:
    """As of now. Raises CentralError for a council without rules, or with one for a form that is not here."""
    rules = council_now(connection).retention
    _refuse_unruly(connection, rules)
    homes = _homes(connection)
    today = local(now).date()
    born = _born(connection, homes) if any(rule.birthday for rule in rules.values()) else {}
    found = [_due(one, rules[one.form_id], born, today) for one in _held(connection, homes, rules)]
    rows = [row for row in found if row is not None]
    stand = _standing_against(connection, rows, homes, now)
    asked = {home.child for home in homes.values() if home.form_id in rules and rules[home.form_id].birthday}
    return DueList(tuple(sorted(stand, key=_order)), len([child for child in asked if child and child not in born]))


def _refuse_unruly(connection: Connection, rules: Mapping[str, KeptUntil]) -> None:
    if not rules:
        raise CentralError(NO_RULES)
    known = {form.id for form in definitions.newest_own(connection)}
    for form_id in sorted(set(rules) - known):
        raise CentralError(UNKNOWN_FORM.format(form_id))


@dataclass(frozen=True, slots=True)
class _Home:
    form_id: str
    bucket: BucketId

    @property
    def child(self) -> ChildId:
        """Whose it is now; empty for what is of no child."""
        return child_named("" if form_of_no_child(self.bucket) else self.bucket.rpartition(":")[0])


def _homes(connection: Connection) -> dict[RecordId, _Home]:
    """Every record that is still here."""
    query = select(record.c.record_id, record.c.form_id, record.c.bucket).where(record.c.bucket != "")
    return {row.record_id: _Home(row.form_id, BucketId(row.bucket)) for row in connection.execute(query)}


def _born(connection: Connection, homes: Mapping[RecordId, _Home]) -> dict[ChildId, date]:
    """Of a day that is known roughly, the last that it can be."""
    ids = [record_id for record_id, home in homes.items() if home.form_id == CHILD]
    found: dict[ChildId, date] = {}
    for record_id, said in operations_by_record(connection, ids).items():
        if when := span(Merge(record_id, said).view().answers().get("date_of_birth")):
            found[child_named(record_id)] = local(when.last).date()
    return found


@dataclass(frozen=True, slots=True)
class _Held:
    """A record for whose form there is a rule, and all that was said of it."""

    record_id: RecordId
    form_id: str
    home: _Home
    said: Sequence[tuple[Operation, date]]


def _held(connection: Connection, homes: Mapping[RecordId, _Home], rules: Mapping[str, KeptUntil]) -> Iterator[_Held]:
    ids = sorted(record_id for record_id, home in homes.items() if home.form_id in rules)
    columns = (operation.c.record_id, operation.c.op_id, operation.c.payload, operation.c.signature)
    query = select(*columns, operation.c.received_at).where(still_said())
    for start in range(0, len(ids), CHUNK):
        said: dict[RecordId, list[tuple[Operation, date]]] = defaultdict(list)
        for row in connection.execute(query.where(operation.c.record_id.in_(ids[start : start + CHUNK]))):
            said[row.record_id].append((_read(row), local(datetime.fromisoformat(row.received_at)).date()))
        for record_id, found in said.items():
            yield _Held(record_id, homes[record_id].form_id, homes[record_id], found)


def _read(row: Any) -> Operation:
    return unseal(Sealed(op_id=row.op_id, payload=row.payload, signature=row.signature))


def _due(one: _Held, rule: KeptUntil, born: Mapping[ChildId, date], today: date) -> Due | None:
    """Years count from the day on which its last word reached the council: no laptop's clock shortens them."""
    days = [day for _, day in one.said]
    closed = None
    if rule.birthday is None and is_closed(Merge(one.record_id, [op for op, _ in one.said]).view()):
        closed = max(days)
    due = rule.due_on(closed=closed, born=born.get(one.home.child))
    if due is None or due > today:
        return None
    hashes = {op.op_id: op.payload_hash for op, _ in one.said}
    place = (one.record_id, one.home.child, one.form_id, one.home.bucket, hashes)
    return Due(*place, min(days), max(days), due, rule.words, rule.reason, "")


def _standing_against(
    connection: Connection, rows: Sequence[Due], homes: Mapping[RecordId, _Home], now: datetime
) -> Iterator[Due]:
    """A hold, words that nobody has decided about, and, for a child's own record, whatever else of the child stays."""
    held, undecided = held_children(connection, now), _undecided(connection)
    why_not = [held.get(row.child_id, "") or (UNDECIDED if row.record_id in undecided else "") for row in rows]
    looked = [_with(row, against) for row, against in zip(rows, why_not, strict=True)]
    going = {row.record_id for row in looked if not row.against}
    stay = {home.child for record_id, home in homes.items() if record_id not in going and home.form_id != CHILD}
    stay |= {child_named(bucket.rpartition(":")[0]) for bucket in undecided.values()}
    for row in looked:
        yield _with(row, row.against or (LEFT if row.form_id == CHILD and row.child_id in stay else ""))


def _undecided(connection: Connection) -> dict[RecordId, BucketId]:
    """By record: what a manager can still decide about. Of a record that is gone already, nothing is waited for."""
    query = select(waiting.c.record_id, waiting.c.bucket).where(waiting.c.status == "quarantined")
    return {row.record_id: BucketId(row.bucket) for row in connection.execute(query.where(waiting.c.code != DESTROYED))}


def _with(row: Due, against: str) -> Due:
    place = (row.record_id, row.child_id, row.form_id, row.bucket, row.hashes)
    return Due(*place, row.first, row.last, row.due, row.rule, row.reason, against)


def _order(row: Due) -> tuple[ChildId, bool, str, RecordId]:
    """A child's own record last."""
    return row.child_id, row.form_id == CHILD, row.form_id, row.record_id
