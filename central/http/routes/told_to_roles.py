"""How records stand that a laptop does not hold: each fact to the roles that it is granted to."""

from __future__ import annotations

from casework.practice.lives.told_table import ToldFact, told_to
from casework.wire.status_messages import StatusTold
from central.database.clock import stamp
from central.facts.episodes_told import episodes_told
from central.facts.open_interviews import open_interviews
from central.http.addresses import Address
from central.http.callers import Caller
from central.people.scope import scope_of


def told(caller: Caller) -> StatusTold:
    """Nothing for a role that holds the records itself, and nothing for one that holds no episodes."""
    caller.refuse_withdrawn()
    at = stamp(caller.service.now())
    facts = told_to(caller.officer.role)
    if not facts:
        return StatusTold(at=at, interviews=[], episodes=[], plans=[])
    with caller.service.database.reading() as connection, connection.begin():
        scope = scope_of(connection, caller.officer, at)
        interviews, more = open_interviews(connection, scope) if ToldFact.INTERVIEW in facts else ([], False)
        episodes, plans = episodes_told(connection, scope, facts, caller.service.now())
        return StatusTold(at=at, interviews=interviews, more=more, episodes=episodes, plans=plans)


ADDRESSES = (Address("GET", "/v1/status-told", told),)
