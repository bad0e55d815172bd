"""Officers, their laptops, the codes laptops join with, and which children are whose."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, ColumnElement, Connection, bindparam, insert, or_, select, update

from casework.identifiers import ChildId, DeviceId, OfficerId, RecordId
from casework.practice.roles import Role, reach_of
from casework.wire.enrolment_code import EnrolmentCode, secret_hash
from central.database.among import among
from central.database.clock import stamp
from central.database.database import insert_new
from central.database.errors import Refused, UnknownThing
from central.database.tables import allocation, certificate, counter, device, enrolment_code, officer
from central.people.laptop_names import laptop_name

CODE_LIFE = timedelta(hours=24)
LEASE = timedelta(days=30)
TOOK_ON = "took on what a notice asked"
OFFICER_ID = re.compile(r"[A-Za-z0-9._@-]{1,64}")
MAX_NAME = 300
ONE_EPISODE = (
    "A commissioned interviewer is given one episode until a day, and never the whole child. "
    "Name both, with --episode and --until."
)


@dataclass(frozen=True, slots=True)
class Officer:
    id: OfficerId
    name: str
    role: str
    active: bool
    team: str = ""


@dataclass(frozen=True, slots=True)
class Commission:
    """One episode of a child that an officer is given until a moment."""

    officer_id: OfficerId
    child_id: ChildId
    episode: RecordId
    until: datetime


@dataclass(frozen=True, slots=True)
class Device:
    id: DeviceId
    officer_id: OfficerId
    signing_key: str
    state: str
    enrolled_at: str
    last_seen_at: str
    lease_until: str
    acked_seq: int
    unsent: int
    audit_head: str
    app: str = ""


_DEVICE = [device.c[name] for name in Device.__slots__]
_OFFICER = [officer.c[name] for name in Officer.__slots__]
# What every request asks is written once: SQLAlchemy needs twice as long to put a statement together as to send it.
_ONE_DEVICE = select(*_DEVICE).where(device.c.id == bindparam("id"))
_ONE_DEVICE_LOCKED = _ONE_DEVICE.with_for_update()
_SOME_DEVICES = select(*_DEVICE).where(among(device.c.id, "ids")).order_by(device.c.id)
_SOME_DEVICES_LOCKED = _SOME_DEVICES.with_for_update()
_ONE_OFFICER = select(*_OFFICER).where(officer.c.id == bindparam("id"))
_BOTH = select(*_DEVICE, *_OFFICER).join_from(device, officer, officer.c.id == device.c.officer_id)
_BOTH_OF_ONE = _BOTH.where(device.c.id == bindparam("id"))
_SOME_OFFICERS = select(*_OFFICER).where(among(officer.c.id, "ids"))
_NEXT_NUMBER = (
    update(counter)
    .where(counter.c.name == bindparam("counted"))
    .values(value=counter.c.value + bindparam("step", type_=BigInteger))
    .returning(counter.c.value)
)
_OF_ONE_CHILD = (
    (allocation.c.officer_id == bindparam("officer"))
    & (allocation.c.child_id == bindparam("child"))
    & among(allocation.c.strand, "strands")
)
_REOPENED = (
    update(allocation)
    .where(_OF_ONE_CHILD & allocation.c.until.is_not(None) & (allocation.c.until <= bindparam("now")))
    .values(since=bindparam("now"), until=None, reason=bindparam("why"))
)
_KEPT_ON = (
    update(allocation)
    .where(_OF_ONE_CHILD & (allocation.c.reason == TOOK_ON))
    .values(until=None, reason=bindparam("why"))
)


def add_officer(connection: Connection, found: Officer, now: datetime) -> None:
    """Raises Refused when the id is taken by somebody else or cannot be one, and for a role there is not."""
    if not OFFICER_ID.fullmatch(found.id):
        raise Refused(400, "officer_id", f"“{found.id}” cannot be an id: use up to 64 of a-z, A-Z, 0-9, ., _, @ and -.")
    if not found.name.strip() or len(found.name) > MAX_NAME:
        raise Refused(400, "officer_name", f"An officer needs a name, of up to {MAX_NAME} letters.")
    if found.role not in set(Role):
        raise Refused(400, "role", f"There is no role “{found.role}”. The roles are: {', '.join(Role)}.")
    row = {"id": found.id, "name": found.name, "role": found.role, "active": found.active, "created_at": stamp(now)}
    row["team"] = found.team
    if insert_new(connection, officer, [row]) == 0 and officer_of(connection, found.id) != found:
        raise Refused(409, "officer_exists", f"There is already an officer with the id {found.id}.")


def officer_of(connection: Connection, officer_id: OfficerId) -> Officer:
    row = connection.execute(_ONE_OFFICER, {"id": officer_id}).first()
    if row is None:
        message = f"No officer has the id {officer_id}."
        raise UnknownThing(message)
    return Officer(*row)


def serving_officer(connection: Connection, officer_id: OfficerId) -> Officer:
    """Raises Refused for one who has left: nothing new is given to them."""
    found = officer_of(connection, officer_id)
    if not found.active:
        raise Refused(409, "officer_ended", f"{found.id} has left the council. Nothing new can be given to them.")
    return found


def officers(connection: Connection) -> list[Officer]:
    return [Officer(*row) for row in connection.execute(select(*_OFFICER).order_by(officer.c.id))]


def refuse_withdrawn(laptop: Device | None, officer: Officer | None = None, *, also: tuple[str, ...] = ()) -> None:
    """Raises Refused unless the laptop is in good standing, or in one of the states named, and its officer serves."""
    stands = laptop is not None and laptop.state in ("active", *also)
    if not stands or (officer is not None and not officer.active):
        raise Refused(403, "device_revoked", "This laptop has been withdrawn.")


def device_of(connection: Connection, device_id: DeviceId, *, lock: bool = False) -> Device | None:
    row = connection.execute(_ONE_DEVICE_LOCKED if lock else _ONE_DEVICE, {"id": device_id}).first()
    return Device(*row) if row else None


def devices_locked(connection: Connection, device_ids: Iterable[DeviceId]) -> dict[DeviceId, Device]:
    """Those that are here, locked until the transaction ends."""
    rows = connection.execute(_SOME_DEVICES_LOCKED, {"ids": sorted(set(device_ids))})
    return {row.id: Device(*row) for row in rows}


def officers_of(connection: Connection, officer_ids: Iterable[OfficerId]) -> dict[OfficerId, Officer]:
    rows = connection.execute(_SOME_OFFICERS, {"ids": sorted(set(officer_ids))})
    return {row.id: Officer(*row) for row in rows}


def device_and_officer(connection: Connection, device_id: DeviceId) -> tuple[Device, Officer] | None:
    """A laptop and whose it is, as both stand at this moment."""
    row = connection.execute(_BOTH_OF_ONE, {"id": device_id}).first()
    return (Device(*row[: len(_DEVICE)]), Officer(*row[len(_DEVICE) :])) if row else None


def devices(connection: Connection) -> list[Device]:
    return [Device(*row) for row in connection.execute(select(*_DEVICE).order_by(device.c.enrolled_at, device.c.id))]


def without_laptop(connection: Connection, now: datetime) -> list[Officer]:
    """Who serves, and has neither a laptop nor a code that still counts."""
    code = enrolment_code.c
    open_codes = select(code.officer_id).where(code.used_by.is_(None), code.expires_at > stamp(now))
    has = {*connection.execute(select(device.c.officer_id)).scalars(), *connection.execute(open_codes).scalars()}
    return [each for each in officers(connection) if each.active and each.id not in has]


def issue_code(
    connection: Connection, officer_id: OfficerId, ca_der: bytes, now: datetime
) -> tuple[EnrolmentCode, datetime]:
    """A one-time code; only its hash is kept. Raises Refused for an officer who has left."""
    serving_officer(connection, officer_id)
    code, until = EnrolmentCode.issue(ca_der), now + CODE_LIFE
    row = {
        "hash": secret_hash(code.secret),
        "officer_id": officer_id,
        "issued_at": stamp(now),
        "expires_at": stamp(until),
    }
    connection.execute(insert(enrolment_code).values(row))
    return code, until


def redeem_code(connection: Connection, secret: str, signing_key: str, now: datetime) -> tuple[Officer, Device]:
    """The officer whose code it is, and the laptop. The same laptop may ask again: the answer may have been lost."""
    hashed = secret_hash(secret)
    query = select(enrolment_code).where(enrolment_code.c.hash == hashed).with_for_update()
    row = connection.execute(query).mappings().first()
    if row is None or not hmac.compare_digest(row["hash"], hashed) or row["expires_at"] <= stamp(now):
        raise Refused(403, "code_unknown", "That code is not known here, or is too old. Ask for a new one.")
    owner = serving_officer(connection, row["officer_id"])
    if row["used_by"] is None:
        laptop = add_device(connection, owner.id, signing_key, now)
        mark = update(enrolment_code).where(enrolment_code.c.hash == hashed).values(used_by=laptop.id)
        connection.execute(mark)
        return owner, laptop
    known = device_of(connection, row["used_by"])
    if known is None or not hmac.compare_digest(known.signing_key, signing_key):
        raise Refused(403, "code_used", "That code has been used. Each laptop needs a code of its own.")
    return owner, known


def add_device(connection: Connection, officer_id: OfficerId, signing_key: str, now: datetime) -> Device:
    found = Device(
        id=laptop_name(next_number(connection, "device"), signing_key),
        officer_id=officer_id,
        signing_key=signing_key,
        state="active",
        enrolled_at=stamp(now),
        last_seen_at=stamp(now),
        lease_until=stamp(now + LEASE),
        acked_seq=0,
        unsent=0,
        audit_head="",
    )
    if not keep_device(connection, found):
        raise Refused(409, "key_in_use", "This laptop has joined already.")
    return found


def keep_device(connection: Connection, found: Device) -> bool:
    """False when its name or its key is some laptop's already."""
    row = {name: getattr(found, name) for name in Device.__slots__} | {"order_json": ""}
    return insert_new(connection, device, [row]) == 1


