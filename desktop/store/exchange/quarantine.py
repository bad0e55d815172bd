"""Words of this laptop's own that the central service did not take in: kept verbatim, with why, and never deleted.

While a supervisor may still take them in they are part of the record here. Once they were given back or rejected, or
their author has dealt with them, the record shows what the council has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from casework.identifiers import OperationId
from casework.records import Kind, Operation
from desktop.store.database.readers import Readers
from desktop.store.database.writer import Transaction, Writer
from desktop.store.exchange.destroyed_here import CODE, drop_kept
from desktop.store.exchange.service_answers import NOT_TAKEN_IN, RECEIVED, Answer
from desktop.store.records.histories import read
from desktop.store.records.records import Records
from desktop.store.records.views import as_json

Dealt = Literal["again", "done"]
UNDECIDED = ("held", "quarantined", "returned")  # it may still be decided, or decided otherwise


@dataclass(frozen=True, slots=True)
class Item:
    """`dealt` is empty until the author has said them again (`followed_by`) or that they are done with them."""

    operation: Operation
    status: str
    code: str
    why: str
    answered_at: str
    dealt: str
    dealt_at: str
    followed_by: str

    @property
    def is_open(self) -> bool:
        return not self.dealt and self.status in NOT_TAKEN_IN


class Quarantine:
    """Thread-safe."""

    def __init__(self, writer: Writer, readers: Readers, records: Records) -> None:
        self._writer = writer
        self._readers = readers
        self._records = records

    def items(self, *, record_id: str = "") -> list[Item]:
        """All there ever were, or those of one record, oldest first."""
        rows = self._readers.rows(f"{_ITEMS} WHERE ?1 IN ('', record_id)", (record_id,))
        return _in_order(rows)

    def open_items(self) -> list[Item]:
        """Those that wait for their author, oldest first."""
        return [item for item in _in_order(self._readers.rows(f"{_ITEMS} WHERE dealt = ''")) if item.is_open]

    def over(self) -> list[OperationId]:
        """Those that no longer do, the latest first."""
        rows = self._readers.rows(
            """SELECT op_id FROM quarantine WHERE dealt <> '' OR status = 'accepted'
               ORDER BY max(dealt_at, answered_at) DESC, op_id DESC"""
        )
        return [OperationId(str(row[0])) for row in rows]

    def one(self, op_id: OperationId) -> Item | None:
        rows = self._readers.rows(f"{_ITEMS} WHERE op_id = ?", (op_id,))
        return _item(rows[0]) if rows else None

    def asking(self) -> list[OperationId]:
        """Those whose fate may still change, and matters to their author."""
        rows = self._readers.rows(
            "SELECT op_id FROM quarantine WHERE dealt = '' AND status IN (?, ?, ?) ORDER BY op_id", UNDECIDED
        )
        return [OperationId(str(row[0])) for row in rows]

    def deal(self, op_id: OperationId, how: Dealt, *, followed_by: str = "") -> None:
        """Out of the queue and the outbox; the words stay here. Twice is harmless."""

        def job(tx: Transaction) -> None:
            done = tx.execute(
                """UPDATE quarantine SET dealt = ?, dealt_at = ?, followed_by = ? WHERE op_id = ? AND dealt = ''
                   RETURNING record_id, body, code""",
                (how, tx.at, followed_by, op_id),
            ).fetchone()
            if done is None:
                return
            record_id, body, code = done
            tx.execute("DELETE FROM outbox WHERE op_id = ? AND status <> 'waiting'", (op_id,))
            tx.execute(_RECEIVED, (record_id,))
            if read(body).kind is not Kind.CREATE:
                tx.execute("UPDATE quarantine SET left_out = 1 WHERE op_id = ?", (op_id,))
                self._records.rebuild(tx, [record_id])
            tx.audit("dealt_with", op=op_id, how=how, followed_by=followed_by)
            if code == CODE:  # said in a record that the council destroyed: kept until its author has read why
                drop_kept(tx, "op_id = ?", op_id)

        self._writer.do(job)


_COLUMNS = "body, status, code, why, answered_at, dealt, dealt_at, followed_by"
_ITEMS = f"SELECT {_COLUMNS} FROM quarantine"  # noqa: S608 - texts of ours
# What else there is of the record has been received: its last word was in the way of saying so.
_RECEIVED = """
    UPDATE record SET received_at = (SELECT max(answered_at) FROM quarantine q WHERE q.record_id = record.record_id)
    WHERE record_id = ? AND received_at IS NULL
      AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.record_id = record.record_id)
      AND EXISTS (SELECT 1 FROM feed WHERE feed.record_id = record.record_id)"""


def note(tx: Transaction, answers: Sequence[Answer], at: str) -> list[str]:
    """Keeps answers about what is, or was, not taken in. Gives the records whose view they change."""
    asked = as_json([answer.op_id for answer in answers])
    rows = tx.execute("SELECT op_id FROM quarantine WHERE op_id IN (SELECT value FROM json_each(?))", (asked,))
    known = {op_id for (op_id,) in rows}
    about = [answer for answer in answers if answer.op_id in known or answer.status in NOT_TAKEN_IN]
    return [record_id for answer in about for record_id in _note(tx, answer, at)]


def _note(tx: Transaction, answer: Answer, at: str) -> list[str]:
    known = tx.execute("SELECT record_id, left_out FROM quarantine WHERE op_id = ?", (answer.op_id,)).fetchone()
    if answer.status in RECEIVED:
        return _taken_in(tx, [(answer.op_id, *known)]) if known else []
    if answer.status not in NOT_TAKEN_IN:
        return []
    if known is None:
        tx.execute(
            """INSERT INTO quarantine SELECT op_id, record_id, body, '', '', '', '', 0, '', '', ''
               FROM operation WHERE op_id = ?""",
            (answer.op_id,),
        )
    why = answer.detail or answer.code
    found = tx.execute(
        """UPDATE quarantine SET code = ?3, status = ?2, why = ?4,
             answered_at = CASE WHEN status = ?2 AND why = ?4 THEN answered_at ELSE ?5 END
           WHERE op_id = ?1 RETURNING record_id, body, left_out, dealt""",
        (answer.op_id, answer.status, answer.code, why, at),
    ).fetchone()
    return _decided(tx, answer, *found) if found else []


def settle_from_feed(tx: Transaction) -> list[str]:
    """What came through the feed was taken in, whoever decided that and whenever. Gives the records it changes."""
    rows = tx.execute(
        """SELECT op_id, record_id, left_out FROM quarantine q WHERE status <> 'accepted'
           AND EXISTS (SELECT 1 FROM feed f WHERE f.record_id = q.record_id AND f.op_id = q.op_id)"""
    ).fetchall()
    return _taken_in(tx, rows)


def keep_held(tx: Transaction, record_id: str) -> None:
    """A record leaves: what the service holds of it may yet end in quarantine, and its author must hear of that."""
    tx.execute(
        """INSERT OR IGNORE INTO quarantine
           SELECT op_id, o.record_id, body, status, '', last_error, coalesce(answered_at, ''), 0, '', '', ''
           FROM outbox o JOIN operation USING (op_id) WHERE o.record_id = ? AND status = 'held'""",
        (record_id,),
    )


def _decided(tx: Transaction, answer: Answer, record_id: str, body: str, left_out: int, dealt: str) -> list[str]:  # noqa: PLR0917 - a row
    """A record that begins with it stays as its author has it: without it there would be none to show."""
    if dealt:
        tx.execute("DELETE FROM outbox WHERE op_id = ?", (answer.op_id,))
    goes = bool(dealt) or answer.status != "quarantined"
    if not goes or left_out or read(body).kind is Kind.CREATE:
        return []
    tx.execute("UPDATE quarantine SET left_out = 1 WHERE op_id = ?", (answer.op_id,))
    return [record_id]


def _taken_in(tx: Transaction, rows: Sequence[tuple[str, str, int]]) -> list[str]:
    for op_id, _record_id, _left_out in rows:
        tx.execute("UPDATE quarantine SET status = 'accepted', left_out = 0 WHERE op_id = ?", (op_id,))
    return [record_id for _op_id, record_id, left_out in rows if left_out]


def _in_order(rows: Iterable[Sequence[object]]) -> list[Item]:
    return sorted(map(_item, rows), key=lambda item: (item.operation.hlc, item.operation.op_id))


def _item(row: Sequence[object]) -> Item:
    body, *rest = row
    return Item(read(body), *map(str, rest))
