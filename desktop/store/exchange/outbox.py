"""What the central service has not yet answered for. An operation leaves only on its own durable answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from casework.canonical import canonical
from casework.errors import BugError
from casework.identifiers import DeviceId, OperationId
from casework.records import Operation, Stamp
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer
from desktop.store.exchange.held_buckets import purge_lost
from desktop.store.exchange.quarantine import note
from desktop.store.exchange.service_answers import RECEIVED, Answer
from desktop.store.records.histories import read
from desktop.store.records.laptop_numbers import LAST_NUMBER, next_number
from desktop.store.records.records import Records
from desktop.store.records.views import as_json

_IDS = "SELECT op_id FROM outbox ORDER BY n"


@dataclass(frozen=True, slots=True)
class Waiting:
    """`status` is waiting, or what the central service said of it: held, quarantined."""

    op_id: OperationId
    record_id: str
    form_id: str
    at: str
    attempts: int
    last_error: str
    status: str


class Outbox:
    """Thread-safe."""

    def __init__(self, writer: Writer, readers: Readers, records: Records) -> None:
        self._writer = writer
        self._readers = readers
        self._records = records

    def waiting(self) -> list[Waiting]:
        """Everything not yet received, oldest first: also what is held or quarantined."""
        rows = self._readers.rows(
            """SELECT o.op_id, o.record_id, json_extract(p.body, '$.form_id'), json_extract(p.body, '$.at'),
                      o.attempts, o.last_error, o.status
               FROM outbox o JOIN operation p USING (op_id) ORDER BY o.n"""
        )
        return [Waiting(*row) for row in rows]  # type: ignore[arg-type]  # the columns' types are STRICT

    def count(self) -> int:
        """How many are not yet received."""
        return int(str(self._readers.rows("SELECT count(*) FROM outbox")[0][0]))

    def ids(self, *, answered: bool = False) -> list[OperationId]:
        """Oldest first; with `answered`, only those the central service has held or quarantined."""
        statement = "SELECT op_id FROM outbox WHERE status <> 'waiting' ORDER BY n" if answered else _IDS
        return [OperationId(str(row[0])) for row in self._readers.rows(statement)]

    def records(self) -> set[str]:
        """The records of which something is not yet received."""
        return {str(row[0]) for row in self._readers.rows("SELECT DISTINCT record_id FROM outbox")}

    def answered(  # noqa: PLR0917 - the seam's own order
        self,
        op_id: OperationId,
        status: str,
        seq: int | None = None,
        code: str | None = None,
        detail: str | None = None,
        at: str = "",
    ) -> None:
        """Keeps the central service's answer. Received: out of the outbox. Held, quarantined: it stays, with why."""
        self.all_answered([Answer(op_id, status, seq, code or "", detail or "")], at=at)

    def sealed(
        self, max_ops: int, max_bytes: int, *, after: OperationId = OperationId("")
    ) -> list[tuple[OperationId, DeviceId, str]]:
        """The oldest that may be sent, at least one where there is any, as (op_id, device_id, its own text): to be
        sent, nothing has to be read. `after`: from behind that operation on, which waits as well; none if it
        does not."""
        with self._readers.lend() as connection:
            rows: list[tuple[OperationId, DeviceId, str]] = connection.execute(
                """SELECT o.op_id, p.device_id, p.body FROM outbox o JOIN operation p USING (op_id)
                   WHERE o.status = 'waiting' AND (?2 = '' OR o.n > (SELECT n FROM outbox WHERE op_id = ?2))
                   ORDER BY o.n LIMIT ?1""",
                (max_ops, after),
            ).fetchall()
        room = max_bytes
        for count, (_, _, body) in enumerate(rows):
            room -= len(body.encode())
            if count and room < 0:
                return rows[:count]
        return rows

    def next_ids(self, count: int) -> list[OperationId]:
        """The oldest that may be sent, by name."""
        statement = "SELECT op_id FROM outbox WHERE status = 'waiting' ORDER BY n LIMIT ?"
        return [OperationId(str(row[0])) for row in self._readers.rows(statement, (count,))]

    def all_answered(self, answers: Sequence[Answer], *, at: str, officer: str = "") -> None:
        """Many answers in one transaction. `officer`: whose own words wait here too when they were only passed on to a
        restored service, and are held there."""

        def job(tx: Transaction) -> None:
            _hold_own(tx, [answer.op_id for answer in answers if answer.status == "held"], officer)
            _received(tx, [answer.op_id for answer in answers if answer.status in RECEIVED], at)
            for answer in answers:
                if answer.status not in RECEIVED:
                    _settle(tx, answer, at)
            self._records.rebuild(tx, note(tx, answers, at))
            if purge_lost(tx):
                self._records.forget_merges()

        self._writer.do(job)

    def failed(self, op_ids: Sequence[OperationId], why: str) -> None:
        """The request got no answer: all stay, and the next cycle sends them again."""
        statement = """UPDATE outbox SET attempts = attempts + 1, last_error = ?
                       WHERE op_id IN (SELECT value FROM json_each(?))"""
        self._writer.do(lambda tx: tx.execute(statement, (why, as_json(op_ids))))

    def last_number(self, device_id: DeviceId) -> int:
        """The highest number this laptop has given to an operation of its own."""
        return int(str(self._readers.rows(LAST_NUMBER, (device_id,))[0][0]))

    def send_again(self, device_id: DeviceId, *, after: int) -> int:
        """The central service was restored: this laptop's operations beyond number `after` wait again. How many."""

        def job(tx: Transaction) -> int:
            tx.execute(
                """INSERT INTO outbox SELECT op_id, n, record_id, 'waiting', 0, '', NULL FROM operation
                   WHERE device_id = ? AND device_seq > ?
                   ON CONFLICT (op_id) DO UPDATE SET status = 'waiting'""",
                (device_id, after),
            )
            found = tx.execute("SELECT count(*) FROM outbox WHERE status = 'waiting'").fetchone()[0]
            return int(found)

        return self._writer.do(job)

    def renumber(
        self, device_id: DeviceId, remake: Callable[[Operation, Stamp], Operation], *, stays: Collection[str] = ()
    ) -> int:
        """This laptop has become another (its image was restored): what waits gets new numbers and signatures.

        What was signed under a name in `stays` goes as it is.
        """
        kept = json.dumps([device_id, *stays])

        def job(tx: Transaction) -> int:
            rows = tx.execute(
                """SELECT p.body FROM outbox o JOIN operation p USING (op_id) WHERE o.status = 'waiting'
                   AND p.device_id NOT IN (SELECT value FROM json_each(?)) ORDER BY o.n""",
                (kept,),
            ).fetchall()
            for (body,) in rows:
                made_anew(tx, read(body), device_id, remake)
            tx.audit("renumbered", device=device_id, operations=len(rows))
            self._records.forget_merges()
            return len(rows)

        return self._writer.do(job)


