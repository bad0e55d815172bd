"""Finding a record by its words: names, aliases, references and narratives, by beginnings, whatever case or accent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.store.readers import Readers
from desktop.store.records import SEEN

OPEN, SHUT = "\x02", "\x03"
MAX_WORDS = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """`marks` are the places in `snippet` that match, as (start, end)."""

    record_id: str
    form_id: str
    child_id: str
    names: str
    snippet: str
    marks: tuple[tuple[int, int], ...]


class Search:
    """Thread-safe."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """Every word must begin a word of the record. Best first: a name counts for more than a narrative."""
        asked = query(text)
        if not asked:
            return []
        rows = self._readers.rows(_STATEMENT, (asked, limit))
        return [_hit(row) for row in rows]


_STATEMENT = f"""
    WITH found AS MATERIALIZED (
      SELECT rowid AS n, rank FROM wording_index
      WHERE wording_index MATCH ?1 AND rank MATCH 'bm25(8.0, 1.0)'
        AND rowid IN (SELECT n FROM record WHERE {SEEN} AND NOT discarded)
      ORDER BY rank LIMIT ?2)
    SELECT record_id, form_id, child_id, wording.names,
           snippet(wording_index, -1, '{OPEN}', '{SHUT}', '…', 16)
    FROM found JOIN wording_index ON wording_index.rowid = found.n
    JOIN wording ON wording.n = found.n JOIN record ON record.n = found.n
    WHERE wording_index MATCH ?1 ORDER BY found.rank"""  # noqa: S608 - texts of ours


def query(text: str) -> str:
    """Every word as a quoted prefix, so that nothing typed is taken for the index's own language."""
    words = re.findall(r"\w+", text)[:MAX_WORDS]
    return " AND ".join(f'"{word}"*' for word in words)


def _hit(row: tuple[object, ...]) -> Hit:
    record_id, form_id, child_id, names, marked = (str(value) for value in row)
    snippet, marks = _unmarked(marked)
    return Hit(record_id, form_id, child_id, names, snippet, marks)


def _unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    text, marks, start = "", [], 0
    for part in re.split(f"([{OPEN}{SHUT}])", marked):
        if part == OPEN:
            start = len(text)
        elif part == SHUT:
            marks.append((start, len(text)))
        else:
            text += part
    return text, tuple(marks)
