"""The lists: what can be said of a record without opening it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence

from msgspec import Struct

from casework.canonical import JSON
from casework.identifiers import BucketId, OfficerId
from casework.kept_once import once
from desktop.store.database.connection import Connection, from_json
from desktop.store.database.readers import Readers
from desktop.store.records.histories import SEEN


class Summary(Struct, frozen=True, dict=True):
    """`answers` are the top-level answers as last said, read only when asked for; `conflicts` counts places."""

    record_id: str
    form_id: str
    form_version: int
    child_id: str
    bucket: BucketId
    strand: str
    created_at: str
    updated_at: str
    signed_at: str | None
    conflicts: int
    discarded: bool
    received_at: str | None
    has_drafts: bool
    answers_json: str

    @property
    def locked(self) -> bool:
        return self.signed_at is not None

    @once
    def answers(self) -> dict[str, JSON]:
        found: dict[str, JSON] = from_json(self.answers_json)
        return found


_COLUMNS = """
    SELECT record_id, form_id, form_version, child_id, bucket, strand, created_at, updated_at, signed_at,
           conflicts, discarded, received_at,
           EXISTS (SELECT 1 FROM draft WHERE draft.record_id = record.record_id), answers
    FROM record"""
# The first operation of a record is the one that began it; which it is, the index alone says.
_BEGUN_OF = """
    SELECT record_id, coalesce(json_extract(body, '$.officer_id'), '') FROM operation WHERE n IN (
      SELECT min(n) FROM operation WHERE record_id IN (SELECT value FROM json_each(?)) GROUP BY record_id)"""
# Two of one moment stand in one order.
_LATEST_FIRST = "ORDER BY updated_at DESC, n DESC"


def _held(table: str) -> str:
    """Discarded records, and those of a bucket that was lost, are left out."""
    return f"{table}.{SEEN} AND NOT {table}.discarded AND {table}.created_at <> ''"


# In the very words of its index, by which alone SQLite can use it.
_NOT_FOUND = """
    SELECT n FROM record INDEXED BY record_not_found
    WHERE form_id = 'missing_episode' AND ifnull(json_extract(answers, '$.found_at'), '') IN ('', '[]')"""
# Found by its index alone, which a store with years of actions in it has thousands of entries in.
_UNSIGNED = """
    SELECT n FROM record WHERE signed_at IS NULL AND form_id IN (SELECT value FROM json_each(?))
    ORDER BY updated_at DESC, n DESC"""
_OF_A_CHILD_HERE = f"""EXISTS (
    SELECT 1 FROM record own WHERE own.record_id = record.child_id AND own.form_id = 'child' AND {_held("own")})"""  # noqa: S608 - a text of ours
# Every change of a record, of what is typed in one and of what may be held counts this on.
UP_TO = "SELECT coalesce(max(times), 0) FROM child_stirred"
MOST = 20_000  # records that are kept in memory
FEW = 8  # times as many as are wanted: some of the latest may be of children who are not here


class Summaries:
    """Thread-safe."""

    def __init__(self, readers: Readers, most: int = MOST) -> None:
        self._readers = readers
        self._of_forms = OfForms(most)

    def find(self, *, form_id: str | None = None, child_id: str | None = None) -> list[Summary]:
        """Latest change first. Discarded records, and those of a bucket that was lost, are left out."""
        if form_id is not None and child_id is None:
            with self._readers.lend() as connection:
                return self._of_forms.read(connection, form_id)
        where, values = ["true"], list[object]()
        # The plus keeps SQLite from the index of forms, by which it would read every child to find one child's form.
        by_form = "form_id" if child_id is None else "+form_id"
        for column, wanted in ((by_form, form_id), ("child_id", child_id)):
            if wanted is not None:
                where.append(f"{column} = ?")
                values.append(wanted)
        return self._where(" AND ".join(where), *values)

    def not_found(self) -> list[Summary]:
        """Episodes that do not say when the child was found."""
        return self._where(f"n IN ({_NOT_FOUND})")

    def undecided(self) -> list[Summary]:
        """Those with places that two people answered differently, or with words that came after the signature."""
        return self._where("n IN (SELECT n FROM record WHERE conflicts OR proposed)")

    def unsigned(self, form_ids: Iterable[str], most: int) -> list[Summary]:
        """The latest of these forms, of the children whose own record is here."""
        asked = json.dumps(list(form_ids))
        few = self._where(f"n IN ({_UNSIGNED} LIMIT {FEW * most:d}) AND {_OF_A_CHILD_HERE}", asked, most=most)
        if len(few) == most:
            return few
        return self._where(f"n IN ({_UNSIGNED}) AND {_OF_A_CHILD_HERE}", asked, most=most)

    def latest(self, without: Iterable[str], most: int) -> list[Summary]:
        """Those that were changed last, but of these forms."""
        return self._where("form_id NOT IN (SELECT value FROM json_each(?))", json.dumps(list(without)), most=most)

    def named(self, record_ids: Iterable[str]) -> dict[str, Summary]:
        """Of these those that are here, by their ids."""
        found = self._where("record_id IN (SELECT value FROM json_each(?))", json.dumps(list(record_ids)))
        return {one.record_id: one for one in found}

    def begun_by(self, record_ids: Sequence[str]) -> dict[str, OfficerId]:
        """Who began each of these records, by its id: an officer's id."""
        return dict(self._readers.rows(_BEGUN_OF, (json.dumps(record_ids),)))  # type: ignore[arg-type]

    def one(self, record_id: str) -> Summary | None:
        rows = self._readers.rows(f"{_COLUMNS} WHERE record_id = ? AND {SEEN}", (record_id,))
        return _summary(rows[0]) if rows else None

    def _where(self, where: str, *values: object, most: int = -1) -> list[Summary]:
        with self._readers.lend() as connection:
            return summaries_where(connection, where, values, most)


class OfForms:
    """All that is held of a form, kept in memory while the store is open and nothing in it changes: lists of notices
    and of children are opened many times over. Thread-safe."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._door = threading.Lock()
        self._kept: dict[str, tuple[int, Sequence[Summary]]] = {}

    def read(self, connection: Connection, form_id: str) -> list[Summary]:
        """As of this connection's reading."""
        up_to = connection.execute(UP_TO).fetchone()[0]
        kept = self._kept.get(form_id)
        if kept is not None and kept[0] == up_to:
            return list(kept[1])
        found = summaries_where(connection, "form_id = ?", (form_id,))
        with self._door:
            self._keep(form_id, up_to, found)
        return list(found)

    def _keep(self, form_id: str, up_to: int, found: Sequence[Summary]) -> None:
        """What was read before the last change goes first; where there is no room, it is read each time."""
        self._kept = {form: one for form, one in self._kept.items() if one[0] >= up_to and form != form_id}
        if sum(len(one) for _up_to, one in self._kept.values()) + len(found) <= self._most:
            self._kept[form_id] = up_to, found


def summaries_where(connection: Connection, where: str, values: Sequence[object], most: int = -1) -> list[Summary]:
    """The latest change first; all of them unless told how many at most."""
    statement = f"{_COLUMNS} WHERE {_held('record')} AND {where} {_LATEST_FIRST} LIMIT {most:d}"
    return [_summary(row) for row in connection.execute(statement, tuple(values))]


def _summary(row: tuple[object, ...]) -> Summary:
    values = [*row[:10], bool(row[10]), row[11], bool(row[12]), row[13]]
    return Summary(*values)  # type: ignore[arg-type]  # the table is STRICT
