"""Allocating by hand or by an extract: only a child who is here, only in strands that the officer's role sees.

A commissioned interviewer is given one episode of a child instead, until the end of a day (S1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, exists, select

from casework.dates_in_words import day, local
from casework.forms.vocabulary import STRANDS
from casework.identifiers import ChildId, OfficerId, RecordId
from casework.practice.roles import reach_of, role_name
from casework.wire.commissions import end_of, is_over
from central.database.clock import stamp
from central.database.errors import CentralError, UnknownThing
from central.database.tables import extract_number, record
from central.people import accounts
from central.people.accounts import Commission, Officer
from central.people.commissioned import EPISODE
from central.people.scope import strands_of

CORE = "core"


def chosen_strands(owner: Officer, named: Iterable[str]) -> frozenset[str]:
    """Those named, with what every record of a child shares; all of the role's when none is. Raises CentralError."""
    theirs, asked = strands_of(owner.role), frozenset(named)
    for strand in sorted(asked):
        if strand not in STRANDS:
            message = f"There is no strand “{strand}”. The strands are: {', '.join(sorted(STRANDS))}."
            raise CentralError(message)
        if strand not in theirs:
            seen = ", ".join(sorted(theirs)) or "nothing"
            message = f"The role of {owner.id} is {role_name(owner.role)}, which sees only: {seen}."
            raise CentralError(message)
    return asked | {CORE} if asked else theirs


def allocate_known(
    connection: Connection,
    officer_id: OfficerId,
    child_id: ChildId,
    strands: frozenset[str],
    *,
    now: datetime,
    reason: str,
) -> int:
    """Says how many strands were new. Raises UnknownThing for a child of whom nothing is here."""
    here = (record.c.child_id == child_id) & (record.c.bucket != "")  # what was destroyed lies in no bucket
    if not connection.execute(select(exists().where(here))).scalar_one():
        message = f"No child with the id {child_id} is here. Nothing was allocated."
        raise UnknownThing(message)
    return accounts.allocate(connection, officer_id, child_id, strands, now=now, reason=reason)


def commission_known(
    connection: Connection, owner: Officer, child_id: ChildId, episode: str, last: date, *, now: datetime, reason: str
) -> Commission:
    """`episode`: its id, or its number in the case system. Raises CentralError: for another role, for a day that is
    over, for an episode that is not this child's, and while another of this child's episodes is theirs."""
    if not reach_of(accounts.serving_officer(connection, owner.id).role).by_commission:
        message = (
            f"The role of {owner.id} is {role_name(owner.role)}. Only a commissioned interviewer is given one episode."
        )
        raise CentralError(message)
    if is_over(last, now):
        message = f"{day(last)} is over. Name today or a day to come."
        raise CentralError(message)
    found = Commission(owner.id, child_id, _episode(connection, child_id, episode), end_of(last))
    for other in accounts.commissions(connection, owner.id, stamp(now)):
        if other.child_id == child_id and other.episode != found.episode:
            until = day(local(other.until))
            message = f"{owner.id} has another episode of this child until {until}. End that first, with --end."
            raise CentralError(message)
    accounts.commission(connection, found, strands_of(owner.role), now=now, reason=reason)
    return found


def _episode(connection: Connection, child_id: ChildId, named: str) -> RecordId:
    query = select(record.c.record_id).where(record.c.child_id == child_id, record.c.form_id == EPISODE)
    query = query.where(record.c.bucket != "")
    numbered = select(extract_number.c.record_id).where(
        extract_number.c.form_id == EPISODE, extract_number.c.number == named
    )
    found = connection.execute(query.where((record.c.record_id == named) | record.c.record_id.in_(numbered))).scalars()
    episodes: list[RecordId] = list(found)
    if len(episodes) != 1:
        message = f"No episode {named} of the child {child_id} is here. Nothing was allocated."
        raise UnknownThing(message)
    return episodes[0]
