"""How interviews stand that a laptop does not hold, by their episodes."""

from __future__ import annotations

from casework.practice.lives.interview_stands import is_told
from casework.wire.status_messages import OpenInterviews
from central.database.clock import stamp
from central.facts import open_interviews
from central.http.addresses import Address
from central.http.callers import Caller
from central.people.scope import scope_of


def told(caller: Caller) -> OpenInterviews:
    """Nothing for a role that holds the interviews itself, and nothing for one that holds no episodes."""
    caller.refuse_withdrawn()
    at = stamp(caller.service.now())
    if not is_told(caller.officer.role):
        return OpenInterviews(at=at, interviews=[])
    with caller.service.database.reading() as connection, connection.begin():
        return open_interviews.open_interviews(connection, scope_of(connection, caller.officer, at), at)


ADDRESSES = (Address("GET", "/v1/open-interviews", told),)
