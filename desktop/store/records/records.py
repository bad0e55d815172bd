"""Operations in, views out. One operation, its view, its words for the search, its place in the outbox and its audit
entry are one transaction; of many that arrive at once the words follow (words_to_find.py)."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from casework.canonical import canonical
from casework.errors import BugError
from casework.identifiers import DeviceId, OperationId, RecordId
from casework.records import Change, Merge, Operation, RecordView, Stamp
from desktop.store.database.connection import Connection
from desktop.store.database.readers import Readers
from desktop.store.database.search_words import Wording
from desktop.store.database.writer import Transaction, Writer
from desktop.store.disk.on_failure import on_failure
from desktop.store.records.drafts import drop
from desktop.store.records.giving_way import gives_way
from desktop.store.records.histories import OPERATIONS_OF, SEEN, Histories, read
from desktop.store.records.laptop_numbers import next_number, stamp
from desktop.store.records.views import as_json, pack, unpack
from desktop.store.records.words_to_find import WordsToFind

WARM = 16  # records whose merge stays in memory between two operations
SHORT = 4  # operations: a history no longer than this is merged as quickly as its kept view would be read
TOGETHER = 64  # histories read at once
AT_HAND = 4  # the same for reading, where a screen shows one or two
Place = tuple[str, str]  # a record and a path in it
Source: TypeAlias = Transaction | Connection


@dataclass(frozen=True, slots=True)
class Made:
    """What the store keeps of a record besides its operations; `op_ids` are those that had just arrived, `upon` how
    many changes the record had seen before: none when it begins with them."""

    op_ids: list[OperationId]
    upon: int
    row: tuple[object, ...]
    view: RecordView


class Records:
    """Thread-safe: everything that writes runs on the writer's thread."""

    def __init__(self, writer: Writer, readers: Readers, wording: Wording) -> None:
        self._writer = writer
        self._readers = readers
        self.words = WordsToFind(writer, readers, wording)
        self._merges: OrderedDict[str, Merge] = OrderedDict()  # the writer's thread only
        self._at_hand: OrderedDict[str, tuple[int, Merge]] = OrderedDict()
        self.histories = Histories(readers)
        self._door = threading.Lock()

    def author(
        self,
        compose: Callable[[Stamp], Operation],
        *,
        device_id: DeviceId,
        clears: Sequence[Place] = (),
        look: Callable[[Transaction, Operation], object] = lambda _tx, _operation: None,
        waits: bool = True,
    ) -> Operation:
        """Keeps what `compose` makes of its stamp. `compose` runs inside the transaction: it must be quick and pure.
        `look` may still refuse it; `waits`: to be sent."""

        def job(tx: Transaction) -> Operation:
            operation = compose(stamp(tx, device_id))
            look(tx, operation)
            _check(tx, operation, device_id)
            self.keep(tx, [operation])
            if waits:
                queue(tx, operation.op_id)
            tx.execute("UPDATE record SET received_at = NULL WHERE record_id = ?", (operation.record_id,))
            _clear(tx, operation, clears)
            tx.execute("UPDATE mark SET hlc = ?", (operation.hlc,))
            tx.audit("sealed", op=operation.op_id, hash=operation.payload_hash, record=operation.record_id)
            return operation

        return self._write(job)

    def keep(
        self, tx: Transaction, operations: Iterable[Operation], ready: Mapping[str, Made] | None = None
    ) -> list[Operation]:
        """Takes in what is new among them; gives those. On the writer's thread only.

        `ready`: what `made_ready` made of them; of use for each record that nothing else has changed since.
        """
        fresh = _insert(tx, operations)
        if fresh:
            self._refresh(tx, _by_record(fresh), ready or {})
        return fresh

    def made_ready(self, operations: Iterable[Operation]) -> dict[str, Made]:
        """Each record that these change, as it stands if nothing else comes between. On any thread."""
        arrived = _by_record(operations)
        with self._readers.lend() as connection:
            seen = {one: count for one, _n, count in connection.execute(_KNOWN, (as_json(list(arrived)),))}
            merged = _merged(connection, arrived, seen, {})
            return {one: _made(merge, arrived[one], seen.get(one, 0)) for one, merge in merged}

    def rebuild(self, tx: Transaction, record_ids: Iterable[str]) -> None:
        """What is part of these records has changed: that counts as one more, so no merge at hand is used again."""
        for record_id in dict.fromkeys(record_ids):
            self._merges.pop(record_id, None)
            row = tx.execute("SELECT n FROM record WHERE record_id = ?", (record_id,)).fetchone()
            found = [read(body) for _op_id, body in tx.execute(_PARTS, (record_id,))]
            if row is not None and found:
                made = _made(Merge(RecordId(record_id), found), found[-1:], 0)
                tx.many(_UPDATE, [(*made.row, row[0])])
                self.words.put(tx, [(row[0], made.view)])

    def word_by(self, wording: Wording, versions: Iterable[tuple[str, int]]) -> None:
        """From now on; records of these versions of forms are made findable by it anew."""
        self.words.wording = wording
        anew = list(versions)
        if not anew:
            return

        def job(tx: Transaction) -> None:
            for version in anew:
                rows = tx.execute("SELECT record_id FROM record WHERE form_id = ? AND form_version = ?", version)
                self.rebuild(tx, [record_id for (record_id,) in rows.fetchall()])

        with on_failure(self.forget_merges):
            self._writer.do(job)

    def operations(self, record_id: str) -> tuple[Operation, ...]:
        """In the order in which they came here, without what the council decided against."""
        return tuple(read(body) for _op_id, body in self._readers.rows(_PARTS, (record_id,)))

    def view(self, record_id: str) -> RecordView:
        """As it was last said, without drafts; a record nobody knows is an empty view."""
        rows = self._readers.rows(_VIEW, (record_id,))
        if not rows:
            return RecordView(RecordId(record_id))
        kept = str(rows[0][0])
        return (unpack(kept) if kept else None) or self.working_view(record_id, ())

    def working_view(self, record_id: str, drafts: Iterable[Change]) -> RecordView:
        """With drafts laid over it: asked for at every save, so the merge of a record at hand is kept."""
        rows = self._readers.rows("SELECT operations FROM record WHERE record_id = ?", (record_id,))
        count = int(str(rows[0][0])) if rows else 0
        with self._door:
            known, merge = self._at_hand.pop(record_id, (-1, None))
        if merge is None or known != count:
            merge = Merge(RecordId(record_id), self.operations(record_id))
        with self._door:
            self._at_hand[record_id] = (count, merge)
            while len(self._at_hand) > AT_HAND:
                self._at_hand.popitem(last=False)
        return merge.view(drafts)

    def forget_merges(self) -> None:
        """After a transaction that did not happen, or that changed what was: memory may hold what the disk does not."""
        self._merges.clear()
        with self._door:
            self._at_hand.clear()
        self.histories.forget()

    def _write(self, job: Callable[[Transaction], Operation]) -> Operation:
        def guarded(tx: Transaction) -> Operation:
            with on_failure(self.forget_merges):
                return job(tx)

        return self._writer.do(guarded)

    def _refresh(self, tx: Transaction, arrived: dict[str, list[Operation]], ready: Mapping[str, Made]) -> None:
        """The rows of the records, and the words each can be found by."""
        rows = tx.execute(_KNOWN, (as_json(list(arrived)),)).fetchall()
        known, seen = {one: n for one, n, _count in rows}, {one: count for one, _n, count in rows}
        last = int(tx.execute("SELECT coalesce(max(n), 0) FROM record").fetchone()[0])
        made = self._made_of(tx, arrived, seen, ready)
        begun = [(n, made[one]) for n, one in enumerate((one for one in arrived if one not in known), last + 1)]
        changed = [(n, made[one]) for one, n in known.items()]
        tx.many(_INSERT, [(*one.row, n) for n, one in begun])
        tx.many(_UPDATE, [(*one.row, n) for n, one in changed])
        self.words.put(tx, [(n, one.view) for n, one in [*begun, *changed]])

    def _made_of(
        self,
        tx: Transaction,
        arrived: Mapping[str, list[Operation]],
        seen: Mapping[str, int],
        ready: Mapping[str, Made],
    ) -> dict[str, Made]:
        """What was made ready is used where nothing else has changed the record since."""
        warm = {one: merge for one in arrived if (merge := self._merges.pop(one, None)) is not None}
        made = {one: ready[one] for one, fresh in arrived.items() if _is_of(ready.get(one), fresh, seen.get(one, 0))}
        rest = {one: fresh for one, fresh in arrived.items() if one not in made}
        for one, merge in _merged(tx, rest, seen, warm):
            made[one] = _made(self._remembered(one, merge), rest[one], seen.get(one, 0))
        return made

    def _remembered(self, record_id: str, merge: Merge) -> Merge:
        self._merges[record_id] = merge
        while len(self._merges) > WARM:
            self._merges.popitem(last=False)
        return merge


