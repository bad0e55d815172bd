"""The words by which a record is found: of a few records with the transaction that changed them; of a full page noted
in its transaction, and put into the index afterwards, a part at a time. Whoever searches waits for the rest."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from functools import partial

from casework.identifiers import RecordId
from casework.records import Merge, RecordView
from desktop.store.database.readers import Readers
from desktop.store.database.search_words import Wording, search_keys
from desktop.store.database.writer import Transaction, Writer
from desktop.store.disk.errors import DiskFull, DiskReadOnly, VaultDamaged, VaultLocked
from desktop.store.records.histories import OPERATIONS_OF, read
from desktop.store.records.views import as_json, unpack

BORN = "f/date_of_birth"
AT_ONCE = 32  # records
PART = 100  # records: for whoever searches and waits
PIECE = 25  # records: where nobody waits; whoever saves a word meanwhile waits for so many at most
REST, LONG_REST = 0.03, 0.25  # seconds between two pieces, and where somebody is at work in the store


class WordsToFind:
    """Thread-safe but for `put`, which runs on the writer's thread."""

    def __init__(self, writer: Writer, readers: Readers, wording: Wording) -> None:
        self._writer = writer
        self._readers = readers
        self.wording = wording
        self._under_way = threading.Lock()

    def put(self, tx: Transaction, changed: Sequence[tuple[int, RecordView]]) -> None:
        """Of records, by their numbers, that this transaction changed."""
        if len(changed) > AT_ONCE:
            tx.many("INSERT OR IGNORE INTO unworded VALUES {rows}", [(n,) for n, _view in changed])
        else:
            self._write(tx, changed)

    def catch_up(self) -> None:
        """What was noted, a piece at a time with rests between; nobody waits for it. Goes on where it is under way."""
        with contextlib.suppress(VaultLocked):  # the next opening goes on
            if self._is_behind() and self._under_way.acquire(blocking=False):
                self._next()

    def settle(self) -> None:
        """Waits until everything that is here can be found. Where nothing can be written, what is found is older."""
        with contextlib.suppress(DiskFull, DiskReadOnly):
            while self._is_behind():
                self._writer.do(partial(self._part, most=PART))

    def _is_behind(self) -> bool:
        return bool(self._readers.rows("SELECT 1 FROM unworded LIMIT 1"))

    def _next(self) -> None:
        try:
            piece = self._writer.later(partial(self._part, most=PIECE))
        except VaultLocked:  # as above
            self._under_way.release()
        else:
            piece.add_done_callback(partial(self._after, at_work=self._uses() + 1))

    def _after(self, piece: Future[bool], *, at_work: int) -> None:
        """The person goes first: whoever used the store meanwhile will want it again."""
        if piece.exception() is None and piece.result():
            rest = threading.Timer(LONG_REST if self._uses() > at_work else REST, self._next)
            rest.daemon = True
            rest.start()
        else:
            self._under_way.release()
            if piece.exception() is None:
                self.catch_up()  # what was noted after the last piece

    def _uses(self) -> int:
        """How often anybody has written in the store, or read."""
        return self._writer.done + self._readers.lent

    def _part(self, tx: Transaction, *, most: int) -> bool:
        """Whether there may be more."""
        numbers = [n for (n,) in tx.execute("SELECT n FROM unworded ORDER BY n LIMIT ?", (most,))]
        self._write(tx, _views(tx, numbers))
        tx.execute("DELETE FROM unworded WHERE n IN (SELECT value FROM json_each(?))", (as_json(numbers),))
        return len(numbers) == most

    def _write(self, tx: Transaction, changed: Iterable[tuple[int, RecordView]]) -> None:
        tx.execute(_WORDING, (as_json([(n, *self._words(view)) for n, view in changed]),))

    def _words(self, view: RecordView) -> tuple[str, ...]:
        """Names, body, and what else each is found by."""
        names, body = self.wording(view)
        return names, body, *search_keys(names, body, str(view.answer(BORN) or ""))


def _views(tx: Transaction, numbers: Sequence[int]) -> list[tuple[int, RecordView]]:
    """As the records are now. One that cannot be read is made findable when it is mended."""
    rows = tx.execute(_KEPT, (as_json(numbers),)).fetchall()
    said: dict[str, list[str]] = {}
    for record_id, _op_id, body in tx.execute(OPERATIONS_OF, (as_json([one for _n, one, kept in rows if not kept]),)):
        said.setdefault(record_id, []).append(body)
    found = []
    for n, record_id, kept in rows:
        with contextlib.suppress(VaultDamaged):
            view = unpack(kept) if kept else None
            found.append((n, view or Merge(RecordId(record_id), map(read, said.get(record_id, ()))).view()))
    return found


_KEPT = "SELECT n, record_id, view FROM record WHERE n IN (SELECT value FROM json_each(?))"
# All of a part in one statement: each statement with a trigger makes the index write out what it holds in memory.
_WORDING = """
    INSERT INTO wording (n, names, body, keys, alike)
      SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?) WHERE true
    ON CONFLICT (n) DO UPDATE SET names = excluded.names, body = excluded.body, keys = excluded.keys,
      alike = excluded.alike
    WHERE names IS NOT excluded.names OR body IS NOT excluded.body OR keys IS NOT excluded.keys"""
