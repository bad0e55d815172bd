"""A record that moves takes all its operations out of one bucket and into another, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select, update

from casework.identifiers import BucketId, OperationId, RecordId
from casework.records import Kind, Operation
from central.database.tables import operation, record
from central.feed.feed import Step

Weights = tuple[tuple[OperationId, str], ...]


class Moves:
    """Follows each record through the operations of one transaction, in their order, before they are inserted."""

    def __init__(self, connection: Connection, before: dict[RecordId, BucketId]) -> None:
        self._connection = connection
        self._bucket = dict(before)
        self._earlier: dict[RecordId, dict[OperationId, str]] = {}
        self._moved: set[RecordId] = set()

    def steps(self, op: Operation) -> Iterator[Step]:
        """What one operation adds to the feed: itself, and the move if it is one."""
        here = self._bucket[op.record_id]
        yield Step(here, "op", op.op_id, op.record_id, op.form_id, ((op.op_id, op.payload_hash),))
        self._remember(op)
        target = BucketId(str(op.body.get("bucket", "")))
        if op.kind is Kind.REASSIGN and target != here:
            yield from self._move(op, here, target)

    def write(self) -> None:
        """The records' new homes."""
        for record_id in sorted(self._moved):
            home = self._bucket[record_id]
            self._connection.execute(update(record).where(record.c.record_id == record_id).values(bucket=home))

    def _move(self, op: Operation, here: BucketId, target: BucketId) -> Iterator[Step]:
        """In before out, so that a laptop that may hold both never loses sight of the record (scenario 30)."""
        everything = self._everything(op.record_id)
        for op_id, payload_hash in everything:
            yield Step(target, "in", op_id, op.record_id, op.form_id, ((op_id, payload_hash),))
        yield Step(here, "out", OperationId(""), op.record_id, op.form_id, everything)
        self._bucket[op.record_id] = target
        self._moved.add(op.record_id)

    def _remember(self, op: Operation) -> None:
        self._earlier.setdefault(op.record_id, {})[op.op_id] = op.payload_hash

    def _everything(self, record_id: RecordId) -> Weights:
        query = select(operation.c.op_id, operation.c.payload_hash).where(operation.c.record_id == record_id)
        stored = {row.op_id: row.payload_hash for row in self._connection.execute(query)}
        return tuple({**stored, **self._earlier[record_id]}.items())
