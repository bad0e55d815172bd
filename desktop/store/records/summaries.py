"""The lists: what can be said of a record without opening it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from casework.canonical import JSON
from desktop.store.database.connection import from_json
from desktop.store.database.readers import Readers
from desktop.store.records.records import SEEN


@dataclass(frozen=True)
class Summary:
    """`answers` are the top-level answers as last said, read only when asked for; `conflicts` counts places."""

    record_id: str
    form_id: str
    form_version: int
    child_id: str
    bucket: str
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

    @cached_property
    def answers(self) -> dict[str, JSON]:
        found: dict[str, JSON] = from_json(self.answers_json)
        return found


_COLUMNS = """
    SELECT record_id, form_id, form_version, child_id, bucket, strand, created_at, updated_at, signed_at,
           conflicts, discarded, received_at,
           EXISTS (SELECT 1 FROM draft WHERE draft.record_id = record.record_id), answers
    FROM record"""
# The first operation of a record is the one that began it; which it is, the index alone says.
_BEGUN = """
    SELECT record_id, coalesce(json_extract(body, '$.officer_id'), '') FROM operation
    WHERE n IN (SELECT min(n) FROM operation GROUP BY record_id)
      AND record_id NOT IN (SELECT record_id FROM record WHERE form_id = 'child')"""


class Summaries:
    """Thread-safe."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def find(
        self, *, form_id: str | None = None, child_id: str | None = None, unanswered: str | None = None
    ) -> list[Summary]:
        """Latest change first. Discarded records, and those of a bucket that was lost, are left out. With `unanswered`
        only those that say nothing to that question: sifted here, where thirty thousand others are not read."""
        where = [SEEN, "NOT discarded", "created_at <> ''"]
        values: list[object] = []
        # The plus keeps SQLite from the index of forms, by which it would read every child to find one child's form.
        by_form = "form_id" if child_id is None else "+form_id"
        for column, wanted in ((by_form, form_id), ("child_id", child_id)):
            if wanted is not None:
                where.append(f"{column} = ?")
                values.append(wanted)
        if unanswered is not None:
            where.append("ifnull(json_extract(answers, ?), '') IN ('', '[]')")
            values.append(f"$.{unanswered}")
        statement = f"{_COLUMNS} WHERE {' AND '.join(where)} ORDER BY updated_at DESC"
        return [_summary(row) for row in self._readers.rows(statement, tuple(values))]

    def begun_by(self) -> dict[str, str]:
        """Who began each record but a child's own, by its id: an officer's id."""
        return dict(self._readers.rows(_BEGUN, ()))  # type: ignore[arg-type]  # two texts a row

    def one(self, record_id: str) -> Summary | None:
        rows = self._readers.rows(f"{_COLUMNS} WHERE record_id = ? AND {SEEN}", (record_id,))
        return _summary(rows[0]) if rows else None


def _summary(row: tuple[object, ...]) -> Summary:
    values = list(row)
    values[10], values[12] = bool(values[10]), bool(values[12])
    return Summary(*values)  # type: ignore[arg-type]  # the table is STRICT
