"""What colleagues are called: those whose words a laptop holds, and those whom a group can give something to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, literal, select

from casework.identifiers import OfficerId
from casework.practice.groups.group_table import keeps_any
from casework.practice.notices.notice_table import STRAND_OF
from casework.practice.roles import Role, reach_of
from central.database.errors import Refused
from central.database.tables import device, officer, operation, record, waiting
from central.people.accounts import Officer
from central.people.scope import Scope

CHUNK = 500
ACTION = "action"
NOT_A_KEEPER = "Who can be given something to do is told to whoever writes the minutes of a group. Your role does not."


def names_within(connection: Connection, scope: Scope, officer_ids: Sequence[OfficerId]) -> dict[OfficerId, str]:
    """Of those of these officers who have written in a record this scope may read, or whose words wait beside it.

    An id that is nobody's and one that is somebody else's give the same answer: none.
    """
    known = select(officer.c.id, officer.c.name).where(officer.c.id.in_(officer_ids))
    return {row.id: row.name for row in connection.execute(known) if _has_written_within(connection, scope, row.id)}


def names_for_actions(connection: Connection, asker: Officer) -> dict[OfficerId, str]:
    """Of everybody in service who may open an action. Raises Refused for whoever writes no minutes."""
    if not asker.active or not keeps_any(asker.role):
        raise Refused(403, "not_a_keeper", NOT_A_KEEPER)
    able = sorted(role for role in Role if reach_of(role).opens(ACTION, STRAND_OF[ACTION]))
    serving = officer.c.active & officer.c.role.in_(able)
    return {row.id: row.name for row in connection.execute(select(officer.c.id, officer.c.name).where(serving))}


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
