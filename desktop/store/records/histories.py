"""Whole histories of several records, for a list that would ask for each; read again only where they changed."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from casework.errors import AnswerError
from casework.identifiers import RecordId
from casework.records import Merge, Operation, RecordView
from desktop.store.database.connection import Connection, damaged
from desktop.store.database.readers import Readers
from desktop.store.records.views import as_json, unpack

SEEN = "bucket NOT IN (SELECT bucket FROM entitlement WHERE lost)"
History = tuple[RecordView, tuple[Operation, ...]]


class Histories:
    """Keeps those that were last asked for, and no others. Thread-safe."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._kept: dict[str, tuple[tuple[object, ...], History]] = {}
        self._door = threading.Lock()

    def of(self, record_ids: Sequence[str]) -> dict[str, History]:
        """Each record as it was last said, and what was said in it, from one reading."""
        with self._readers.lend() as connection:
            rows = connection.execute(_AS_OF, (as_json(record_ids),)).fetchall()
            as_of: dict[str, tuple[object, ...]] = {record_id: (count, at) for record_id, count, at in rows}
            with self._door:
                kept = {one: self._kept[one] for one in as_of if one in self._kept}
            known = {one: history for one, (then, history) in kept.items() if then == as_of[one]}
            known |= _told(connection, [one for one in as_of if one not in known])
        with self._door:
            self._kept = {one: (as_of[one], history) for one, history in known.items()}
        return known

    def forget(self) -> None:
        """After a transaction that did not happen, or that changed what was."""
        with self._door:
            self._kept = {}


_VIEWS = f"SELECT record_id, view FROM record WHERE record_id IN (SELECT value FROM json_each(?)) AND {SEEN}"  # noqa: S608
_AS_OF = f"""SELECT record_id, operations, updated_at FROM record
             WHERE record_id IN (SELECT value FROM json_each(?)) AND {SEEN}"""  # noqa: S608
OPERATIONS_OF = """SELECT record_id, op_id, body FROM operation
                WHERE record_id IN (SELECT value FROM json_each(?))
                AND op_id NOT IN (SELECT op_id FROM quarantine WHERE left_out) ORDER BY n"""


def _told(connection: Connection, record_ids: Sequence[str]) -> dict[str, History]:
    asked, found = (as_json(record_ids),), dict[str, list[Operation]]()
    for record_id, _op_id, body in connection.execute(OPERATIONS_OF, asked) if record_ids else ():
        found.setdefault(record_id, []).append(read(body))
    kept = dict(connection.execute(_VIEWS, asked).fetchall())
    return {
        record_id: ((unpack(text) if text else None) or Merge(RecordId(record_id), said).view(), tuple(said))
        for record_id, text in kept.items()
        if (said := found.get(record_id, []))
    }


def read(body: object) -> Operation:
    try:
        return Operation.from_text(str(body))
    except AnswerError as error:
        raise damaged() from error