def keep_certificate(connection: Connection, *, serial: int, owner: Device, pem: str) -> None:
    row = {"serial": f"{serial:x}", "officer_id": owner.officer_id, "device_id": owner.id, "pem": pem}
    insert_new(connection, certificate, [row])


def certificates_of(connection: Connection, device_id: DeviceId) -> list[str]:
    """Those that count, PEM."""
    mine = (certificate.c.device_id == device_id) & certificate.c.revoked_at.is_(None)
    return [*connection.execute(select(certificate.c.pem).where(mine)).scalars()]


def revoked_serials(connection: Connection) -> list[tuple[int, datetime]]:
    query = select(certificate.c.serial, certificate.c.revoked_at).where(certificate.c.revoked_at.is_not(None))
    return [(int(serial, 16), datetime.fromisoformat(at)) for serial, at in connection.execute(query)]


def allocate(
    connection: Connection,
    officer_id: OfficerId,
    child_id: ChildId,
    strands: frozenset[str],
    *,
    now: datetime,
    reason: str,
) -> int:
    """Entitles the officer to these strands of the child's record; says how many were new. What is given otherwise
    stands in the place of what was taken on with a notice, and no longer ends with it. Raises Refused for one who has
    left, and for one who is given single episodes."""
    if reach_of(serving_officer(connection, officer_id).role).by_commission:
        raise Refused(409, "one_episode", ONE_EPISODE)
    whose = {"officer": officer_id, "child": child_id, "strands": sorted(strands)}
    reopened = connection.execute(_REOPENED, {**whose, "now": stamp(now), "why": reason}).rowcount
    connection.execute(_KEPT_ON, {**whose, "why": reason})
    return reopened + allocate_first(connection, officer_id, child_id, strands, now=now, reason=reason)


