"""Which record a case system's number means: the one it has already, or one nobody outside the service can reckon.

An id that anybody can make from a number could be claimed before the extract brings it, and tells whether it is here.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid

from sqlalchemy import Connection

from casework.identifiers import RecordId
from central.database.home import Home, write_private_once
from central.extracts.case_numbers import CHILD, numbers_of
from central.extracts.persons_records import begun_by_extracts

KEY_FILE = "extract_ids.key"
OPEN_NAMESPACE = uuid.UUID("6d2f5a0e-5d1c-5c7e-9d53-5f3d1c1a0b77")  # of ids from before they had a key
KINDS = {CHILD: "child", "missing_episode": "episode"}


class ExtractIds:
    """Within one transaction; what was taken in before keeps its id."""

    def __init__(self, home: Home, connection: Connection) -> None:
        self._key = key_of(home)
        self._connection = connection
        self._known: dict[str, dict[str, RecordId]] = {}

    def of(self, form_id: str, number: str) -> RecordId:
        if form_id not in self._known:
            self._known[form_id] = {named: one for one, named in numbers_of(self._connection, form_id).items()}
        return self._known[form_id].get(number) or self._from_before(form_id, number) or self._keyed(form_id, number)

    def _keyed(self, form_id: str, number: str) -> RecordId:
        made = hmac.new(self._key, f"{form_id}\n{number}".encode(), hashlib.sha256).digest()
        return RecordId(str(uuid.UUID(bytes=made[:16], version=5)))

    def _from_before(self, form_id: str, number: str) -> RecordId | None:
        """Taken in before numbers were kept; the same id made by anybody else is not this record."""
        record_id = RecordId(str(uuid.uuid5(OPEN_NAMESPACE, f"{KINDS.get(form_id, form_id)} {number}")))
        return record_id if begun_by_extracts(self._connection, [record_id]) else None


def key_of(home: Home) -> bytes:
    """Made when the council is founded; by the first import where the council is older."""
    path = home.keys / KEY_FILE
    write_private_once(path, secrets.token_bytes(32))
    return path.read_bytes()