def _made(merge: Merge, fresh: list[Operation], upon: int) -> Made:
    view = merge.view()
    row = _row(view, fresh, pack(view) if len(merge) > SHORT else "")
    return Made([operation.op_id for operation in fresh], upon, row, view)


def _is_of(made: Made | None, fresh: list[Operation], seen: int) -> bool:
    return made is not None and made.upon == seen and made.op_ids == [operation.op_id for operation in fresh]


def _merged(
    source: Source, arrived: Mapping[str, list[Operation]], seen: Mapping[str, int], warm: Mapping[str, Merge]
) -> Iterator[tuple[str, Merge]]:
    """Each record with what arrived of it; of one that was seen before, upon its history."""
    record_ids = list(arrived)
    for start in range(0, len(record_ids), TOGETHER):
        part = record_ids[start : start + TOGETHER]
        stored = _stored(source, [one for one in part if one in seen and one not in warm])
        for record_id in part:
            fresh = arrived[record_id]
            at_hand = {operation.op_id for operation in fresh}
            merge = warm.get(record_id) or Merge(
                RecordId(record_id),
                (read(body) for op_id, body in stored.get(record_id, ()) if op_id not in at_hand),
            )
            for operation in fresh:
                merge.add(operation)
            yield record_id, merge


def _by_record(operations: Iterable[Operation]) -> dict[str, list[Operation]]:
    found: dict[str, list[Operation]] = {}
    for operation in operations:
        found.setdefault(operation.record_id, []).append(operation)
    return found


