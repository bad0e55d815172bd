"""In whose name an extract is taken in: a device of the service's own, made at the first import."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, select, update

from casework.identifiers import DeviceId, OfficerId
from casework.records import Author
from central.database.home import write_private
from central.database.tables import device
from central.people import accounts
from central.people.accounts import Officer
from central.service import Service

IMPORTER = Officer(OfficerId("central-extract"), "Case system extract", "administrator", active=True)
KEY_FILE = "extract.key"


def extract_author(service: Service, connection: Connection) -> Author:
    """Its key lies beside the council's others."""
    path = service.home.keys / KEY_FILE
    if not path.exists():
        write_private(path, Ed25519PrivateKey.generate().private_bytes_raw())
    key = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    public = key.public_key().public_bytes_raw().hex()
    accounts.add_officer(connection, IMPORTER, service.now())
    known = connection.execute(select(device.c.id).where(device.c.signing_key == public)).scalar_one_or_none()
    return Author(IMPORTER.id, known or _enrolled(connection, public, service), key)


def _enrolled(connection: Connection, public: str, service: Service) -> DeviceId:
    made = accounts.add_device(connection, IMPORTER.id, public, service.now())
    connection.execute(update(device).where(device.c.id == made.id).values(state="drain"))  # it never pushes over HTTP
    return made.id
