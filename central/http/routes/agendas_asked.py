"""A group's agenda, told to the chair who does not hold every child; and who that chair is."""

from __future__ import annotations

from datetime import date

from casework.dates_in_words import local
from casework.wire.agenda_messages import AgendaAsked, AgendasTold, ChairNamed, Chairs
from central.database.clock import stamp
from central.database.errors import Refused
from central.facts.group_agendas import agendas_told, changed_since, newest_place
from central.facts.numbers_of_practice import newest_file
from central.http.addresses import Address
from central.http.callers import Caller, Place
from central.people import chairing


class GroupPlace(Place, frozen=True):
    kind: str


def told(caller: Caller, asked: AgendaAsked) -> AgendasTold:
    """Worked out anew where somebody looks at it and the hour is another, on a new day, and after a meeting; of the
    children alone of whom something was said since; else what the laptop keeps still stands. Refused to whoever chairs
    none of these groups."""
    caller.refuse_withdrawn()
    now = caller.service.now()
    with caller.service.database.reading() as connection, connection.begin():
        kinds = chairing.chaired_by(connection, caller.officer, now)
        if not kinds:
            raise Refused(403, "not_chair", chairing.NOT_CHAIR)
        file = newest_file(connection)
        ground = f"{','.join(kinds)}/{file.number if file else 0}"
        place, kept = _kept(asked.mark, ground, f"{local(now):%Y-%m-%dT%H}", hours=asked.opened)
        newest, only = newest_place(connection), changed_since(connection, place) if kept else None
        if only == []:
            return AgendasTold(at=stamp(now), mark=asked.mark, agendas=None)
        hour = asked.mark.split("/")[1] if only else f"{local(now):%Y-%m-%dT%H}"
        found = agendas_told(connection, kinds, now, only)
        return AgendasTold(at=stamp(now), mark=f"{newest}/{hour}/{ground}", agendas=found, looked=only)


def chairs(caller: Caller, place: GroupPlace) -> Chairs:
    """Who could chair the group, and who does."""
    caller.refuse_withdrawn()
    with caller.service.database.reading() as connection:
        return chairing.chairs(connection, caller.officer, place.kind, caller.service.now())


def name(caller: Caller, asked: ChairNamed, place: GroupPlace) -> Chairs:
    """Named until the end of a day, or ended now; the same again changes nothing."""
    caller.refuse_withdrawn()
    now = caller.service.now()
    with caller.service.database.writing() as connection:
        chairing.name_chair(connection, caller.officer, place.kind, asked.officer, _day(asked.last), now)
        return chairing.chairs(connection, caller.officer, place.kind, now)


def _kept(mark: str, ground: str, hour: str, *, hours: bool) -> tuple[int, bool]:
    """The place in the feed that a mark names, and whether it is of this hour, or day, and of the same ground."""
    place, _, rest = mark.partition("/")
    at, _, of = rest.partition("/")
    length = len(hour) if hours else len("2026-03-27")
    return (int(place), at[:length] == hour[:length] and of == ground) if place.isdecimal() else (0, False)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Refused(400, "malformed", f"“{text}” is not a day.") from error


ADDRESSES = (
    Address("POST", "/v1/agendas", told),
    Address("GET", "/v1/chairs/{kind}", chairs),
    Address("POST", "/v1/chairs/{kind}", name),
)
