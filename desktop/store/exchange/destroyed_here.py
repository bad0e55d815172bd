"""Records that the council destroyed while they were on this laptop: hidden at once, and gone once what was said here
and not sent has gone up. What stays is which form it was, and the day: no name, and no word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from msgspec import Struct

from casework.canonical import encode
from casework.identifiers import BucketId
from desktop.store.database.remembered import Setting
from desktop.store.database.writer import Transaction

ELSEWHERE = BucketId("elsewhere")  # stands for whichever bucket a record went to, where that is not told, or for none
CODE = "destroyed"  # why the service does not take in what was said later
# Kept beside the records, by what stands in them: words half written, and files still to be fetched.
KEPT_BESIDE = ("half_written_corrections", "deciding_words", "to_fetch")


class DestroyedForm(Struct, frozen=True):
    """So many records of a form, on one day, as 2026-12-03."""

    form: str
    day: str
    count: int = 1


class DestroyedHere(Struct, frozen=True):
    """`leaving`: by record, those that wait for their last words to be sent."""

    leaving: Mapping[str, DestroyedForm] = {}
    told: tuple[DestroyedForm, ...] = ()
    seen: int = 0  # how many of them the person has read about


DESTROYED: Setting[DestroyedHere] = Setting("destroyed_here", DestroyedHere, DestroyedHere())


def note(tx: Transaction, record_id: str, on: str) -> None:
    """Hides it. Only of a record that is here: a laptop that had none of it has nothing to tell. With a child's own
    record goes what was begun beside it and not sent, for the council has nothing else of the child."""
    rows = tx.execute(
        "SELECT record_id, form_id FROM record WHERE record_id = ?1 OR (child_id = ?1 AND received_at IS NULL)",
        (record_id,),
    ).fetchall()
    kept = read(tx)
    found = {one: DestroyedForm(form, on, int(one == record_id)) for one, form in rows if one not in kept.leaving}
    if record_id in {one for one, _form in rows} and found:
        _keep(tx, DestroyedHere({**found, **kept.leaving}, kept.told, kept.seen))
        for one in found:
            tx.execute("UPDATE record SET bucket = ? WHERE record_id = ?", (ELSEWHERE, one))
        tx.execute("INSERT OR IGNORE INTO entitlement VALUES (?, 1)", (ELSEWHERE,))


def read(tx: Transaction) -> DestroyedHere:
    row = tx.execute("SELECT value FROM setting WHERE key = ?", (DESTROYED.name,)).fetchone()
    return DESTROYED.read(row[0]) if row else DESTROYED.otherwise


def leaving(tx: Transaction) -> list[str]:
    """Of those, the ones of which nothing waits any more: no word, no draft and no photograph."""
    waiting = json.dumps(sorted(read(tx).leaving))
    rows = tx.execute(
        """SELECT record_id FROM record r WHERE record_id IN (SELECT value FROM json_each(?))
           AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.record_id = r.record_id AND o.status = 'waiting')
           AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.record_id = r.record_id)
           AND NOT EXISTS (SELECT 1 FROM attachment_use u JOIN attachment a USING (sha256)
                           WHERE u.record_id = r.record_id AND a.sent_at IS NULL)""",
        (waiting,),
    ).fetchall()
    return [record_id for (record_id,) in rows]


def gone(tx: Transaction, record_ids: Iterable[str]) -> None:
    """They were purged just now: what lay beside them goes too, and they are counted."""
    kept = read(tx)
    went = {record_id: kept.leaving[record_id] for record_id in record_ids if record_id in kept.leaving}
    for record_id, found in went.items():
        _forget_beside(tx, record_id)
        tx.audit("destroyed_by_council", record=record_id, on=found.day)
    if went:
        rest = {record_id: found for record_id, found in kept.leaving.items() if record_id not in went}
        told = _counted([*kept.told, *went.values()])
        _keep(tx, DestroyedHere(rest, told, kept.seen))


def drop_kept(tx: Transaction, where: str, value: str) -> None:
    """Words that were not taken in, which nothing else ever deletes: of a record that the council destroyed they go."""
    guard = tx.execute("SELECT sql FROM sqlite_master WHERE name = 'quarantine_kept'").fetchone()[0]
    tx.execute("DROP TRIGGER quarantine_kept")
    tx.execute(f"DELETE FROM quarantine WHERE {where}", (value,))  # noqa: S608 - two conditions of ours
    tx.execute(guard)


def _forget_beside(tx: Transaction, record_id: str) -> None:
    """What waits for somebody at the council stays until they have read it."""
    drop_kept(tx, "record_id = ? AND status NOT IN ('held', 'quarantined')", record_id)
    names = json.dumps(KEPT_BESIDE)
    rows = tx.execute("SELECT key, value FROM setting WHERE key IN (SELECT value FROM json_each(?))", (names,))
    for key, text in rows.fetchall():
        found = json.loads(text)
        stays = {name: one for name, one in found.items() if record_id not in f"{name} {json.dumps(one)}"}
        if len(stays) < len(found):
            tx.execute("UPDATE setting SET value = ? WHERE key = ?", (encode(stays).decode(), key))


def _counted(each: Iterable[DestroyedForm]) -> tuple[DestroyedForm, ...]:
    counts: dict[tuple[str, str], int] = {}
    for one in each:
        counts[one.day, one.form] = counts.get((one.day, one.form), 0) + one.count
    return tuple(DestroyedForm(form, on, count) for (on, form), count in sorted(counts.items()) if count)


def _keep(tx: Transaction, found: DestroyedHere) -> None:
    statement = "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    tx.execute(statement, DESTROYED.holding(found))
