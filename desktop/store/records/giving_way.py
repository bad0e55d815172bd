"""Two copies of one store that both joined: words of before joining are the council's as it has them, once."""

from __future__ import annotations

from casework.records import Operation
from desktop.store.database.writer import Transaction
from desktop.store.records.histories import read


def gives_way(tx: Transaction, arrived: Operation) -> bool:
    """Whether what is here under that id is gone: the same words at the same time, which the council took from another
    laptop of whoever wrote them, and not from this one."""
    row = tx.execute(_NOT_RECEIVED, (arrived.op_id,)).fetchone()
    if row is None or _said(read(row[0])) != _said(arrived):
        return False
    tx.execute("DELETE FROM outbox WHERE op_id = ?", (arrived.op_id,))
    tx.execute("DELETE FROM operation WHERE op_id = ?", (arrived.op_id,))
    tx.execute(_DEALT_WITH, (tx.at, arrived.op_id))
    tx.audit("gave_way", op=arrived.op_id, hash=arrived.payload_hash)
    return True


def _said(operation: Operation) -> tuple[object, ...]:
    """All but whose laptop it came from."""
    named = (operation.record_id, operation.bucket, operation.form_id, operation.form_version, operation.kind)
    return (*named, operation.at, operation.hlc, operation.after, operation.changes, operation.body)


_DEALT_WITH = "UPDATE quarantine SET left_out = 0, dealt = 'done', dealt_at = ? WHERE op_id = ? AND dealt = ''"
_NOT_RECEIVED = """SELECT body FROM operation WHERE op_id = ?1
                   AND op_id NOT IN (SELECT op_id FROM feed WHERE op_id = ?1)
                   AND (op_id IN (SELECT op_id FROM outbox) OR op_id IN (SELECT op_id FROM quarantine))"""
