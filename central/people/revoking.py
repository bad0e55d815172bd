"""Withdrawing a laptop. `drain`: it hands over its last work, which waits for a supervisor. `wipe`: it erases itself.

A wipe order is signed with the council's root, which two keepers open together and the running service never holds; it
names them, and the laptop checks the signature before it erases anything (scenario 35).
"""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime
from typing import Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select, update

from casework.canonical import canonical
from casework.identifiers import DeviceId
from casework.wire.laptop_messages import Order, WipeAck
from casework.wire.signed_texts import wipe_ack_text
from central.database.clock import stamp
from central.database.errors import CentralError, Refused, UnknownThing
from central.database.tables import certificate, device
from central.keys.council_root import CouncilRoot
from central.people.accounts import Device, add_device, device_of
from central.people.senders import GIVEN_UP

How = Literal["drain", "wipe"]
TWO_NEEDED = "Two keepers of the council’s keys erase a laptop together. One alone withdraws it, with --drain."


def revoke(
    connection: Connection, device_id: DeviceId, how: How, now: datetime, *, root: CouncilRoot | None = None
) -> Device:
    """Takes effect at the laptop's next contact, or when its lease ends. A wipe needs the root, and is never taken
    back."""
    laptop = device_of(connection, device_id, lock=True)
    if laptop is None:
        message = f"No laptop has the name {device_id}."
        raise UnknownThing(message)
    if laptop.state in ("wipe", "wiped"):
        raise Refused(409, "wiped", f"{device_id} has been told to erase itself already.")
    values = {"state": how, "order_json": _order(device_id, root, now) if how == "wipe" else ""}
    connection.execute(update(device).where(device.c.id == device_id).values(values))
    revoked = (certificate.c.device_id == device_id) & certificate.c.revoked_at.is_(None)
    connection.execute(update(certificate).where(revoked).values(revoked_at=stamp(now)))
    return _found(connection, device_id)


def order_for(connection: Connection, device_id: DeviceId) -> Order | None:
    """The wipe order of a laptop that has one, until it has confirmed."""
    text = connection.execute(select(device.c.order_json).where(device.c.id == device_id)).scalar_one()
    return Order.from_bytes(text) if text else None


def confirm_wiped(connection: Connection, ack: WipeAck) -> Device:
    """Signed with the key that the laptop destroyed right after; may be repeated. Raises Refused."""
    laptop = device_of(connection, ack.device_id, lock=True)
    order = order_for(connection, ack.device_id) if laptop else None
    key = laptop.signing_key if laptop else ""
    if laptop is None or order is None or not hmac.compare_digest(order.signature, ack.order_signature):
        raise Refused(404, "unknown", "No laptop was told to erase itself by that order.")
    _check(key, ack)
    values = {"state": "wiped", "unsent": ack.unsent}
    connection.execute(update(device).where(device.c.id == laptop.id).values(values))
    return _found(connection, laptop.id)


def fork(connection: Connection, laptop: Device, signing_key: str, now: datetime) -> Device:
    """A copy of a laptop becomes a laptop of its own; the old name is never used again, by either of them.

    A withdrawn laptop stays withdrawn under its new name, or a copy would be a way back in.
    """
    known = connection.execute(select(device.c.id).where(device.c.signing_key == signing_key)).scalar_one_or_none()
    if known is not None and (found := _found(connection, known)).officer_id == laptop.officer_id:
        return found
    made = add_device(connection, laptop.officer_id, signing_key, now)
    if laptop.state == "drain":
        connection.execute(update(device).where(device.c.id == made.id).values(state="drain"))
    else:
        connection.execute(update(device).where(device.c.id == laptop.id).values(state=GIVEN_UP))
    return _found(connection, made.id)


def _order(device_id: DeviceId, root: CouncilRoot | None, now: datetime) -> str:
    if root is None:
        raise CentralError(TWO_NEEDED)
    content = {"do": "wipe", "device": device_id, "at": stamp(now), "id": secrets.token_hex(8), "by": list(root.by)}
    text = canonical(content).decode()
    return Order(text=text, signature=root.signed(text)).to_bytes().decode()


def _check(key: str, ack: WipeAck) -> None:
    text = wipe_ack_text(ack.device_id, ack.order_signature, ack.unsent)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(ack.signature), text)
    except InvalidSignature as error:
        raise Refused(401, "bad_signature", "That is not the laptop's own word.") from error


def _found(connection: Connection, device_id: DeviceId) -> Device:
    found = device_of(connection, device_id)
    if found is None:
        message = f"No laptop has the name {device_id}."
        raise UnknownThing(message)
    return found
