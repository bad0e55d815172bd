"""Words that are not sent because their record has left for a bucket this officer may not hold: their hashes alone,
which count in a bucket's digest until the step of the feed that takes the record out."""

from __future__ import annotations

from collections.abc import Mapping

from casework.identifiers import BucketId, OperationId
from casework.records.digest import BucketDigest
from desktop.store.database.connection import from_json
from desktop.store.database.writer import Transaction
from desktop.store.records.views import as_json

SETTING = "left_before_they_came"
Place = tuple[BucketId, str, OperationId]  # bucket, record, operation


def count(tx: Transaction, place: Place, payload_hash: str, digest: BucketDigest) -> BucketDigest:
    """A page that comes twice counts it once."""
    bucket, record_id, op_id = place
    if tx.execute("SELECT 1 FROM feed WHERE bucket = ? AND op_id = ?", (bucket, op_id)).fetchone():
        return digest  # it came with its words before the record left
    kept = _kept(tx)
    ops = kept.setdefault(bucket, {}).setdefault(record_id, {})
    if op_id in ops:
        return digest
    ops[op_id] = payload_hash
    _keep(tx, kept)
    return digest.plus(op_id, payload_hash)


def forget(tx: Transaction, bucket: BucketId, record_id: str | None = None) -> list[tuple[OperationId, str]]:
    """Of one record, or of a whole bucket; gives those of the record, by id and hash."""
    kept = _kept(tx)
    if bucket not in kept:
        return []
    gone = kept[bucket].pop(record_id, {}) if record_id is not None else {}
    if record_id is None or not kept[bucket]:
        del kept[bucket]
    _keep(tx, kept)
    return list(gone.items())


def _kept(tx: Transaction) -> dict[BucketId, dict[str, dict[OperationId, str]]]:
    row = tx.execute("SELECT value FROM setting WHERE key = ?", (SETTING,)).fetchone()
    found: dict[BucketId, dict[str, dict[OperationId, str]]] = from_json(row[0]) if row else {}
    return found


def _keep(tx: Transaction, kept: Mapping[BucketId, object]) -> None:
    tx.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (SETTING, as_json(kept)),
    )
