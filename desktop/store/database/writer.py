"""The one thread that writes. Jobs queue; each is one transaction; a result is given only once it is durable."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import datetime
from itertools import chain
from queue import SimpleQueue
from typing import Any, TypeVar

from casework.canonical import canonical
from casework.errors import BugError, HomewardError
from desktop.store.database.audit_chain import START, Entry, Head, seal
from desktop.store.database.connection import Connection, SqlError, roll_back, told
from desktop.store.database.rollback_mark import Anchor, Reached
from desktop.store.disk.errors import VaultError, VaultLocked
from desktop.store.disk.keys import SubKey
from desktop.store.disk.on_failure import on_failure

T = TypeVar("T")
MOST_VALUES = 30_000  # SQLite takes 32,766 in one statement


class Transaction:
    """What a job may do. Never keep one: it ends with the job."""

    def __init__(self, connection: Connection, key: SubKey, now: datetime, actor: str) -> None:
        self._connection = connection
        self._key = key
        self._actor = actor
        self.now = now
        self.at = now.isoformat(timespec="seconds")

    def execute(self, statement: str, values: tuple[Any, ...] = ()) -> Any:
        return self._connection.execute(statement, values)

    def many(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """`statement` has {rows} where all of them go, as `VALUES` of columns; gives what it returns.

        One statement, not one for each row: after each statement a busy interpreter lets others go first.
        """
        found: list[tuple[Any, ...]] = []
        for part in _parts(rows):
            row = f"({', '.join('?' * len(part[0]))})"
            found += self.execute(statement.format(rows=", ".join([row] * len(part))), tuple(chain(*part))).fetchall()
        return found

    def audit(self, event: str, **facts: object) -> None:
        """One more link of the chain, in the same transaction as what it tells of."""
        head = last_link(self._connection)
        entry = Entry(head.count + 1, self.at, self._actor, event, canonical(facts).decode())
        mac = seal(self._key, bytes.fromhex(head.mac), entry)
        row = (entry.n, entry.at, entry.actor, entry.event, entry.facts, mac)
        self.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?)", row)


Job = Callable[[Transaction], T]
_Item = tuple[Callable[[], Any], Future[Any], Callable[[], None] | None]


class Writer:
    """Owns the writing connection. `actor` is whose name the audit trail gets."""

    def __init__(
        self, connection: Connection, anchor: Anchor, *, audit_key: SubKey, now: Callable[[], datetime]
    ) -> None:
        self._connection = connection
        self._anchor = anchor
        self._audit_key = audit_key
        self._now = now
        self.actor = ""
        self._queue: SimpleQueue[_Item | None] = SimpleQueue()
        self._closed = False
        self._door = threading.Lock()
        self.done = 0  # deeds, by which whoever keeps what they read knows that it may have changed
        self._reached = Reached(0, 0, START)
        self._thread = threading.Thread(target=self._work, name="vault-writer", daemon=True)
        self._thread.start()

    def do(self, job: Job[T]) -> T:
        """Waits until the job's transaction is on the disk."""
        return self.later(job).result()

    def later(self, job: Job[T]) -> Future[T]:
        """Does not wait; the future is done once the transaction is on the disk."""
        return self._queued(lambda: self._in_transaction(job), self._mark)

    def outside(self, deed: Callable[[Connection], T]) -> T:
        """For what SQLite does only outside a transaction: a copy of the file, a checkpoint."""
        return self._queued(lambda: deed(self._connection)).result()

    def tidy(self, deed: Callable[[Connection], object]) -> None:
        """As `outside`, but nobody waits for it, and nothing depends on it."""
        self._queued(lambda: deed(self._connection))

    def _queued(self, deed: Callable[[], T], after: Callable[[], None] | None = None) -> Future[T]:
        future: Future[T] = Future()
        with self._door:
            if self._closed:
                raise VaultLocked
            self._queue.put((deed, future, after))
        return future

    def close(self) -> None:
        """What was queued is still written; then the connection is gone."""
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (item := self._queue.get()) is not None:
            self._answer(*item)
        self._shut()

    def _answer(self, deed: Callable[[], Any], future: Future[Any], after: Callable[[], None] | None) -> None:
        """The words are safe once `deed` is done: nobody waits for what comes after."""
        try:
            result = self._counted(deed)
        except SqlError as error:
            future.set_exception(_explained(error))
        except BaseException as error:  # noqa: BLE001  the thread's top: whoever asked gets it
            future.set_exception(error)
        else:
            future.set_result(result)
            if after is not None:
                after()

    def _counted(self, deed: Callable[[], T]) -> T:
        try:
            return deed()
        finally:
            self.done += 1  # before anybody hears of it

    def _in_transaction(self, job: Job[T]) -> T:
        self._connection.execute("BEGIN IMMEDIATE")
        with on_failure(lambda: roll_back(self._connection)):
            result = job(Transaction(self._connection, self._audit_key, self._now(), self.actor))
            self._reached = advance(self._connection)
            self._connection.execute("COMMIT")
        return result

    def _mark(self) -> None:
        """A mark that cannot be written takes nothing back: it may lag."""
        with contextlib.suppress(VaultError):
            self._anchor.write(self._reached)

    def _shut(self) -> None:
        try:
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except SqlError:
            pass  # the WAL stays and is read at the next opening
        finally:
            self._connection.close()


def _parts(rows: Sequence[tuple[Any, ...]]) -> Iterator[Sequence[tuple[Any, ...]]]:
    """As many rows at a time as one statement takes."""
    size = MOST_VALUES // len(rows[0]) if rows else 1
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _explained(error: Exception) -> HomewardError:
    try:
        return told(error)
    except BugError as bug:
        return bug


def advance(connection: Connection) -> Reached:
    """Counts this transaction, and says how far the store has got with it."""
    tally, count, mac = connection.execute(_ADVANCE).fetchone()
    return Reached(tally, count or 0, mac or START)


_ADVANCE = """UPDATE mark SET tally = tally + 1 RETURNING tally,
  (SELECT n FROM audit ORDER BY n DESC LIMIT 1), (SELECT mac FROM audit ORDER BY n DESC LIMIT 1)"""


def last_link(connection: Connection) -> Head:
    found = connection.execute("SELECT n, mac FROM audit ORDER BY n DESC LIMIT 1").fetchone()
    return Head(found[0], found[1].hex()) if found else Head(0, START.hex())
