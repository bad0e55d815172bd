"""Finds operations whose bytes were damaged on this disk, and puts back what the council still holds of them."""

from __future__ import annotations

from collections.abc import Iterable

from casework.identifiers import OperationId
from casework.records import Operation
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer
from desktop.store.disk.errors import VaultDamaged
from desktop.store.records.histories import read
from desktop.store.records.records import Records


class Mending:
    """Thread-safe. A running digest cannot see damage, so this reads every byte; it is for once a week."""

    def __init__(self, writer: Writer, readers: Readers, records: Records) -> None:
        self._writer = writer
        self._readers = readers
        self._records = records

    def damaged(self) -> list[OperationId]:
        """The operations that no longer have the hash they came with, or cannot be read at all."""
        rows = self._readers.rows("SELECT op_id, hash, body FROM operation ORDER BY n")
        return [OperationId(str(op_id)) for op_id, found, body in rows if not _is_whole(found, body)]

    def mend(self, operations: Iterable[Operation]) -> list[str]:
        """Puts back those whose hash is the one that was kept; the ids of those."""
        offered = tuple(operations)

        def job(tx: Transaction) -> list[str]:
            wanted = [op for op in offered if _is_wanted(tx, op)]
            for op in wanted:
                tx.execute("DELETE FROM operation WHERE op_id = ?", (op.op_id,))
            self._records.forget_merges()
            self._records.keep(tx, wanted)
            self._records.rebuild(tx, (op.record_id for op in wanted))
            if wanted:
                tx.audit("mended", operations=len(wanted))
            return [op.op_id for op in wanted]

        return self._writer.do(job)


def _is_wanted(tx: Transaction, op: Operation) -> bool:
    found = tx.execute("SELECT hash, body FROM operation WHERE op_id = ?", (op.op_id,)).fetchone()
    return found is not None and bool(found[0].hex() == op.payload_hash) and not _is_whole(found[0], found[1])


def _is_whole(found: object, body: object) -> bool:
    try:
        return isinstance(found, bytes) and read(body).payload_hash == found.hex()
    except (VaultDamaged, UnicodeError):
        return False
