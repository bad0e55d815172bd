"""How far each laptop's own numbers have arrived without a gap (invariant I9)."""

from __future__ import annotations

from sqlalchemy import Connection, select, union_all, update

from casework.identifiers import DeviceId
from central.database.tables import device, operation, waiting


class Numbers:
    """A held or quarantined operation fills its number; a missing one makes the later ones wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._upto: dict[str, int] = {}
        self._beyond: dict[str, set[int]] = {}

    def upto(self, device_id: DeviceId) -> int:
        """Every number from 1 to this one has arrived."""
        self._load(device_id)
        return self._upto[device_id]

    def is_used(self, device_id: DeviceId, number: int) -> bool:
        return number <= self.upto(device_id) or number in self._beyond[device_id]

    def arrived(self, device_id: DeviceId, number: int) -> None:
        if number > self.upto(device_id):
            self._beyond[device_id].add(number)
            self._close_up(device_id)

    def write(self, device_id: DeviceId) -> None:
        """Only the pushing laptop's row, which is locked already; others' are worked out again when they push."""
        if device_id in self._upto:
            moved = (device.c.id == device_id) & (device.c.acked_seq < self._upto[device_id])
            self._connection.execute(update(device).where(moved).values(acked_seq=self._upto[device_id]))

    def _load(self, device_id: DeviceId) -> None:
        if device_id in self._upto:
            return
        start = self._connection.execute(select(device.c.acked_seq).where(device.c.id == device_id)).scalar_one()
        later = union_all(
            select(operation.c.device_seq).where(operation.c.device_id == device_id, operation.c.device_seq > start),
            select(waiting.c.device_seq).where(
                waiting.c.device_id == device_id,
                waiting.c.pushed_by == device_id,
                waiting.c.device_seq > start,
                waiting.c.code != "bad_signature",
            ),
        )
        self._upto[device_id] = int(start)
        self._beyond[device_id] = set(self._connection.execute(later).scalars())
        self._close_up(device_id)

    def _close_up(self, device_id: DeviceId) -> None:
        beyond = self._beyond[device_id]
        while self._upto[device_id] + 1 in beyond:
            self._upto[device_id] += 1
            beyond.remove(self._upto[device_id])
