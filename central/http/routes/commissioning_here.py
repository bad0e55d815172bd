"""An episode given to another agency's interviewer, asked by a manager's laptop."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from casework.identifiers import RecordId
from casework.records.operation import NAMED
from casework.wire.commission_messages import CommissionAsked, Interviewers
from central.database.errors import Refused
from central.http.addresses import Address
from central.http.callers import Caller, Place
from central.people import commissioning


class EpisodePlace(Place, frozen=True):
    episode: Annotated[RecordId, NAMED]


def who(caller: Caller, place: EpisodePlace) -> Interviewers:
    """Who could hold the interview, and who has been given this episode."""
    caller.refuse_withdrawn()
    with caller.service.database.reading() as connection:
        return commissioning.told(connection, caller.officer, place.episode, caller.service.now())


def give(caller: Caller, asked: CommissionAsked, place: EpisodePlace) -> Interviewers:
    """Given until the end of a day, or ended now; the same again changes nothing."""
    caller.refuse_withdrawn()
    now = caller.service.now()
    with caller.service.database.writing() as connection:
        if asked.last:
            commissioning.give(connection, caller.officer, place.episode, asked.officer, last=_day(asked.last), now=now)
        else:
            commissioning.end(connection, caller.officer, place.episode, asked.officer, now)
        return commissioning.told(connection, caller.officer, place.episode, now)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(400, "malformed", f"“{text}” is not a day.") from error


ADDRESSES = (
    Address("GET", "/v1/commissions/{episode}", who),
    Address("POST", "/v1/commissions/{episode}", give),
)
