"""What can be said about an operation from its own bytes: is it readable, is it canonical, who signed it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, select

from casework.canonical import digest_bytes
from casework.errors import AnswerError, BadSignature
from casework.identifiers import DeviceId, OfficerId
from casework.records import MAX_BYTES, Operation
from casework.wire.protocol import Sealed, unseal
from central.database.among import among
from central.database.errors import BrokenService
from central.database.tables import device
from central.intake.verdicts import BAD_SIGNATURE, TOO_LARGE, Verdict, quarantined

_DEVICES = select(device.c.id, device.c.officer_id, device.c.signing_key)
_SOME_DEVICES = _DEVICES.where(among(device.c.id, "ids"))


@dataclass(frozen=True, slots=True)
class Signatory:
    """A laptop, whose it is, and the key it signs with."""

    device_id: DeviceId
    officer_id: OfficerId
    key: Ed25519PublicKey


@dataclass(frozen=True, slots=True)
class Examined:
    """The bytes as they came; the operation they hold, unless a fault was found."""

    sealed: Sealed
    operation: Operation | None
    fault: Verdict | None

    def read(self) -> Operation:
        """The operation of one without a fault."""
        if self.operation is None:
            message = "An item that could not be read was treated as if it had been."
            raise BrokenService(message)
        return self.operation

    @property
    def key(self) -> str:
        """Names exactly these bytes: the same ones pushed again get the same answer."""
        return digest_bytes(f"{self.sealed.op_id}\n{self.sealed.signature}\n{self.sealed.payload}".encode())


def signatories(connection: Connection, device_ids: Iterable[DeviceId]) -> dict[str, Signatory]:
    rows = connection.execute(_SOME_DEVICES, {"ids": sorted(set(device_ids))})
    return {
        row.id: Signatory(row.id, row.officer_id, Ed25519PublicKey.from_public_bytes(bytes.fromhex(row.signing_key)))
        for row in rows
    }


def read(sealed: Sealed) -> Examined:
    """Never raises: what cannot be read is kept as it came, with the reason."""
    if len(sealed.payload.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return Examined(sealed, None, TOO_LARGE)
    try:
        return Examined(sealed, unseal(sealed), None)
    except AnswerError as error:
        return Examined(sealed, None, quarantined("schema_invalid", str(error)))


def attributed(found: Examined, known: Mapping[str, Signatory]) -> Examined:
    """With a fault, unless the laptop and the officer it names did sign it."""
    operation = found.operation
    if operation is None:
        return found
    signatory = known.get(operation.device_id)
    if signatory is None or signatory.officer_id != operation.officer_id:
        return Examined(found.sealed, operation, BAD_SIGNATURE)
    try:
        operation.verify(signatory.key)
    except BadSignature:
        return Examined(found.sealed, operation, BAD_SIGNATURE)
    return found
