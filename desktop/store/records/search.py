"""Finding a record by its words: names, aliases, references and narratives, by beginnings, whatever case or accent."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casework import folding
from desktop.store.database.readers import Readers
from desktop.store.records.words_to_find import WordsToFind

OPEN, SHUT = "\x02", "\x03"
MAX_WORDS = 12
EXACT = "{names body keys}"  # all but what is nearly so
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

    def __init__(self, readers: Readers, words: WordsToFind) -> None:
        self._readers = readers
        self._words = words

    def find(self, text: str, limit: int = 20, *, near: bool = False) -> list[Hit]:
        """Every word must begin a word of the record. Best first: a name counts for more than a narrative.

        A few letters alone match half of all records: then names come first, and the newest of each. With `near`,
        what is still to be filled goes to names that sound so, or differ by a letter.
        """
        asked = query(text)
        if not asked:
            return []
        self._words.settle()
        found = self._exact(asked, text, limit)
        if near and len(found) < limit and (like := near_query(text)):
            found += map(_hit, self._readers.rows(_NEWEST, (like, limit)))
        return list({hit.record_id: hit for hit in reversed(found)}.values())[::-1][:limit]

    def _exact(self, asked: str, text: str, limit: int) -> list[Hit]:
        """The child before what is written of the child: whoever types a name looks for somebody."""
        known = self._readers.rows(_CHILDREN, (f"{{names keys}} : ({asked})", limit))
        found = [*known, *(self._any(asked, text, limit) if len(known) < limit else ())]
        return list({hit.record_id: hit for hit in map(_hit, found)}.values())[:limit]

    def _any(self, asked: str, text: str, limit: int) -> list[tuple[object, ...]]:
        if len(text.strip()) >= WORTH_RANKING:
            return self._readers.rows(_RANKED, (f"{EXACT} : ({asked})", limit))
        named = self._readers.rows(_NEWEST, (f"{{names keys}} : ({asked})", limit))
        anywhere = self._readers.rows(_NEWEST, (f"{EXACT} : ({asked})", limit)) if len(named) < limit else []
        return [*named, *anywhere]


# The plus keeps the index from being asked once for every record there is.
_FOUND = """
    WITH found AS MATERIALIZED (
      SELECT rowid AS n, {rank} AS place, snippet(wording_index, 0, '\x02', '\x03', '…', 16) AS in_names,
        snippet(wording_index, 1, '\x02', '\x03', '…', 16) AS in_body
      FROM wording_index
      WHERE wording_index MATCH ?1 {weights}
        AND +rowid NOT IN (
          SELECT n FROM record WHERE discarded
          UNION ALL SELECT n FROM record WHERE bucket IN (SELECT bucket FROM entitlement WHERE lost))
      ORDER BY {order} LIMIT ?2)
    SELECT record_id, form_id, child_id, wording.names, in_names, in_body
    FROM found JOIN wording USING (n) JOIN record USING (n) ORDER BY found.place"""
_WEIGHTS = "AND rank MATCH 'bm25(8.0, 1.0, 8.0, 0.0)'"
_RANKED = _FOUND.format(rank="rank", weights=_WEIGHTS, order="rank")
_NEWEST = _FOUND.format(rank="-rowid", weights="", order="rowid DESC")
_OF_CHILDREN = "AND +rowid IN (SELECT n FROM record WHERE form_id = 'child')"
_CHILDREN = _FOUND.format(rank="rank", weights=" ".join((_WEIGHTS, _OF_CHILDREN)), order="rank")


def query(text: str) -> str:
    """Every word as a quoted prefix, so that nothing typed is taken for the index's own language.

    A name may be typed with its own letters or plain ones, parted or joined; a day of birth in any usual way.
    """
    days, rest = folding.days_in(text)
    chunks = rest.split()[:MAX_WORDS]
    asked = [_all([f'"{folding.day_key(day)}"' for day in days]), _all([_chunk(chunk) for chunk in chunks])]
    whole = folding.joined(chunks) if len(chunks) > 1 and not days else ""
    found = _all(asked)
    return f'{found} OR "{whole}"*' if whole and found else found


def near_query(text: str) -> str:
    """Every word by its sound, or one letter off. Empty where a word is too short to be nearly another."""
    keys = [folding.near_keys_of(chunk) for chunk in folding.days_in(text)[1].split()[:MAX_WORDS]]
    if not all(keys):
        return ""
    return _all([f"alike : ({' OR '.join(_quoted(key) for key in sorted(found))})" for found in keys])


def _chunk(chunk: str) -> str:
    """Its parts as they are, or folded; or all of it as one word; or, in a script without spaces, by its letters."""
    parts = re.findall(r"\w+", chunk.lower() if chunk.isascii() else chunk)
    ways = [parts, [folding.folded(part) for part in parts], [folding.folded(chunk)], folding.ideographs(chunk)]
    found = dict.fromkeys(_all([f"{_quoted(word)}*" for word in way]) for way in ways if all(way))
    return " OR ".join(f"({way})" for way in found if way)


def _all(conditions: list[str]) -> str:
    told = [condition for condition in conditions if condition]
    return " AND ".join(f"({condition})" for condition in told) if len(told) > 1 else "".join(told)


def _quoted(word: str) -> str:
    return f'"{word}"'


def _hit(row: tuple[object, ...]) -> Hit:
    record_id, form_id, child_id, names, in_names, in_body = (str(value) for value in row)
    snippet, marks = _unmarked(in_body if OPEN in in_body and OPEN not in in_names else in_names or in_body)
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
