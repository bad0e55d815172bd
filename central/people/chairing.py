"""Who chairs a group until a day, named by somebody who manages its work: nobody who keeps minutes names themselves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from casework.dates_in_words import day, local
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import GROUPS, GroupKind, is_told_agenda, may_name_chair
from casework.practice.roles import Role
from casework.wire.agenda_messages import Chairs, ChairTold
from casework.wire.commissions import end_of, is_over
from central.database.clock import stamp
from central.database.database import replace_rows
from central.database.errors import Refused
from central.database.tables import group_chair, officer
from central.people.accounts import Officer

NOT_CHAIR = (
    "You are not named as the chair of a group, so the central service told you no more children than are on this "
    "laptop. Whoever manages the group names its chair."
)
NOT_MANAGER = "The chair of a group is named by whoever manages its work. Your role does not."


def chaired_by(connection: Connection, who: Officer, now: datetime) -> tuple[GroupKind, ...]:
    """The groups whose agenda this officer is told; none in a role that does not keep their minutes."""
    mine = (group_chair.c.officer_id == who.id) & (group_chair.c.until > stamp(now))
    named = set(connection.execute(select(group_chair.c.kind).where(mine)).scalars())
    return tuple(kind for kind in GROUPS if who.active and kind in named and is_told_agenda(who.role, kind))


def chairs(connection: Connection, manager: Officer, kind: str, now: datetime) -> Chairs:
    """Raises Refused for whoever does not manage the group."""
    _refuse_others(manager, kind)
    lasts = (group_chair.c.kind == kind) & (group_chair.c.until > stamp(now))
    until = {
        row.officer_id: local(datetime.fromisoformat(row.until) - timedelta(seconds=1)).date().isoformat()
        for row in connection.execute(select(group_chair).where(lasts))
    }
    able = sorted(role for role in Role if is_told_agenda(role, kind))
    serving = officer.c.role.in_(able) & officer.c.active
    found = connection.execute(select(officer.c.id, officer.c.name).where(serving).order_by(officer.c.name))
    return Chairs(officers=[ChairTold(officer=row.id, name=row.name, until=until.get(row.id, "")) for row in found])


def name_chair(  # noqa: PLR0917 - who names whom, of what, until when
    connection: Connection, manager: Officer, kind: str, chair: OfficerId, last: date | None, now: datetime
) -> None:
    """Until the end of that day, or ended now without one. Raises Refused."""
    found = next((one for one in chairs(connection, manager, kind, now).officers if one.officer == chair), None)
    if found is None:
        message = "Nobody of that name keeps the minutes of this group with a caseload of their own."
        raise Refused(409, "not_a_chair", message)
    if last is not None and is_over(last, now):
        raise Refused(409, "not_a_chair", f"{day(last)} is over. Name today or a day to come.")
    until, at = stamp(end_of(last) if last else now), stamp(now)
    row = {"kind": kind, "officer_id": chair, "until": until, "named_by": manager.id, "named_at": at}
    replace_rows(connection, group_chair, [row])


def _refuse_others(manager: Officer, kind: str) -> None:
    if not manager.active or not may_name_chair(manager.role, kind):
        raise Refused(403, "not_manager", NOT_MANAGER)
