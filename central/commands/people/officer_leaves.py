"""An officer leaves: their laptops, certificates, codes and children end with them. What they wrote and signed stays.

A certificate that is revoked says nothing about signatures made while it was good: those carry their own day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from casework.identifiers import DeviceId, OfficerId
from casework.practice import roles
from central.commands.two_person_notes import note_erasure
from central.database.clock import stamp
from central.database.errors import Refused
from central.database.home import Home, note_down
from central.database.tables import allocation, certificate, device, enrolment_code, officer
from central.keys.council_root import CouncilRoot
from central.people import revoking
from central.people.accounts import Officer, lasting, officer_of, officers
from central.people.revoking import How
from central.people.scope import EVERY_FORM, WHOLE_COUNCIL, is_supervisor
from central.service import Service

LOG = "departures.jsonl"
STILL_IN_USE = {"drain": ("active",), "wipe": ("active", "drain")}


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended with them; all nought when they had left before."""

    officer: Officer
    laptops: tuple[DeviceId, ...] = ()
    allocations: int = 0
    codes: int = 0


def end(service: Service, officer_id: OfficerId, how: How, root: CouncilRoot | None = None) -> Ended:
    """Twice changes nothing. Raises UnknownThing; Refused for the last who decides about quarantined items. `root`:
    of the two keepers who have the laptops erased."""
    with service.database.writing() as connection:
        return _end(connection, service, officer_id, how, root)


def _end(connection: Connection, service: Service, officer_id: OfficerId, how: How, root: CouncilRoot | None) -> Ended:
    """The codes go first: a laptop that is joining by one of them has then joined, and is withdrawn below."""
    now = service.now()
    codes = _spend_codes(connection, officer_id)
    connection.execute(select(officer.c.id).where(officer.c.active).with_for_update())  # two last ones take turns
    leaver = officer_of(connection, officer_id)
    if not leaver.active:
        return Ended(leaver)
    _refuse_last(connection, leaver)
    connection.execute(update(officer).where(officer.c.id == leaver.id).values(active=False))
    laptops = _withdraw_laptops(connection, leaver, how, root, now)
    _revoke_certificates(connection, leaver, now)
    ended = Ended(officer_of(connection, leaver.id), laptops, _end_allocations(connection, leaver, now), codes)
    _note(service.home, ended, how, now)
    if root is not None and laptops:
        note_erasure(service.home, laptops, root.by, now)
    return ended


def _refuse_last(connection: Connection, leaver: Officer) -> None:
    """An officer decides from a laptop only as a supervisor who sees every form. The administrator's own commands
    decide too, but know no child: a council should not be left with those alone."""
    others = [other for other in officers(connection) if other.id != leaver.id and _decides(other)]
    if not _decides(leaver) or all(any(_stands_in(one, leaver, strand) for one in others) for strand in _work(leaver)):
        return
    message = (
        f"{leaver.id} is the last who can decide about what was not taken in. "
        f"Add another {leaver.role} first, then end this one."
    )
    raise Refused(409, "last_supervisor", message)


def _work(found: Officer) -> frozenset[str]:
    return roles.strands_of(found.role) - {roles.CORE}


def _stands_in(other: Officer, leaver: Officer, strand: str) -> bool:
    """About everything that the leaver decided about in this strand."""
    is_whole = roles.reach_of(other.role).children in WHOLE_COUNCIL
    return strand in _work(other) and (is_whole or other.role == leaver.role)


def _decides(found: Officer) -> bool:
    return is_supervisor(found) and EVERY_FORM in roles.reach_of(found.role).forms


def _withdraw_laptops(
    connection: Connection, leaver: Officer, how: How, root: CouncilRoot | None, now: datetime
) -> tuple[DeviceId, ...]:
    """Those withdrawn before stay so, unless they are to be erased now."""
    query = select(device.c.id).where(device.c.officer_id == leaver.id, device.c.state.in_(STILL_IN_USE[how]))
    found = tuple(connection.execute(query.order_by(device.c.id)).scalars())
    for device_id in found:
        revoking.revoke(connection, device_id, how, now, root=root)
    return found


def _revoke_certificates(connection: Connection, leaver: Officer, now: datetime) -> None:
    """Also those of laptops that have another name by now."""
    theirs = (certificate.c.officer_id == leaver.id) & certificate.c.revoked_at.is_(None)
    connection.execute(update(certificate).where(theirs).values(revoked_at=stamp(now)))


def _end_allocations(connection: Connection, leaver: Officer, now: datetime) -> int:
    """They keep their rows, with an end: whose the child was stays known."""
    theirs = (allocation.c.officer_id == leaver.id) & lasting(stamp(now))
    return connection.execute(update(allocation).where(theirs).values(until=stamp(now))).rowcount


def _spend_codes(connection: Connection, officer_id: OfficerId) -> int:
    """None of them joins a laptop any more. Says how many had not been used."""
    theirs = enrolment_code.c.officer_id == officer_id
    unused = connection.execute(delete(enrolment_code).where(theirs, enrolment_code.c.used_by.is_(None))).rowcount
    connection.execute(delete(enrolment_code).where(theirs))
    return unused


def _note(home: Home, ended: Ended, how: How, now: datetime) -> None:
    """Names nobody: laptops and numbers only."""
    entry = {"at": stamp(now), "did": "officer_ended", "laptops": list(ended.laptops), "how": how}
    note_down(home.folder / LOG, entry | {"allocations": ended.allocations, "codes": ended.codes})
