"""All facts worked out anew from the operations: after an update, or to prove that those kept up are right."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from casework.identifiers import RecordId
from casework.practice.council import Council
from casework.practice.figures.what_counts import Fact, Facts, subject_of
from casework.records import Operation
from central.database.fact_tables import FACT_TABLES, FOREVER, feed_moment
from central.database.tables import counter, feed, record
from central.facts.numbers_of_practice import council_now
from central.facts.projection import CHUNK, Touched, fact_rows, facts_now
from central.feed import feed_moments
from central.feed.stored_operations import operations_by_record

Row = Mapping[str, Fact]


def rebuild(connection: Connection) -> dict[str, int]:
    """How many rows each subject has now. Pushes wait at the counter until this is committed."""
    connection.execute(select(counter.c.value).where(counter.c.name == feed.name).with_for_update())
    feed_moments.fill(connection)
    for table in FACT_TABLES.values():
        connection.execute(delete(table))
    counts = dict.fromkeys(FACT_TABLES, 0)
    for subject, rows in rebuilt(connection):
        connection.execute(insert(FACT_TABLES[subject]), rows)
        counts[subject] += len(rows)
    return counts


def rebuild_if_missing(connection: Connection) -> None:
    """After an update from a version that kept no facts."""
    if feed_moments.are_missing(connection):
        rebuild(connection)


def rebuilt(connection: Connection) -> Iterator[tuple[str, list[Row]]]:
    """Every state of every record that counts, in parts, with its subject."""
    council = council_now(connection)
    boundaries = list(connection.execute(select(feed_moment.c.seq).order_by(feed_moment.c.seq)).scalars())
    query = select(record.c.record_id, record.c.form_id, record.c.child_id).order_by(record.c.record_id)
    homes = [row for row in connection.execute(query) if subject_of(row.form_id)]
    for start in range(0, len(homes), CHUNK):
        part = homes[start : start + CHUNK]
        stored = operations_by_record(connection, [home.record_id for home in part])
        places = _places(connection, [home.record_id for home in part])
        found: dict[str, list[Row]] = defaultdict(list)
        for home in part:
            whole = Touched(home.record_id, home.form_id, home.child_id, stored.get(home.record_id, []))
            found[subject_of(home.form_id)] += _states(whole, places, boundaries, council)
        yield from ((subject, rows) for subject, rows in found.items() if rows)


def _places(connection: Connection, record_ids: Sequence[RecordId]) -> dict[str, int]:
    """Where each operation of these records first stood."""
    query = select(feed.c.op_id, func.min(feed.c.seq)).where(feed.c.record_id.in_(record_ids), feed.c.kind == "op")
    return {op_id: int(seq) for op_id, seq in connection.execute(query.group_by(feed.c.op_id))}


def _states(whole: Touched, places: Mapping[str, int], boundaries: Sequence[int], council: Council) -> list[Row]:
    """One for each transaction that changed what counts."""
    by_end: dict[int, list[Operation]] = defaultdict(list)
    for operation in whole.operations:
        by_end[boundaries[bisect_left(boundaries, places[operation.op_id])]].append(operation)
    so_far: list[Operation] = []
    states: list[tuple[int, list[Facts]]] = []
    for end in sorted(by_end):
        so_far += by_end[end]
        facts = facts_now(Touched(whole.record_id, whole.form_id, whole.child_id, so_far), council)
        if not states or states[-1][1] != facts:
            states.append((end, facts))
    ends = [*(first for first, _ in states[1:]), FOREVER]
    return [
        row
        for (first, facts), until in zip(states, ends, strict=True)
        for row in fact_rows(whole.record_id, facts, first, until)
    ]
