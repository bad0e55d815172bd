"""What Find shows: the children who are meant, then records that hold the words; the latest while nothing is typed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from casework.dates_in_words import local, month_day
from desktop.flows.child.child_lines import ChildLine, lines_of
from desktop.flows.child.child_page import Tag, moment_of, state_words
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.record.finding import QUIET, Match, find, match_of
from desktop.store.vault import Summary

MOST_LINES = 20  # children of whom more is said than the name
RECENT = 8


class FoundRecord(Struct, frozen=True):
    """`on`: when the matter itself happened; `tag` is how its state is coloured, `state` what it says."""

    match: Match
    on: str
    tag: Tag | None
    state: str


class FoundHere(Struct, frozen=True):
    children: tuple[ChildLine, ...]
    records: tuple[FoundRecord, ...]


def found_here(desk: Desk, text: str) -> FoundHere:
    """Of an empty text, those whose records were changed last."""
    matches = find(desk, text) if text.strip() else _latest(desk)
    held = desk.vault.named(match.record_id for match in matches)
    children = [match.child_id for match in matches if match.is_child] if text.strip() else _whose(matches)
    records = [match for match in matches if not match.is_child and match.record_id in held]
    return FoundHere(
        tuple(lines_of(desk, children[:MOST_LINES]).values()),
        tuple(_found(desk, match, held[match.record_id]) for match in records),
    )


def _found(desk: Desk, match: Match, summary: Summary) -> FoundRecord:
    tag, state = state_words(desk, summary)
    on = month_day(local(moment_of(summary)).date(), local(desk.now()).date())
    return FoundRecord(match, on, tag, state)


def _latest(desk: Desk) -> tuple[Match, ...]:
    return tuple(match_of(desk, one, child_of(desk, one.child_id)) for one in desk.vault.latest(QUIET, RECENT))


def _whose(matches: Sequence[Match]) -> list[str]:
    return list(dict.fromkeys(match.child_id for match in matches))
