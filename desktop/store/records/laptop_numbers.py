"""The numbers of this laptop’s own operations: each given once, also when what bore it has left the laptop."""

from __future__ import annotations

from casework.identifiers import DeviceId, OperationId
from casework.records import Stamp
from casework.records.hybrid_clock import tick
from desktop.store.database.ids import uuid7
from desktop.store.database.writer import Transaction

LAST_NUMBER = """
    SELECT max(coalesce((SELECT max(device_seq) FROM operation WHERE device_id = ?1), 0),
               coalesce((SELECT json_extract(value, '$') FROM setting WHERE key = 'last_number/' || ?1), 0))"""


def stamp(tx: Transaction, device_id: DeviceId) -> Stamp:
    """The next number of this laptop, and a time that never goes back."""
    now_ms = int(tx.now.timestamp() * 1000)
    last = tx.execute("SELECT hlc FROM mark").fetchone()[0]
    return Stamp(OperationId(uuid7(now_ms)), next_number(tx, device_id), tx.at, tick(last, now_ms))


def next_number(tx: Transaction, device_id: DeviceId) -> int:
    found = tx.execute(LAST_NUMBER, (device_id,)).fetchone()
    return int(found[0]) + 1


def remember_numbers(tx: Transaction, record_id: str) -> None:
    """Before a record leaves: a number that was given once is never given again, or the service takes us for a copy."""
    tx.execute(
        """INSERT INTO setting SELECT 'last_number/' || device_id, max(device_seq) FROM operation
           WHERE record_id = ? GROUP BY device_id
           ON CONFLICT (key) DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))""",
        (record_id,),
    )
