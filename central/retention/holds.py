"""What is not to go, whatever the rule says: a child, a reason, who said so, until when. It stops everything of it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.identifiers import ChildId
from central.database.clock import stamp
from central.database.destroyed_tables import retention_hold
from central.database.errors import CentralError, UnknownThing
from central.database.tables import record

OVER = "{} is over. Name a day to come, or no day at all."
NO_CHILD = "Nothing is held about a child {}. Find the right id with “homeward-central children NAME”."
NO_HOLD = "No hold {} is in force. List those that are with “homeward-central retention holds”."
EMPTY = "Say {} with a few words."


@dataclass(frozen=True, slots=True)
class Hold:
    """`until` is the last day; None without an end. `released_at` is empty while nobody has released it."""

    id: str
    child_id: ChildId
    reason: str
    until: date | None
    placed_at: str
    placed_by: str
    released_at: str
    released_by: str
    released_why: str

    def stands(self, today: date) -> bool:
        return not self.released_at and (self.until is None or today <= self.until)

    def to_json(self, today: date) -> dict[str, JSON]:
        until = self.until.isoformat() if self.until else ""
        stands = "yes" if self.stands(today) else "no"
        said: dict[str, JSON] = {"hold": self.id, "child": self.child_id, "until": until, "stands": stands}
        placed: dict[str, JSON] = {"reason": self.reason, "placed_at": self.placed_at, "placed_by": self.placed_by}
        over: dict[str, JSON] = {"released_at": self.released_at, "released_by": self.released_by}
        over["released_why"] = self.released_why
        return {**said, **placed, **over}


def place(
    connection: Connection, child_id: ChildId, *, reason: str, by: str, until: date | None, now: datetime
) -> Hold:
    """Raises CentralError without a reason or a name, for a day that is over, and for a child nobody knows here."""
    _refuse_empty(**{"why": reason, "who you are": by})
    if until is not None and until < local(now).date():
        raise CentralError(OVER.format(day(until)))
    here = (record.c.child_id == child_id) | record.c.bucket.startswith(f"{child_id}:", autoescape=True)
    if connection.execute(select(record.c.record_id).where(here, record.c.bucket != "").limit(1)).first() is None:
        raise UnknownThing(NO_CHILD.format(child_id))
    found = Hold(secrets.token_hex(4), child_id, reason.strip(), until, stamp(now), by.strip(), "", "", "")
    row = {name: getattr(found, name) for name in Hold.__slots__} | {"until": until.isoformat() if until else ""}
    connection.execute(insert(retention_hold).values(**row))
    return found


def release(connection: Connection, hold_id: str, *, why: str, by: str, now: datetime) -> Hold:
    """It stays listed. Raises UnknownThing for one that nobody placed, or that was released before."""
    _refuse_empty(**{"why": why, "who you are": by})
    table = retention_hold.c
    values = {"released_at": stamp(now), "released_by": by.strip(), "released_why": why.strip()}
    here = (table.id == hold_id) & (table.released_at == "")
    if connection.execute(update(retention_hold).where(here).values(values)).rowcount == 0:
        raise UnknownThing(NO_HOLD.format(hold_id))
    return next(found for found in holds(connection) if found.id == hold_id)


def holds(connection: Connection) -> list[Hold]:
    """All there ever were, oldest first."""
    query = select(retention_hold).order_by(retention_hold.c.placed_at, retention_hold.c.id)
    return [_hold(row) for row in connection.execute(query).mappings()]


def held_children(connection: Connection, now: datetime) -> Mapping[ChildId, str]:
    """By child, the reason of a hold that stands."""
    today = local(now).date()
    return {found.child_id: f"on hold: {found.reason}" for found in holds(connection) if found.stands(today)}


def _hold(row: RowMapping) -> Hold:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Hold(**{**{name: row[name] for name in Hold.__slots__}, "until": until})


def _refuse_empty(**said: str) -> None:
    for what, words in said.items():
        if not words.strip():
            raise CentralError(EMPTY.format(what))
