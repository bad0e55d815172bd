"""Words of a destroyed record that an old laptop, or a colleague, brings back: taken in by hash, and let go at once.

A database restored from before they were said does not know them; those laptops have to hear that they are gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, insert

from casework.identifiers import BucketId, OperationId, RecordId, child_named
from casework.records import Operation
from central.database.database import insert_new
from central.database.tables import operation, record
from central.feed.feed import Step

Weights = list[tuple[OperationId, str]]


def keep_hashes(connection: Connection, ops: Sequence[Operation], received_at: str) -> list[Step]:
    """What a destroyed record leaves behind: no word and no home. The steps bring each to its bucket and out again."""
    homes = {op.record_id: op for op in ops}
    insert_new(connection, record, [_homeless(op) for op in homes.values()])
    connection.execute(insert(operation), [_hash_alone(op, received_at) for op in ops])
    return list(_steps(ops))


def _steps(ops: Iterable[Operation]) -> Iterator[Step]:
    weights: dict[tuple[BucketId, RecordId, str], Weights] = defaultdict(list)
    for op in ops:
        weight = (op.op_id, op.payload_hash)
        weights[op.bucket, op.record_id, op.form_id].append(weight)
        yield Step(op.bucket, "op", op.op_id, op.record_id, op.form_id, (weight,))
    for (bucket, record_id, form_id), found in weights.items():
        yield Step(bucket, "out", OperationId(""), record_id, form_id, tuple(found))


def _homeless(op: Operation) -> dict[str, Any]:
    child = child_named(op.bucket.rpartition(":")[0])
    place = {"record_id": op.record_id, "bucket": "", "child_id": child}
    return place | {"form_id": op.form_id, "form_version": op.form_version}


def _hash_alone(op: Operation, received_at: str) -> dict[str, Any]:
    said = {"op_id": op.op_id, "device_id": op.device_id, "device_seq": op.device_seq, "record_id": op.record_id}
    said |= {"kind": op.kind.value, "payload_hash": op.payload_hash, "payload": "", "signature": ""}
    return said | {"received_at": received_at, "relayed_by": None, "skew_ms": None}
