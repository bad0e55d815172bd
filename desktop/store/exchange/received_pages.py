"""What arrives from the central service: a page, its cursor and its digests are one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal

from casework.identifiers import BucketId, OperationId
from casework.records import Operation
from casework.records.digest import BucketDigest, digest_of
from casework.records.hybrid_clock import heard
from desktop.store.attachments.attachment_files import TO_CONFIRM
from desktop.store.database.connection import WRITER_CACHE, Connection
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer
from desktop.store.disk.errors import StalePage
from desktop.store.disk.on_failure import on_failure
from desktop.store.exchange import destroyed_here, left_words
from desktop.store.exchange.destroyed_here import ELSEWHERE
from desktop.store.exchange.held_buckets import gain, lose, lose_other_episodes, purge_lost
from desktop.store.exchange.quarantine import settle_from_feed
from desktop.store.records.histories import read
from desktop.store.records.records import Made, Records
from desktop.store.records.views import as_json

ROOMY = ("cache_size=-32000", "wal_autocheckpoint=8000")
USUAL = (f"cache_size={WRITER_CACHE}", "shrink_memory", "wal_autocheckpoint=1000", "wal_checkpoint(PASSIVE)")
MAIN = ""  # the name of the cursor that holds for every bucket not being filled


@dataclass(frozen=True, slots=True)
class PageItem:
    """One step of the feed. `out`: the record left the bucket. `left`: the hash of words that are not sent, for their
    record has left the bucket for one that this officer may not hold; `destroyed`: of an `out`, the day on which the
    council destroyed the record."""

    seq: int
    bucket: BucketId
    kind: Literal["op", "out"]
    op_id: OperationId
    record_id: str
    left: str = ""
    destroyed: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """`cursor_from` and `cursor_to` hold for all buckets but those in `filling`, which maps each to where it stands
    after this page; `filled` are those that need no cursor of their own any more."""

    cursor_from: int
    cursor_to: int
    items: tuple[PageItem, ...] = ()
    digests: Mapping[BucketId, BucketDigest] = field(default_factory=dict)
    filling: Mapping[BucketId, int] = field(default_factory=dict)
    filled: frozenset[BucketId] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Nothing in it, and it leads nowhere else."""
        return self.cursor_from == self.cursor_to and not (self.items or self.digests or self.filling or self.filled)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where this laptop stands in the feed."""

    epoch: str
    cursor: int
    filling: Mapping[BucketId, int]
    entitled: frozenset[BucketId]


class Feed:
    """Thread-safe."""

    def __init__(self, writer: Writer, readers: Readers, records: Records) -> None:
        self._writer = writer
        self._readers = readers
        self._records = records
        self._is_roomy = False

    def standing(self) -> Standing:
        with self._readers.lend() as connection:
            cursors = dict(connection.execute("SELECT name, seq FROM cursor").fetchall())
            entitled = connection.execute("SELECT bucket FROM entitlement WHERE NOT lost").fetchall()
            epoch = connection.execute("SELECT value FROM setting WHERE key = 'feed_epoch'").fetchone()
        return Standing(
            epoch[0] if epoch else "",
            cursors.pop(MAIN, 0),
            cursors,
            frozenset(bucket for (bucket,) in entitled),
        )

    def last_step(self) -> str:
        """The last step of the feed that is here, as `place:op_id`; empty before the first."""
        rows = self._readers.rows("SELECT seq, op_id FROM feed ORDER BY seq DESC LIMIT 1")
        return f"{rows[0][0]}:{rows[0][1]}" if rows else ""

    def take(
        self,
        operations: Iterable[Operation],
        page: Page | None = None,
        ready: Mapping[str, Made] | None = None,
    ) -> None:
        """Harmless to repeat. Raises StalePage, and takes nothing, for a page that does not follow or add up."""
        arrived = tuple(operations)
        if not arrived and page is not None and page.is_empty and page.cursor_from == self.standing().cursor:
            return  # nothing is new, so nothing need be written

        def job(tx: Transaction) -> None:
            with on_failure(self._records.forget_merges):
                self._take(tx, arrived, page, ready)

        self._writer.do(job)

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """While many pages come: memory for a page and its index at once, and one look back at the end of it instead
        of one for every page. Within another, it does nothing more."""
        if self._is_roomy:
            yield
            return
        self._is_roomy = True
        self._writer.outside(lambda connection: _set(connection, ROOMY))
        try:
            yield
        finally:
            self._is_roomy = False
            self._writer.tidy(lambda connection: _set(connection, USUAL))

    def entitle(self, buckets: Iterable[BucketId]) -> None:
        """What this officer may hold now. A bucket gained is filled from its start; one lost is hidden at once, and
        purged as soon as nothing of it waits to be sent."""
        wanted = frozenset(buckets)

        def job(tx: Transaction) -> None:
            known = dict(tx.execute("SELECT bucket, lost FROM entitlement").fetchall())
            known |= lose_other_episodes(tx, wanted, {bucket for bucket, lost in known.items() if not lost})
            for bucket in sorted(wanted):
                if known.get(bucket, 1):
                    gain(tx, bucket)
            for bucket in sorted(set(known) - wanted):
                if not known[bucket]:
                    lose(tx, bucket)
            purge_lost(tx)
            self._records.forget_merges()

        self._writer.do(job)

    def purge(self) -> None:
        """After photographs went up: what had waited for them alone."""
        if self._writer.do(purge_lost):
            self._records.forget_merges()

    def leave_no_trace(self) -> None:
        """After something was destroyed: SQLite overwrites what is deleted, and what it had moved about before goes
        with a rewrite of the file. Nobody waits for it."""
        self._writer.tidy(_rewrite)

    def restart(self, epoch: str) -> None:
        """The central service has a new epoch: every cursor goes back to nought, nothing said is dropped, and what was
        sent of photographs has to be confirmed again."""

        def job(tx: Transaction) -> None:
            for table in ("cursor", "digest", "feed"):
                tx.execute(f"DELETE FROM {table}")  # noqa: S608 - three names of ours
            tx.execute("DELETE FROM setting WHERE key = ?", (left_words.SETTING,))
            tx.execute("UPDATE attachment SET sent_at = ? WHERE sent_at IS NOT NULL", (TO_CONFIRM,))
            tx.execute(
                """INSERT INTO setting VALUES ('feed_epoch', ?)
                   ON CONFLICT (key) DO UPDATE SET value = excluded.value""",
                (epoch,),
            )
            tx.audit("epoch", epoch=epoch)

        self._writer.do(job)

    def digest(self, bucket: BucketId) -> BucketDigest:
        """As it ran along."""
        rows = self._readers.rows("SELECT count, sum FROM digest WHERE bucket = ?", (bucket,))
        return BucketDigest.of(int(str(rows[0][0])), str(rows[0][1])) if rows else BucketDigest()

    def records(self, bucket: BucketId) -> set[str]:
        """Those the central service has, as far as it was read here."""
        rows = self._readers.rows("SELECT DISTINCT record_id FROM feed WHERE bucket = ?", (bucket,))
        return {str(row[0]) for row in rows}

    def recount(self, bucket: BucketId) -> BucketDigest:
        """From the operations as they lie on the disk: another result than `digest` means local damage."""
        rows = self._readers.rows("SELECT body FROM feed JOIN operation USING (op_id) WHERE feed.bucket = ?", (bucket,))
        found = (read(row[0]) for row in rows)
        return digest_of((operation.op_id, operation.payload_hash) for operation in found)

    def _take(
        self,
        tx: Transaction,
        arrived: tuple[Operation, ...],
        page: Page | None,
        ready: Mapping[str, Made] | None,
    ) -> None:
        if page is not None:
            _refuse_stale(tx, page)
        fresh = self._records.keep(tx, arrived, ready)
        tx.execute(_RECEIVED, (tx.at, as_json(sorted({operation.record_id for operation in fresh}))))
        _hear(tx, [operation.hlc for operation in fresh])
        if page is not None:
            _follow(tx, page, {operation.op_id: operation.payload_hash for operation in fresh})
            self._records.rebuild(tx, settle_from_feed(tx))
            if any(item.kind == "out" for item in page.items) and purge_lost(tx):
                self._records.forget_merges()


_RECEIVED = """
    UPDATE record SET received_at = coalesce(received_at, ?)
    WHERE record_id IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.record_id = record.record_id)"""


def _set(connection: Connection, pragmas: tuple[str, ...]) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _rewrite(connection: Connection) -> None:
    for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        connection.execute(statement)


def _refuse_stale(tx: Transaction, page: Page) -> None:
    found = tx.execute("SELECT seq FROM cursor WHERE name = ?", (MAIN,)).fetchone()
    if page.cursor_from != (found[0] if found else 0):
        message = "The council's service sent a page that does not follow the last one. It will be asked again."
        raise StalePage(message)


def _follow(tx: Transaction, page: Page, hashes: dict[str, str]) -> None:
    """`hashes` are of the operations that came with the page; the others' are looked up."""
    moved: dict[BucketId, BucketDigest] = {}
    asked = [item.op_id for item in page.items if item.kind == "op" and not item.left and item.op_id not in hashes]
    hashes |= _hashes(tx, asked)
    for (bucket, kind), run in groupby(page.items, key=lambda item: (item.bucket, item.kind)):
        items, digest = list(run), moved.get(bucket) or _digest(tx, bucket)
        moved[bucket] = _came(tx, items, digest, hashes) if kind == "op" else _left(tx, items, digest)
    for bucket, digest in moved.items():
        tx.execute(
            """INSERT INTO digest VALUES (?, ?, ?)
               ON CONFLICT (bucket) DO UPDATE SET count = excluded.count, sum = excluded.sum""",
            (bucket, digest.count, digest.hex),
        )
    for bucket, wanted in page.digests.items():
        if _digest(tx, bucket) != wanted:
            message = "What arrived from the council's service does not add up, so none of it was taken in."
            raise StalePage(message)
    _set_cursors(tx, page)


