"""What was written before this laptop joined a council: it waits in no outbox, and becomes its officer's on joining.

Nobody else has seen a word of it, so it is made anew under the name that the council gave, and nothing published is
rewritten. If that name is another person's, it stays apart until somebody says whose it is.
"""

from __future__ import annotations

from collections.abc import Callable

from casework.errors import NotJoined, RecordError
from casework.identifiers import DeviceId
from casework.records import Operation, Stamp
from desktop.store.database.readers import Readers
from desktop.store.database.remembered import BEFOREHAND, DEVICE
from desktop.store.database.settings import Settings
from desktop.store.database.writer import Transaction
from desktop.store.exchange.outbox import made_anew
from desktop.store.records.histories import read
from desktop.store.records.records import Records, queue

Remake = Callable[[Operation, Stamp], Operation]


class KeptApart(RecordError):
    """Words of whoever set up this laptop, when it joined for somebody else: nobody writes on in them."""


class NamedMeanwhile(RecordError):
    """This laptop joined between the moment that somebody wrote and the moment that it was to be kept."""


JUST_JOINED = "This laptop has joined the council at this very moment. Nothing is lost; do it once more."


class WrittenBefore:
    """Thread-safe."""

    def __init__(self, readers: Readers, settings: Settings, records: Records) -> None:
        self._readers = readers
        self._settings = settings
        self._records = records

    @property
    def has_joined(self) -> bool:
        return bool(self._settings.get(DEVICE).id)

    def device(self) -> DeviceId:
        """Under which this laptop writes now. Raises NotJoined in a store that was never given a name of its own."""
        found = self._settings.get(DEVICE).id or self._own()
        if not found:
            message = "This laptop has not joined a council yet, so nothing can be written in its name."
            raise NotJoined(message)
        return found

    @property
    def whose(self) -> str:
        """Under which name this store was made; empty once that has been settled."""
        found = self._settings.get(BEFOREHAND)
        return found.name if found is not None else ""

    def records(self) -> frozenset[str]:
        """Those with something that was written before joining, and is nobody's of the council."""
        rows = self._readers.rows("SELECT DISTINCT record_id FROM operation WHERE device_id = ?", (self._own(),))
        return frozenset(str(row[0]) for row in rows)

    def apart(self) -> frozenset[str]:
        """As `records`, once the laptop has joined for somebody else."""
        return self.records() if self.has_joined and self._own() else frozenset()

    def look(self) -> Callable[[Transaction, Operation], None]:
        """Refuses, before it is kept, what would follow upon words that are kept apart, and what was begun under a name
        that this laptop has given up meanwhile. Raises KeptApart, NamedMeanwhile."""
        device, has_joined, found = self.device(), self.has_joined, self._settings.get(BEFOREHAND)

        def looked(tx: Transaction, operation: Operation) -> None:
            if operation.device_id != device or not (has_joined or tx.execute(_HAS_JOINED).fetchone() is None):
                raise NamedMeanwhile(JUST_JOINED)
            if found is not None and has_joined:
                about = (found.device_id, operation.record_id, operation.bucket.partition(":")[0])
                if tx.execute(_IS_APART, about).fetchone() is not None:
                    raise KeptApart(told_apart(found.name))

        return looked

    def taken_over(self, device_id: DeviceId, remake: Remake) -> Callable[[Transaction], int]:
        """For a transaction: all of it is made anew in its order, by `remake`, and waits to be sent. How many."""
        own = self._own()

        def job(tx: Transaction) -> int:
            rows = tx.execute("SELECT record_id, body FROM operation WHERE device_id = ? ORDER BY n", (own,)).fetchall()
            for _record_id, body in rows:
                operation = read(body)
                queue(tx, operation.op_id)
                made_anew(tx, operation, device_id, remake)
            self._records.rebuild(tx, [record_id for record_id, _body in rows])
            self._records.forget_merges()
            tx.audit("taken_over", device=device_id, operations=len(rows))
            return len(rows)

        return job

    def take_over(self, device_id: DeviceId, remake: Remake) -> None:
        """Somebody has said that it is theirs."""
        self._settings.put_all(BEFOREHAND.holding(None), first=self.taken_over(device_id, remake))

    def _own(self) -> DeviceId:
        found = self._settings.get(BEFOREHAND)
        return found.device_id if found is not None else DeviceId("")


def told_apart(whose: str) -> str:
    """For whoever would write on in it."""
    return (
        f"This was written before joining by {whose}, and has not been sent. "
        "If they are your words, say so under Sending; then you can go on."
    )


_HAS_JOINED = "SELECT 1 FROM setting WHERE key = 'device' AND json_extract(value, '$.id') <> ''"
_IS_APART = "SELECT 1 FROM operation WHERE device_id = ? AND record_id IN (?, ?) LIMIT 1"
