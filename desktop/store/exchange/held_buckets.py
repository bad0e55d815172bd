"""The buckets this officer may hold: one gained is filled from its start; one lost is hidden, and purged in time."""

from __future__ import annotations

import json
from collections.abc import Iterable

from casework.identifiers import BucketId
from casework.wire.commissions import commissioned_child, episode_mark, is_commission
from desktop.store.database.writer import Transaction
from desktop.store.exchange import destroyed_here, left_words
from desktop.store.exchange.destroyed_here import ELSEWHERE
from desktop.store.exchange.quarantine import keep_held
from desktop.store.records.laptop_numbers import remember_numbers


def gain(tx: Transaction, bucket: BucketId) -> None:
    tx.execute("INSERT INTO entitlement VALUES (?, 0) ON CONFLICT (bucket) DO UPDATE SET lost = 0", (bucket,))
    _forget_place(tx, bucket)
    tx.execute("INSERT INTO cursor VALUES (?, 0)", (bucket,))


def lose(tx: Transaction, bucket: BucketId) -> None:
    tx.execute("UPDATE entitlement SET lost = 1 WHERE bucket = ?", (bucket,))
    _forget_place(tx, bucket)
    tx.audit("bucket_lost", bucket=bucket)


def lose_other_episodes(tx: Transaction, wanted: Iterable[BucketId], held: set[BucketId]) -> dict[BucketId, int]:
    """Of a child of whom another episode is given now: everything goes before that comes. What still waits to be sent
    is sent and then gone, and is seen no more. Returns those buckets as lost."""
    given = {commissioned_child(bucket): episode_mark(bucket) for bucket in held if is_commission(bucket)}
    now = {commissioned_child(bucket): episode_mark(bucket) for bucket in wanted if is_commission(bucket)}
    others = {child for child, mark in now.items() if given.get(child, mark) != mark}
    lost = sorted(bucket for bucket in held if bucket.partition(":")[0] in others)
    for bucket in lost:
        lose(tx, bucket)
    purge_lost(tx)
    for bucket in lost:
        tx.execute("UPDATE record SET bucket = ? WHERE bucket = ?", (ELSEWHERE, bucket))
        tx.execute("INSERT OR IGNORE INTO entitlement VALUES (?, 1)", (ELSEWHERE,))
    return dict.fromkeys(lost, 1)


def purge_lost(tx: Transaction) -> list[str]:
    """Removes the records of lost buckets that have nothing waiting, no draft, and no other bucket that holds them; and
    those that the council destroyed."""
    rows = tx.execute(
        """SELECT record_id FROM record r WHERE bucket IN (SELECT bucket FROM entitlement WHERE lost)
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record_id = r.record_id AND o.status = 'waiting')
           AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.record_id = r.record_id)
           AND NOT EXISTS (SELECT 1 FROM feed f JOIN entitlement e USING (bucket)
                           WHERE f.record_id = r.record_id AND NOT e.lost)
           AND r.record_id NOT IN (SELECT value FROM json_each(?))""",
        (json.dumps(sorted(destroyed_here.read(tx).leaving)),),
    ).fetchall()
    by_order = destroyed_here.leaving(tx)
    left = [*(record_id for (record_id,) in rows), *by_order]
    for record_id in left:
        _purge(tx, record_id)
    destroyed_here.gone(tx, by_order)
    if left:  # drops the words themselves from the search index, not only the way to them
        tx.execute("INSERT INTO wording_index (wording_index) VALUES ('optimize')")
    tx.execute(
        """DELETE FROM entitlement WHERE lost
           AND NOT EXISTS (SELECT 1 FROM record WHERE record.bucket = entitlement.bucket)"""
    )
    return left


def _purge(tx: Transaction, record_id: str) -> None:
    remember_numbers(tx, record_id)
    keep_held(tx, record_id)
    for table in ("wording", "unworded"):
        tx.execute(f"DELETE FROM {table} WHERE n = (SELECT n FROM record WHERE record_id = ?)", (record_id,))  # noqa: S608
    for table in ("record", "operation", "outbox", "feed", "attachment_use", "half_typed"):
        tx.execute(f"DELETE FROM {table} WHERE record_id = ?", (record_id,))  # noqa: S608 - names of ours
    tx.audit("purged", record=record_id)


def _forget_place(tx: Transaction, bucket: BucketId) -> None:
    tx.execute("DELETE FROM cursor WHERE name = ?", (bucket,))
    tx.execute("DELETE FROM digest WHERE bucket = ?", (bucket,))
    tx.execute("DELETE FROM feed WHERE bucket = ?", (bucket,))
    left_words.forget(tx, bucket)
