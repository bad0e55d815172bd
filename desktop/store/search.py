"""Finding a record by its words: names, aliases, references and narratives, by beginnings, whatever case or accent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.store.readers import Readers

OPEN, SHUT = "\x02", "\x03"
MAX_WORDS = 12
WORTH_RANKING = 4  # letters


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
        """Every word must begin a word of the record. Best first: a name counts for more than a narrative.

        A few letters alone match half of all records: then names come first, and the newest of each.
        """
        asked = query(text)
        if not asked:
            return []
        if len(text.strip()) >= WORTH_RANKING:
            return [_hit(row) for row in self._readers.rows(_RANKED, (asked, limit))]
        named = self._readers.rows(_NEWEST, (f"names : {asked}", limit))
        anywhere = self._readers.rows(_NEWEST, (asked, limit)) if len(named) < limit else []
        return list({hit.record_id: hit for hit in map(_hit, [*named, *anywhere])}.values())[:limit]


# The plus keeps the index from being asked once for every record there is.
_FOUND = """
    WITH found AS MATERIALIZED (
      SELECT rowid AS n, {rank} AS place, snippet(wording_index, -1, '\x02', '\x03', '…', 16) AS snippet
      FROM wording_index
      WHERE wording_index MATCH ?1 {weights}
        AND +rowid NOT IN (
          SELECT n FROM record WHERE discarded
          UNION ALL SELECT n FROM record WHERE bucket IN (SELECT bucket FROM entitlement WHERE lost))
      ORDER BY {order} LIMIT ?2)
    SELECT record_id, form_id, child_id, wording.names, snippet
    FROM found JOIN wording USING (n) JOIN record USING (n) ORDER BY found.place"""
_RANKED = _FOUND.format(rank="rank", weights="AND rank MATCH 'bm25(8.0, 1.0)'", order="rank")
_NEWEST = _FOUND.format(rank="-rowid", weights="", order="rowid DESC")


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
