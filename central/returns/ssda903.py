"""SSDA903, file “Missing”: each missing or away episode of a child who was looked after, from 1 April to 31 March.

What the return would be refused for is told here first, beside the record, as a question to answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from casework.dates_in_words import local
from casework.plain_table import PlainTable
from central.returns.counted_records import CountedRecord, Doubt, Return, born, children_by_id, real_episodes

HEADS = ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")
DAY = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class _Row:
    """An episode with its child, and what was read of both."""

    episode: CountedRecord
    child: CountedRecord | None
    year: tuple[date, date]

    @property
    def born(self) -> date | None:
        return born(self.child)

    @property
    def start(self) -> date | None:
        when = self.episode.moment("last_seen_at")
        return local(when).date() if when else None

    @property
    def end(self) -> date | None:
        when = self.episode.moment("found_at")
        return local(when).date() if when else None

    @property
    def kind(self) -> str:
        return str(self.episode.answer("ssda903_code") or "")

    @property
    def is_open(self) -> bool:
        return not self.episode.is_said("found_at")

    def cells(self) -> tuple[str, ...]:
        """One that ended after the year was still open at its end."""
        end = self.end if self.end is not None and self.end <= self.year[1] else None
        name = self.child.reference if self.child else ""
        days = (self.born, self.start, end)
        birth, start, last = (day.strftime(DAY) if day else "" for day in days)
        return (name, birth, self.kind, start, last)


# The DfE's rules that our own records can break: number, whether it is broken, and what to ask.
_RULES: Sequence[tuple[str, Callable[[_Row], bool], str]] = (
    ("564", lambda row: row.start is None, "On which day was the child last seen?"),
    ("565", lambda row: row.kind not in ("M", "A"), "Was the child missing (M), or away without authorisation (A)?"),
    (
        "1004",
        lambda row: not row.is_open and row.end is None,
        "On which day exactly was the child found, or back in the placement?",
    ),
    (
        "567",
        lambda row: row.start is not None and row.end is not None and row.end < row.start,
        "The episode ends before it begins. Which of the two days is wrong?",
    ),
    ("DOB", lambda row: row.born is None, "When was the child born?"),
    (
        "586",
        lambda row: row.born is not None and row.start is not None and row.start < row.born,
        "The episode begins before the child was born. Which of the two days is wrong?",
    ),
    (
        "575",
        lambda row: row.is_open and row.episode.is_said("placement_ended_on"),
        "The placement has ended and the episode has not. When was the child found?",
    ),
    (
        "570",
        lambda row: row.start is not None and row.start > row.year[1],
        "The episode begins after the year that is returned.",
    ),
)
OVERLAPS = "It begins before the one before it ({other}) ended. Is it the same episode, or which day is wrong?"
TWO_ANSWERS = "Two answers stand to the same question. Which of them is right?"
_READ = frozenset({"last_seen_at", "found_at", "ssda903_code", "care_status", "outcome"})


def ssda903(connection: Connection, year: int) -> Return:
    """Of the year that ends on 31 March of `year`."""
    days = (date(year - 1, 4, 1), date(year, 3, 31))
    children = children_by_id(connection)
    rows = [_Row(one, children.get(one.child_id), days) for one in real_episodes(connection)]
    mine = [row for row in rows if _is_looked_after(row) and _touches(row)]
    doubts = [Doubt(row.episode.reference, question) for row in mine for question in _questions(row)]
    good = [row for row in mine if not any(_questions(row))]
    good, overlapping = _apart(good)
    doubts += overlapping
    cells = sorted(row.cells() for row in good)
    cells.sort(key=lambda row: (row[0], _as_date(row[3])))
    return Return(PlainTable(HEADS, cells), f"SSDA903, {year - 1}/{year % 100:02}, file Missing", sorted_doubts(doubts))


def sorted_doubts(doubts: Sequence[Doubt]) -> list[Doubt]:
    return sorted(doubts, key=lambda one: (one.reference, one.question))


def _is_looked_after(row: _Row) -> bool:
    """Where two answers stand it is asked about, not left out."""
    return "care_status" in row.episode.said.unsettled or row.episode.answer("care_status") == "lac"


def _touches(row: _Row) -> bool:
    """One of which no day is known cannot be placed in another year, so it is asked about in every one."""
    first, last = row.year
    return (row.start is None or row.start <= last) and (row.end is None or row.end >= first)


def _questions(row: _Row) -> Iterator[str]:
    if row.episode.said.unsettled & _READ:
        yield TWO_ANSWERS
        return
    yield from (f"{question} (rule {rule})" for rule, is_broken, question in _RULES if is_broken(row))


def _apart(rows: Sequence[_Row]) -> tuple[list[_Row], list[Doubt]]:
    """Rule 574: of two that overlap, the later is asked about."""
    by_child: dict[str, list[_Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.start or date.min, one.end or date.max, one.episode.record_id)):
        by_child[row.episode.child_id].append(row)
    good, doubts = list[_Row](), list[Doubt]()
    for held in by_child.values():
        before: _Row | None = None
        for row in held:
            if before is not None and row.start is not None and (before.end is None or row.start < before.end):
                question = OVERLAPS.format(other=before.episode.reference)
                doubts.append(Doubt(row.episode.reference, f"{question} (rule 574)"))
                continue
            good.append(row)
            before = row
    return good, doubts


def _as_date(text: str) -> tuple[str, str, str]:
    day, month, year = text.split("/")
    return year, month, day
