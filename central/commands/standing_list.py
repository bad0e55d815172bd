"""Which laptops are in good standing today, as a signed file: a recovery is answered on a machine that knows nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from casework.canonical import JSON, canonical, parse
from casework.dates_in_words import day_and_time
from casework.errors import AnswerError
from casework.identifiers import DeviceId, OfficerId
from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.home import write_private
from central.database.tables import device, officer
from central.keys.key_folder import NOT_PROTECTED
from central.service import Service

KIND = "homeward-standing-1"
GOOD_FOR, CLOCKS_DIFFER = timedelta(hours=24), timedelta(hours=1)
MAX_FILE = 32 * 1024 * 1024
NOT_OURS = "The list of laptops was not made by this council’s service, or has been changed. Nothing was answered."
TOO_OLD = (
    "The list of laptops is of {}, and counts for a day: one that was withdrawn since would be on it. "
    "Make a new one with “homeward-central recover standing”."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """One laptop in good standing, and whose it is."""

    device_id: DeviceId
    officer_id: OfficerId
    name: str
    role: str
    last_seen: str

    def to_json(self) -> list[JSON]:
        return [self.device_id, self.officer_id, self.name, self.role, self.last_seen]


def write(service: Service, to: Path) -> int:
    """How many laptops are on it. Raises CentralError for a council whose keys are not protected."""
    if not service.authority.is_protected:
        raise CentralError(NOT_PROTECTED)
    found = _standing(service)
    said: dict[str, JSON] = {"kind": KIND, "at": stamp(service.now()), "laptops": [each.to_json() for each in found]}
    signature = service.authority.key.sign(canonical(said), ec.ECDSA(hashes.SHA256())).hex()
    whole = {"said": said, "signature": signature, "issuing": service.authority.between_pem}
    write_private(to, canonical(whole))
    return len(found)


def read(file: Path, root_pem: str, now: datetime) -> dict[DeviceId, Standing]:
    """By the laptop's name. Raises CentralError for a list of another council, a changed one, and one that is old."""
    said = _believed(file, x509.load_pem_x509_certificate(root_pem.encode()), now)
    at = datetime.fromisoformat(str(said["at"]))
    if not now - GOOD_FOR <= at <= now + CLOCKS_DIFFER:
        raise CentralError(TOO_OLD.format(day_and_time(at)))
    rows = said["laptops"] if isinstance(said["laptops"], list) else []
    listed = [_laptop(row) for row in rows if isinstance(row, list)]
    return {each.device_id: each for each in listed}


def _laptop(row: list[JSON]) -> Standing:
    device_id, officer_id, *rest = (str(part) for part in row)
    return Standing(DeviceId(device_id), OfficerId(officer_id), *rest)


def _believed(file: Path, root: x509.Certificate, now: datetime) -> Mapping[str, JSON]:
    """Signed by a key that the root certified."""
    try:
        with file.open("rb") as opened:
            whole = parse(opened.read(MAX_FILE))
        found = whole if isinstance(whole, dict) else {}
        issuing = x509.load_pem_x509_certificate(str(found.get("issuing")).encode())
        issuing.verify_directly_issued_by(root)
        key, said = issuing.public_key(), found.get("said")
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(said, dict) or said.get("kind") != KIND:
            raise CentralError(NOT_OURS)
        key.verify(bytes.fromhex(str(found.get("signature"))), canonical(said), ec.ECDSA(hashes.SHA256()))
    except (AnswerError, InvalidSignature, ValueError, TypeError) as error:
        raise CentralError(NOT_OURS) from error
    if not issuing.not_valid_before_utc <= now <= issuing.not_valid_after_utc:
        raise CentralError(NOT_OURS)
    return said


def _standing(service: Service) -> list[Standing]:
    columns = (device.c.id, officer.c.id, officer.c.name, officer.c.role, device.c.last_seen_at)
    query = select(*columns).join(officer, officer.c.id == device.c.officer_id)
    good = query.where(device.c.state == "active", officer.c.active).order_by(device.c.id)
    with service.database.reading() as connection:
        return [Standing(*row) for row in connection.execute(good)]