def allocate_first(
    connection: Connection,
    officer_id: OfficerId,
    child_id: ChildId,
    strands: frozenset[str],
    *,
    now: datetime,
    reason: str,
) -> int:
    """The same of a child that was never given to this officer, who serves and is given whole children."""
    given: dict[str, str | None] = {"since": stamp(now), "until": None, "reason": reason}
    rows = [_allocation_row(officer_id, child_id, strand) | given for strand in sorted(strands)]
    return insert_new(connection, allocation, rows)


def commission(
    connection: Connection, found: Commission, strands: frozenset[str], *, now: datetime, reason: str
) -> int:
    """Instead of any commission of this child the officer had; says how many strands that are."""
    withdraw(connection, found.officer_id, found.child_id, strands, now=now)
    given = {"since": stamp(now), "until": stamp(found.until), "reason": reason, "episode": found.episode}
    here = _of(found.officer_id, found.child_id, strands)
    return connection.execute(update(allocation).where(here).values(given)).rowcount


def commissions(connection: Connection, officer_id: OfficerId, now: str) -> list[Commission]:
    """Those that last."""
    columns = (allocation.c.officer_id, allocation.c.child_id, allocation.c.episode, allocation.c.until)
    given = (allocation.c.officer_id == officer_id) & (allocation.c.episode != "") & lasting(now)
    rows = connection.execute(select(*columns).where(given).distinct().order_by(allocation.c.child_id))
    return [Commission(row.officer_id, row.child_id, row.episode, datetime.fromisoformat(row.until)) for row in rows]