def made_anew(
    tx: Transaction, old: Operation, device_id: DeviceId, remake: Callable[[Operation, Stamp], Operation]
) -> None:
    """Of one that waits: its id and its words stay, and it gets the next number of this device."""
    number = next_number(tx, device_id)
    new = remake(old, Stamp(old.op_id, number, old.at, old.hlc))
    if (new.op_id, new.device_id, new.device_seq) != (old.op_id, device_id, number):
        message = "an operation was renumbered to another number than its own"
        raise BugError(message)
    tx.execute(
        "UPDATE operation SET device_id = ?, device_seq = ?, hash = ?, body = ? WHERE op_id = ?",
        (
            device_id,
            number,
            bytes.fromhex(new.payload_hash),
            canonical(new.to_json()).decode(),
            new.op_id,
        ),
    )
    tx.audit("sealed", op=new.op_id, hash=new.payload_hash, record=new.record_id)


def _hold_own(tx: Transaction, op_ids: list[OperationId], officer: str) -> None:
    """What was said under a name that a copy had too is not sent as this laptop's, and would be held unsaid."""
    if op_ids and officer:
        tx.execute(
            """INSERT INTO outbox SELECT op_id, n, record_id, 'held', 0, '', NULL FROM operation
               WHERE op_id IN (SELECT value FROM json_each(?)) AND json_extract(body, '$.officer_id') = ?
               ON CONFLICT (op_id) DO NOTHING""",
            (as_json(op_ids), officer),
        )


def _settle(tx: Transaction, answer: Answer, at: str) -> None:
    tx.execute(
        """UPDATE outbox SET status = ?, last_error = ?, answered_at = ?, attempts = attempts + 1
           WHERE op_id = ?""",
        (answer.status, answer.detail or answer.code, at, answer.op_id),
    )


def _received(tx: Transaction, op_ids: list[OperationId], at: str) -> None:
    """A record is received once nothing of it waits."""
    asked = as_json(op_ids)
    tx.execute("DELETE FROM outbox WHERE op_id IN (SELECT value FROM json_each(?))", (asked,))
    tx.execute(
        """UPDATE record SET received_at = ?
           WHERE record_id IN (SELECT record_id FROM operation WHERE op_id IN (SELECT value FROM json_each(?)))
           AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.record_id = record.record_id)""",
        (at, asked),
    )
