"""Giving an episode to a commissioned interviewer, by the manager whose child it is: the administrator's verb does the
same (S1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from casework.dates_in_words import local
from casework.identifiers import ChildId, OfficerId, RecordId
from casework.practice.roles import MISSING, Role, manages_work, strands_of
from casework.records import bucket_of
from casework.wire.commission_messages import Interviewers, InterviewerTold
from central.database.clock import stamp
from central.database.errors import CentralError, Refused
from central.database.tables import allocation, officer, record
from central.people import accounts, allocating
from central.people.accounts import Officer, lasting
from central.people.commissioned import EPISODE
from central.people.scope import scope_of

NOT_HERE = "No episode with that id is among those you manage."


def may_commission(role: str) -> bool:
    """Whoever manages the missing service, and checks what such an interviewer writes."""
    return manages_work(role, MISSING)


def told(connection: Connection, manager: Officer, episode: RecordId, now: datetime) -> Interviewers:
    """Raises Refused for an episode that is not theirs, as for one that is not there."""
    child = _child_of(connection, manager, episode, now)
    given = {
        row.officer_id: local(datetime.fromisoformat(row.until) - timedelta(seconds=1)).date().isoformat()
        for row in connection.execute(
            select(allocation.c.officer_id, allocation.c.until)
            .where(allocation.c.child_id == child, allocation.c.episode == episode, lasting(stamp(now)))
            .distinct()
        )
    }
    serving = (officer.c.role == str(Role.COMMISSIONED_INTERVIEWER)) & officer.c.active
    found = connection.execute(select(officer.c.id, officer.c.name).where(serving).order_by(officer.c.name))
    return Interviewers(
        interviewers=[InterviewerTold(officer=row.id, name=row.name, until=given.get(row.id, "")) for row in found]
    )


def give(
    connection: Connection, manager: Officer, episode: RecordId, interviewer: OfficerId, *, last: date, now: datetime
) -> None:
    """Until the end of that day. Raises Refused."""
    child = _child_of(connection, manager, episode, now)
    try:
        owner = accounts.officer_of(connection, interviewer)
        reason = f"commissioned by {manager.id}"
        allocating.commission_known(connection, owner, child, episode, last, now=now, reason=reason)
    except Refused:
        raise
    except CentralError as error:
        raise Refused(409, "not_commissioned", str(error)) from error


def end(connection: Connection, manager: Officer, episode: RecordId, interviewer: OfficerId, now: datetime) -> None:
    """Raises Refused where this episode is not theirs."""
    child = _child_of(connection, manager, episode, now)
    held = accounts.commissions(connection, interviewer, stamp(now))
    if not any((one.child_id, one.episode) == (child, episode) for one in held):
        raise Refused(409, "not_commissioned", "This episode is not that interviewer’s, so there is nothing to end.")
    accounts.withdraw(connection, interviewer, child, strands_of(Role.COMMISSIONED_INTERVIEWER), now=now)


def _child_of(connection: Connection, manager: Officer, episode: RecordId, now: datetime) -> ChildId:
    if not may_commission(manager.role):
        raise Refused(403, "not_manager", "An interview is given to another agency by the missing manager.")
    query = select(record.c.child_id, record.c.bucket).where(record.c.record_id == episode, record.c.form_id == EPISODE)
    row = connection.execute(query).first()
    scope = scope_of(connection, manager, stamp(now))
    if row is None or not scope.reads(row.bucket, EPISODE, episode) or row.bucket != bucket_of(row.child_id, MISSING):
        raise Refused(404, "unknown_episode", NOT_HERE)
    child: ChildId = row.child_id
    return child