def withdraw(
    connection: Connection, officer_id: OfficerId, child_id: ChildId, strands: frozenset[str], *, now: datetime
) -> int:
    """Ends an allocation; says how many strands that were.

    An end is remembered, also of what never began here: a service restored from a backup that has neither the child
    nor the allocation would else take the officer for the first to meet that child, and allocate it (whose-child).
    """
    here = _of(officer_id, child_id, strands) & lasting(stamp(now))
    ended = connection.execute(update(allocation).where(here).values(until=stamp(now))).rowcount
    over: dict[str, str | None] = {"since": stamp(now), "until": stamp(now), "reason": "ended before it began here"}
    rows = [_allocation_row(officer_id, child_id, strand) | over for strand in sorted(strands)]
    insert_new(connection, allocation, rows)
    return ended


def keep_until(
    connection: Connection, officer_id: OfficerId, child_id: ChildId, reason: str, until: datetime, *, now: datetime
) -> None:
    """How long what was given for this reason lasts still; an allocation of another reason stays as it is."""
    here = (allocation.c.officer_id == officer_id) & (allocation.c.child_id == child_id)
    here &= (allocation.c.reason == reason) & lasting(stamp(now))
    connection.execute(update(allocation).where(here).values(until=stamp(until)))


def lasting(now: str) -> ColumnElement[bool]:
    """An allocation without an end, or whose end is still to come."""
    return or_(allocation.c.until.is_(None), allocation.c.until > now)


def _of(officer_id: OfficerId, child_id: ChildId, strands: frozenset[str]) -> ColumnElement[bool]:
    mine = (allocation.c.officer_id == officer_id) & (allocation.c.child_id == child_id)
    return mine & allocation.c.strand.in_(strands)


def _allocation_row(officer_id: OfficerId, child_id: ChildId, strand: str) -> dict[str, str | None]:
    return {"officer_id": officer_id, "child_id": child_id, "strand": strand}


def next_number(connection: Connection, name: str, step: int = 1) -> int:
    """Moves a counter on by `step` and gives its new value; the row stays locked until commit."""
    return int(connection.execute(_NEXT_NUMBER, {"counted": name, "step": step}).scalar_one())