def _set_cursors(tx: Transaction, page: Page) -> None:
    for name, seq in (*page.filling.items(), (MAIN, page.cursor_to)):
        tx.execute("INSERT INTO cursor VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET seq = excluded.seq", (name, seq))
    for bucket in page.filled:
        tx.execute("DELETE FROM cursor WHERE name = ?", (bucket,))


def _came(tx: Transaction, items: Sequence[PageItem], digest: BucketDigest, hashes: Mapping[str, str]) -> BucketDigest:
    for gone in (item for item in items if item.left):
        digest = left_words.count(tx, (gone.bucket, gone.record_id, gone.op_id), gone.left, digest)
    items = [item for item in items if not item.left]
    if not all(item.op_id in hashes for item in items):
        message = "The council's service named something this laptop does not have. It will be asked again."
        raise StalePage(message)
    rows = [(item.bucket, item.seq, item.op_id, item.record_id) for item in items]
    for (op_id,) in tx.many("INSERT OR IGNORE INTO feed VALUES {rows} RETURNING op_id", rows):
        digest = digest.plus(op_id, hashes[op_id])
    return digest


def _hashes(tx: Transaction, op_ids: Sequence[OperationId]) -> dict[str, str]:
    if not op_ids:
        return {}
    query = "SELECT op_id, lower(hex(hash)) FROM operation WHERE op_id IN (SELECT value FROM json_each(?))"
    return dict(tx.execute(query, (as_json(op_ids),)).fetchall())


