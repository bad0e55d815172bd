"""Joining again: what a laptop signed under names it had before must count, also when a restored service has forgotten
them (docs/decisions/joining-again.md)."""

from __future__ import annotations

import hmac
from datetime import datetime

from sqlalchemy import Connection, update

from casework.wire.laptop_messages import Enrol, Formerly
from casework.wire.signed_texts import formerly_text
from central.database.clock import stamp
from central.database.errors import Refused
from central.database.tables import device
from central.people.accounts import Device, Officer, device_of, keep_device
from central.people.key_ownership import check_owner
from central.people.laptop_names import fits
from central.people.senders import GIVEN_UP

OTHER_OFFICER = "That code was made for another officer. Ask your administrator for one of your own."


def give_up_names(connection: Connection, asked: Enrol, owner: Officer, now: datetime) -> None:
    """The laptop syncs under none of its former names any longer. Raises Refused."""
    for former in asked.formerly:
        _check(asked, former, owner)
        known = device_of(connection, former.device_id, lock=True)
        if known is None:
            _write_down(connection, former, now)
        else:
            _give_up(connection, former, known, is_latest=former is asked.formerly[-1])


def _check(asked: Enrol, former: Formerly, owner: Officer) -> None:
    text = formerly_text(asked.secret, asked.signing_key, former.device_id, former.officer_id)
    check_owner(former.signing_key, former.proof, text)
    if former.signing_key == asked.signing_key:
        raise Refused(400, "malformed", "A laptop that joins again needs a new key.")
    if former.officer_id != owner.id:
        raise Refused(403, "other_officer", OTHER_OFFICER)


def _give_up(connection: Connection, former: Formerly, known: Device, *, is_latest: bool) -> None:
    """A name that was withdrawn stays withdrawn, and no laptop joins again that has been withdrawn itself."""
    if known.officer_id != former.officer_id or not hmac.compare_digest(known.signing_key, former.signing_key):
        raise _taken(former)
    if known.state in ("active", GIVEN_UP):
        connection.execute(update(device).where(device.c.id == known.id).values(state=GIVEN_UP))
    elif is_latest:
        raise Refused(403, "device_revoked", "This laptop has been withdrawn, so it cannot join again.")


def _write_down(connection: Connection, former: Formerly, now: datetime) -> None:
    if not fits(former.device_id, former.signing_key):
        raise _taken(former)
    at = stamp(now)
    found = Device(
        id=former.device_id,
        officer_id=former.officer_id,
        signing_key=former.signing_key,
        state=GIVEN_UP,
        enrolled_at=at,
        last_seen_at=at,
        lease_until=at,
        acked_seq=0,
        unsent=0,
        audit_head="",
    )
    if not keep_device(connection, found):
        raise _taken(former)


def _taken(former: Formerly) -> Refused:
    message = f"Another laptop is called {former.device_id} here. Tell your administrator; the code can still be used."
    return Refused(409, "name_taken", message)