def _row(view: RecordView, fresh: list[Operation], kept: str) -> tuple[object, ...]:
    newest = fresh[-1]
    return (
        view.record_id,
        view.form_id or newest.form_id,
        view.form_version or newest.form_version,
        view.child_id,
        view.bucket or newest.bucket,
        view.strand,
        view.created_at,
        view.updated_at,
        view.signatures[-1].at if view.signatures else None,
        len(view.conflicts),
        view.discarded,
        len(fresh),
        as_json(view.answers()),
        kept,
        len(view.proposed),
    )


_VIEW = f"SELECT view FROM record WHERE record_id = ? AND {SEEN}"  # noqa: S608 - a text of ours
_PARTS = """SELECT op_id, body FROM operation WHERE record_id = ?
            AND op_id NOT IN (SELECT op_id FROM quarantine WHERE left_out) ORDER BY n"""
_KNOWN = "SELECT record_id, n, operations FROM record WHERE record_id IN (SELECT value FROM json_each(?))"
# Two statements and a look before them: an upsert that returns a number takes twice as long.
_INSERT = """
    INSERT INTO record (record_id, form_id, form_version, child_id, bucket, strand, created_at, updated_at,
                        signed_at, conflicts, discarded, operations, answers, view, proposed, n)
    VALUES {rows}"""
_UPDATE = """
    UPDATE record SET record_id = made.column1, form_id = made.column2, form_version = made.column3,
      child_id = made.column4, bucket = made.column5, strand = made.column6, created_at = made.column7,
      updated_at = made.column8, signed_at = made.column9, conflicts = made.column10, discarded = made.column11,
      operations = operations + made.column12, answers = made.column13, view = made.column14,
      proposed = made.column15
    FROM (VALUES {rows}) AS made WHERE record.n = made.column16"""


def _stored(source: Source, record_ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Id and text of the operations of each record, as `_PARTS` gives them."""
    found: dict[str, list[tuple[str, str]]] = {}
    for record_id, op_id, body in source.execute(OPERATIONS_OF, (as_json(record_ids),)) if record_ids else ():
        found.setdefault(record_id, []).append((op_id, body))
    return found


def _insert(tx: Transaction, operations: Iterable[Operation]) -> list[Operation]:
    """Those that were not here. One id with other content is kept out, and noted."""
    arrived = [(operation, bytes.fromhex(operation.payload_hash)) for operation in operations]
    asked = as_json([operation.op_id for operation, _ in arrived])
    known = dict(tx.execute(_HASHES, (asked,)).fetchall())
    fresh = []
    for operation, digest in arrived:
        if known.setdefault(operation.op_id, digest) is digest or (
            known[operation.op_id] != digest and gives_way(tx, operation)
        ):
            fresh.append((operation, digest))
        elif known[operation.op_id] != digest:
            tx.audit("reused_id", op=operation.op_id)
    tx.many(
        "INSERT INTO operation (op_id, record_id, device_id, device_seq, bucket, kind, hash, body) VALUES {rows}",
        [
            (op.op_id, op.record_id, op.device_id, op.device_seq, op.bucket, op.kind.value, digest, op.text)
            for op, digest in fresh
        ],
    )
    return [operation for operation, _ in fresh]


_HASHES = "SELECT op_id, hash FROM operation WHERE op_id IN (SELECT value FROM json_each(?))"


def _check(tx: Transaction, operation: Operation, device_id: DeviceId) -> None:
    """A composed operation that ignores its stamp would break the numbering of this laptop."""
    if operation.device_id != device_id or operation.device_seq != next_number(tx, device_id):
        message = "an operation was composed without its stamp"
        raise BugError(message)


def queue(tx: Transaction, op_id: OperationId) -> None:
    """It waits to be sent."""
    tx.execute(
        """INSERT INTO outbox SELECT op_id, n, record_id, 'waiting', 0, '', NULL FROM operation
           WHERE op_id = ?""",
        (op_id,),
    )


def _clear(tx: Transaction, operation: Operation, clears: Sequence[Place]) -> None:
    """A draft goes only if it is what was sealed: words typed meanwhile stay, and have seen the operation."""
    said = {change.path: canonical(change.value).decode() for change in operation.changes}
    for record_id, path in clears:
        if record_id == operation.record_id and path in said:
            tx.execute(
                "DELETE FROM draft WHERE record_id = ? AND path = ? AND value = ?",
                (record_id, path, said[path]),
            )
            tx.execute(
                """UPDATE draft SET saw = json_insert(saw, '$[#]', ?)
                   WHERE record_id = ? AND path = ?""",
                (operation.op_id, record_id, path),
            )
        else:
            drop(tx, [(record_id, path)])