def _left(tx: Transaction, items: Iterable[PageItem], digest: BucketDigest) -> BucketDigest:
    for item in items:
        digest = _gone(tx, item, digest)
    return digest


def _gone(tx: Transaction, item: PageItem, digest: BucketDigest) -> BucketDigest:
    rows = tx.execute(
        """SELECT op_id, hash FROM feed JOIN operation USING (op_id)
           WHERE feed.bucket = ? AND feed.record_id = ?""",
        (item.bucket, item.record_id),
    ).fetchall()
    for op_id, found in rows:
        digest = digest.minus(op_id, found.hex())
    unsent = left_words.forget(tx, item.bucket, item.record_id)
    for op_id, found in unsent:
        digest = digest.minus(op_id, found)
    tx.execute("DELETE FROM feed WHERE bucket = ? AND record_id = ?", (item.bucket, item.record_id))
    if item.destroyed:
        destroyed_here.note(tx, item.record_id, item.destroyed)
    elif unsent:  # nor was it told where the record went
        tx.execute(
            "UPDATE record SET bucket = ? WHERE record_id = ? AND bucket = ?", (ELSEWHERE, item.record_id, item.bucket)
        )
    # Where it went may be no bucket of this officer's: then it is lost like the records of a lost bucket.
    tx.execute("INSERT OR IGNORE INTO entitlement SELECT bucket, 1 FROM record WHERE record_id = ?", (item.record_id,))
    return digest


def _digest(tx: Transaction, bucket: BucketId) -> BucketDigest:
    found = tx.execute("SELECT count, sum FROM digest WHERE bucket = ?", (bucket,)).fetchone()
    return BucketDigest.of(found[0], found[1]) if found else BucketDigest()


def _hear(tx: Transaction, times: Iterable[str]) -> None:
    """Moves the clock up to the furthest time that is not implausible."""
    last = tx.execute("SELECT hlc FROM mark").fetchone()[0]
    now_ms = int(tx.now.timestamp() * 1000)
    later = sorted((hlc for hlc in times if hlc > last), reverse=True)
    moved = next((hlc for hlc in later if heard(last, hlc, now_ms) == hlc), last)
    if moved != last:
        tx.execute("UPDATE mark SET hlc = ?", (moved,))
