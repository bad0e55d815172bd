"""How far each laptop's own numbers have arrived without a gap (invariant I9)."""

from __future__ import annotations

from sqlalchemy import BigInteger, Connection, String, bindparam, select, union_all, update

from casework.identifiers import DeviceId
from central.database.tables import device, operation, waiting

_LAPTOP = bindparam("laptop", type_=String)
_AFTER = bindparam("acked", type_=BigInteger)
_ACKED = select(device.c.acked_seq).where(device.c.id == _LAPTOP)
_LATER = union_all(
    select(operation.c.device_seq).where(operation.c.device_id == _LAPTOP, operation.c.device_seq > _AFTER),
    select(waiting.c.device_seq).where(
        waiting.c.device_id == _LAPTOP,
        waiting.c.pushed_by == _LAPTOP,
        waiting.c.device_seq > _AFTER,
        waiting.c.code != "bad_signature",
    ),
)
_UPTO = bindparam("upto", type_=BigInteger)
_MOVED = update(device).where(device.c.id == _LAPTOP, device.c.acked_seq < _UPTO).values(acked_seq=_UPTO)


class Numbers:
    """A held or quarantined operation fills its number; a missing one makes the later ones wait."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._upto: dict[str, int] = {}
        self._beyond: dict[str, set[int]] = {}

    def begin(self, device_id: DeviceId, acked: int) -> None:
        """From what its row says, which was read in this transaction."""
        self._upto[device_id] = acked
        self._beyond[device_id] = set(self._connection.execute(_LATER, {"laptop": device_id, "acked": acked}).scalars())
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

    def write(self, device_id: DeviceId) -> None:
        """Only the pushing laptop's row, which is locked already; others' are worked out again when they push."""
        if device_id in self._upto:
            self._connection.execute(_MOVED, {"laptop": device_id, "upto": self._upto[device_id]})

    def _load(self, device_id: DeviceId) -> None:
        if device_id in self._upto:
            return
        self.begin(device_id, int(self._connection.execute(_ACKED, {"laptop": device_id}).scalar_one()))

    def _close_up(self, device_id: DeviceId) -> None:
        beyond = self._beyond[device_id]
        while self._upto[device_id] + 1 in beyond:
            self._upto[device_id] += 1
            beyond.remove(self._upto[device_id])
