"""The audit trail of one vault: what was viewed, edited, exported, printed, shared, unlocked, and by whom."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.store.database.audit_chain import FORMER_KEYS, Entry, Finding, Head, Keys, follow
from desktop.store.database.connection import Connection, from_json
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Writer, last_link
from desktop.store.disk.errors import AuditBroken
from desktop.store.disk.keys import SubKey
from desktop.store.records.histories import read


class Audit:
    """Append-only; thread-safe."""

    def __init__(self, writer: Writer, readers: Readers, key: SubKey) -> None:
        self._writer = writer
        self._readers = readers
        self._key = key

    def add(self, event: str, **facts: object) -> None:
        """`facts` name records and people by id, and never hold what a record says."""
        self._writer.do(lambda tx: tx.audit(event, **facts))

    def entries(self, *, last: int | None = None) -> list[Entry]:
        """Oldest first."""
        rows = self._readers.rows(
            "SELECT n, at, actor, event, facts FROM audit ORDER BY n DESC LIMIT ?", (-1 if last is None else last,)
        )
        return [Entry(*row) for row in reversed(rows)]  # type: ignore[arg-type]  # the table is STRICT

    def head(self) -> Head:
        """To be noted elsewhere: in each signed PDF, and with the central service at each sync."""
        with self._readers.lend() as connection:
            return last_link(connection)

    def holds(self, noted: Head) -> bool:
        """Whether the trail still has this link; whether it holds together is for `check`."""
        rows = self._readers.rows("SELECT mac FROM audit WHERE n = ?", (noted.count,))
        return not noted.count or [row[0] for row in rows] == [bytes.fromhex(noted.mac)]

    def check(self, anchors: Iterable[Head] = ()) -> Finding:
        """Walks the whole trail, and holds every sealed operation against what the trail says of it."""
        with self._readers.lend() as connection:
            rows = connection.execute("SELECT n, at, actor, event, facts, mac FROM audit ORDER BY n")
            kept = connection.execute("SELECT value FROM setting WHERE key = ?", (FORMER_KEYS,)).fetchone()
            keys = Keys.read(self._key, from_json(kept[0]) if kept else None)
            found = follow(keys, ((Entry(*row[:5]), row[5]) for row in rows), anchors)
            if found.sentence:
                return found
            return Finding(found.head, _changed_operation(connection))

    def prove(self, anchors: Iterable[Head] = ()) -> Head:
        """As `check`; raises AuditBroken with its sentence."""
        found = self.check(anchors)
        if found.sentence:
            raise AuditBroken(found.sentence)
        return found.head


def _changed_operation(connection: Connection) -> str:
    for op_id, wanted in _sealed(connection).items():
        found = connection.execute("SELECT body FROM operation WHERE op_id = ?", (op_id,)).fetchone()
        if found is None:
            return f"Something that was said is missing from the store (item {op_id})."
        if read(found[0]).payload_hash != wanted:
            return f"Something that was said has been changed in the store (item {op_id})."
    return ""


def _sealed(connection: Connection) -> dict[str, str]:
    """The hash of each operation sealed here, less the records that left this laptop with their case."""
    hashes: dict[str, str] = {}
    of_record: dict[str, list[str]] = {}
    rows = connection.execute("SELECT event, facts FROM audit WHERE event IN ('sealed', 'purged') ORDER BY n")
    for event, text in rows:
        facts = from_json(text)
        if event == "sealed":
            hashes[facts["op"]] = facts["hash"]
            of_record.setdefault(facts["record"], []).append(facts["op"])
        else:
            for op_id in of_record.pop(facts["record"], []):
                del hashes[op_id]
    return hashes
