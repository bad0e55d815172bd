"""How far each laptop's own numbers have arrived without a gap (invariant I9)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, String, bindparam, select, union_all, update

from casework.identifiers import DeviceId
from central.database.among import among
from central.database.tables import device, operation, waiting

_LAPTOP = bindparam("laptop", type_=String)
_ACKED = select(device.c.acked_seq).where(device.c.id == _LAPTOP)
_SOME = among(device.c.id, "laptops")
_LATER = union_all(
    select(device.c.id, operation.c.device_seq)
    .join_from(device, operation, operation.c.device_id == device.c.id)
    .where(_SOME, operation.c.device_seq > device.c.acked_seq),
    select(device.c.id, waiting.c.device_seq)
    .join_from(device, waiting, (waiting.c.device_id == device.c.id) & (waiting.c.pushed_by == device.c.id))
    .where(_SOME, waiting.c.device_seq > device.c.acked_seq, waiting.c.code != "bad_signature"),
)
_UPTO = bindparam("upto", type_=BigInteger)
_MOVED = update(device).where(device.c.id == _LAPTOP, device.c.acked_seq < _UPTO).values(acked_seq=_UPTO)


class Numbers:
    """A held or quarantined operation fills its number; a missing one makes the later ones wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._upto: dict[DeviceId, int] = {}
        self._beyond: dict[DeviceId, set[int]] = {}

    def begin(self, acked: dict[DeviceId, int]) -> None:
        """From what the laptops' rows say, which were read in this transaction."""
        beyond: dict[DeviceId, set[int]] = {device_id: set() for device_id in acked}
        for device_id, number in self._connection.execute(_LATER, {"laptops": sorted(acked)}):
            beyond[device_id].add(number)
        self._upto.update(acked)
        self._beyond |= beyond
        for device_id in acked:
            self._close_up(device_id)

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

    def write(self, device_ids: Sequence[DeviceId]) -> None:
        """Only the pushing laptops' rows, which are locked already; others' are worked out again when they push."""
        moved = [
            {"laptop": device_id, "upto": self._upto[device_id]} for device_id in device_ids if device_id in self._upto
        ]
        if moved:
            self._connection.execute(_MOVED, moved)

    def _load(self, device_id: DeviceId) -> None:
        if device_id not in self._upto:
            self.begin({device_id: int(self._connection.execute(_ACKED, {"laptop": device_id}).scalar_one())})

    def _close_up(self, device_id: DeviceId) -> None:
        beyond = self._beyond[device_id]
        while self._upto[device_id] + 1 in beyond:
            self._upto[device_id] += 1
            beyond.remove(self._upto[device_id])
