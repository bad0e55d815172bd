"""The facts of the records that one transaction touched: worked out before the counter is taken, written after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, insert, select, update

from casework.identifiers import ChildId, RecordId
from casework.practice.council import Council
from casework.practice.figures.what_counts import Fact, Facts, facts_of, subject_of
from casework.records import Merge, Operation
from casework.records.corrected import corrected
from central.database.fact_tables import FACT_TABLES, FOREVER
from central.facts.numbers_of_practice import council_now

CHUNK = 900  # SQLite takes at most 999 parameters in older builds


@dataclass(frozen=True, slots=True)
class Touched:
    """A record and everything said of it. `is_new`: it has no facts yet."""

    record_id: RecordId
    form_id: str
    child_id: ChildId
    operations: Sequence[Operation]
    is_new: bool = False


class Projection:
    """One transaction's part."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._changed: dict[str, dict[RecordId, list[Facts]]] = defaultdict(dict)
        self._standing: dict[str, set[RecordId]] = defaultdict(set)

    def work_out(self, touched: Iterable[Touched]) -> None:
        """Only what differs from the facts that stand; the records are locked by now."""
        by_subject: dict[str, list[Touched]] = defaultdict(list)
        council = council_now(self._connection)
        for one in touched:
            by_subject[subject_of(one.form_id)].append(one)
        for subject, found in by_subject.items():
            standing = self._stand(FACT_TABLES[subject], [one.record_id for one in found if not one.is_new])
            self._standing[subject] = set(standing)
            for one in found:
                facts = facts_now(one, council)
                if facts != standing.get(one.record_id, []):
                    self._changed[subject][one.record_id] = facts

    def write(self, last: int) -> None:
        """From this place of the feed on. The counter is locked: one closing update and one insert a subject."""
        for subject, changed in self._changed.items():
            table = FACT_TABLES[subject]
            for ids in _chunks([record_id for record_id in changed if record_id in self._standing[subject]]):
                stood = table.c.record_id.in_(ids) & (table.c.to_seq == FOREVER)
                self._connection.execute(update(table).where(stood).values(to_seq=last))
            rows = [row for record_id, facts in changed.items() for row in fact_rows(record_id, facts, last, FOREVER)]
            self._connection.execute(insert(table), rows)

    def _stand(self, table: Table, record_ids: Sequence[RecordId]) -> dict[RecordId, list[Facts]]:
        found: dict[RecordId, list[Facts]] = defaultdict(list)
        for ids in _chunks(record_ids):
            query = select(table).where(table.c.record_id.in_(ids), table.c.to_seq == FOREVER)
            for row in self._connection.execute(query).mappings():
                facts = {name: value for name, value in row.items() if name not in ("record_id", "from_seq", "to_seq")}
                found[row["record_id"]].append(facts)
        return {record_id: in_order(facts) for record_id, facts in found.items()}


def facts_now(one: Touched, council: Council) -> list[Facts]:
    view = Merge(one.record_id, one.operations).view()
    found = facts_of(one.form_id, corrected(view), council)
    return in_order([{"child_id": one.child_id, **facts} for facts in found])


def in_order(facts: Iterable[Facts]) -> list[Facts]:
    """By the episode they are about, so that two lists of the same facts are equal."""
    return sorted(facts, key=lambda found: str(found.get("episode_id", "")))


def fact_rows(record_id: RecordId, facts: Iterable[Facts], first: int, until: int) -> Iterator[Mapping[str, Fact]]:
    for found in facts:
        yield {"record_id": record_id, "from_seq": first, "to_seq": until, **found}


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
