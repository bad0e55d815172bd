"""Which records went by the council's rule: asked wherever something could bring one of them back."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, select, update

from casework.dates_in_words import day
from casework.identifiers import ChildId, OperationId, RecordId
from casework.records import Kind, Operation
from central.database.destroyed_tables import destroyed, destroyed_operation
from central.database.tables import council

_SECRET = select(council.c.destruction_key)
CHUNK = 900  # SQLite takes at most 999 parameters in older builds
NOT_AGAIN = "The council destroyed this record on {}, as its rule says, so it is not taken in again."


def secret_of(connection: Connection) -> str:
    """Empty while nothing was ever destroyed here."""
    return str(connection.execute(_SECRET).scalar_one())


def record_key(secret: str, record_id: RecordId) -> str:
    return _keyed(secret, f"record\n{record_id}")


def operation_key(secret: str, op_id: OperationId, payload_hash: str) -> str:
    return _keyed(secret, f"operation\n{op_id}\n{payload_hash}")


class DestroyedRecords:
    """Within one transaction. Where nothing was ever destroyed it asks nothing more."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._secret: str | None = None
        self._days: dict[RecordId, str] = {}
        self._said: set[OperationId] = set()

    def look_up(self, ops: Sequence[Operation]) -> None:
        """All that will be asked about these, in two queries."""
        self.look_up_records({op.record_id for op in ops} - set(self._days))
        ours = [op for op in ops if self._days.get(op.record_id)]
        keys = {operation_key(self._key, op.op_id, op.payload_hash): op.op_id for op in ours}
        for part in _parts(list(keys)):
            query = select(destroyed_operation.c.key).where(destroyed_operation.c.key.in_(part))
            self._said |= {keys[key] for key in self._connection.execute(query).scalars()}

    def look_up_records(self, record_ids: Iterable[RecordId]) -> None:
        wanted = list(record_ids)
        self._days |= dict.fromkeys(wanted, "")
        if not self._key:
            return
        keys = {record_key(self._key, record_id): record_id for record_id in wanted}
        for part in _parts(list(keys)):
            query = select(destroyed.c.key, destroyed.c.day).where(destroyed.c.key.in_(part))
            self._days |= {keys[key]: on for key, on in self._connection.execute(query)}

    def day_of(self, record_id: RecordId) -> str:
        """The day it was destroyed; empty for one that was not."""
        if record_id not in self._days:
            self.look_up_records([record_id])
        return self._days[record_id]

    def why_neither(self, record_id: RecordId, child_id: ChildId) -> str:
        """A sentence, where the record went, or its child's own; empty for one that may be here."""
        found = self.day_of(record_id) or self.day_of(child_id)
        return NOT_AGAIN.format(day(date.fromisoformat(found))) if found else ""

    def has_said(self, op: Operation) -> bool:
        """Whether these very words went with the record; asked of what was looked up."""
        return op.op_id in self._said

    def met(self, ops: Iterable[Operation]) -> None:
        """A database that had never heard of the record, or of these words, has now: by id and hash."""
        for op in ops:
            row = destroyed.c.key == record_key(self._key, op.record_id)
            values = {"record_id": op.record_id, "bucket": op.bucket}
            if op.kind is Kind.CREATE:
                values["about"] = about_of(op)
            self._connection.execute(update(destroyed).where(row).values(values))

    @property
    def _key(self) -> str:
        if self._secret is None:
            self._secret = secret_of(self._connection)
        return self._secret


def about_of(begun: Operation) -> str:
    """The id of the record that one said it was about, when it began: by it a commission knows its records."""
    said = {change.path: change.value for change in begun.changes}
    found = said.get("f/episode_id") or said.get("f/about")
    return found if isinstance(found, str) and len(found) <= 96 else ""


def _keyed(secret: str, text: str) -> str:
    return hmac.new(bytes.fromhex(secret), text.encode(), hashlib.sha256).hexdigest()


def _parts(keys: Sequence[str]) -> Iterable[Sequence[str]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
