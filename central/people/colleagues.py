"""What colleagues are called, for those who hold their words and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, literal, select

from casework.identifiers import OfficerId
from central.database.tables import device, officer, operation, record, waiting
from central.people.scope import Scope

CHUNK = 500


def names_within(connection: Connection, scope: Scope, officer_ids: Sequence[OfficerId]) -> dict[OfficerId, str]:
    """Of those of these officers who have written in a record this scope may read, or whose words wait beside it.

    An id that is nobody's and one that is somebody else's give the same answer: none.
    """
    known = select(officer.c.id, officer.c.name).where(officer.c.id.in_(officer_ids))
    return {row.id: row.name for row in connection.execute(known) if _has_written_within(connection, scope, row.id)}


def _has_written_within(connection: Connection, scope: Scope, officer_id: OfficerId) -> bool:
    laptops = select(device.c.id).where(device.c.officer_id == officer_id)
    joined = operation.join(record, record.c.record_id == operation.c.record_id)
    query = select(record.c.bucket, record.c.form_id).select_from(joined).where(operation.c.device_id.in_(laptops))
    if scope.records is not None:
        query = query.where(record.c.record_id.in_(sorted(scope.records)))
    waits = select(waiting.c.key).where(waiting.c.device_id.in_(laptops), literal(scope.forms is None))
    return any(
        connection.execute(waits.where(waiting.c.bucket.in_(buckets)).limit(1)).first() is not None
        or any(
            scope.opens(bucket, form_id)
            for bucket, form_id in connection.execute(query.where(record.c.bucket.in_(buckets)).distinct())
        )
        for buckets in _chunks(sorted(scope.buckets))
    )


def _chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[start : start + CHUNK] for start in range(0, len(names), CHUNK))
