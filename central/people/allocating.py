"""Allocating by hand or by an extract: only a child who is here, only in strands that the officer's role sees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, exists, select

from casework.forms.vocabulary import STRANDS
from casework.practice.roles import role_name
from central.database.errors import CentralError, UnknownThing
from central.database.tables import record
from central.people import accounts
from central.people.accounts import Officer
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
    connection: Connection, officer_id: str, child_id: str, strands: frozenset[str], *, now: datetime, reason: str
) -> int:
    """Says how many strands were new. Raises UnknownThing for a child of whom nothing is here."""
    if not connection.execute(select(exists().where(record.c.child_id == child_id))).scalar_one():
        message = f"No child with the id {child_id} is here. Nothing was allocated."
        raise UnknownThing(message)
    return accounts.allocate(connection, officer_id, child_id, strands, now=now, reason=reason)
