"""Ofsted's list of looked-after children (Annex A, list 8): the four columns that come from missing records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from casework.dates_in_words import local
from casework.plain_table import PlainTable
from casework.practice.calendar import add_months
from casework.practice.council import Council
from casework.practice.figures.what_counts import Facts, facts_of
from central.facts.numbers_of_practice import council_now
from central.returns.counted_records import (
    INTERVIEW,
    CountedRecord,
    Doubt,
    Return,
    children_by_id,
    real_episodes,
    records_of,
)
from central.returns.ssda903 import sorted_doubts

HEADS = (
    "Child Unique ID",
    "Number of episodes the child has been 'Missing' from their placement in the last 12 months",
    "Number of episodes the child has been 'Away' from their placement in the last 12 months",
    "Was the child offered a Return Interview after their last missing episode (within the last 12 months)?",
    "Did the child accept a Return Interview after their last missing episode (within the last 12 months)?",
)
YES, NO, UNKNOWN = "a) Yes", "b) No", "c) Unknown"


def annex_a(connection: Connection, on: date) -> Return:
    """Twelve months back from the day of the list. The last episode that has ended counts, else the open one."""
    since = add_months(on, -12)
    children, council = children_by_id(connection), council_now(connection)
    episodes = [one for one in real_episodes(connection) if one.answer("care_status") == "lac"]
    by_child: dict[str, list[CountedRecord]] = {}
    doubts = []
    for one in episodes:
        began = one.moment("last_seen_at")
        if began is None:
            doubts.append(Doubt(one.reference, "On which day was the child last seen?"))
        elif since < local(began).date() <= on:
            by_child.setdefault(one.child_id, []).append(one)
    offers = _offers(connection, council)
    now = {child_id for child_id, child in children.items() if child.answer("care_status") == "lac"}
    rows = []
    for child_id in now | set(by_child):
        held = by_child.get(child_id, [])
        doubts += [
            Doubt(one.reference, "Was the child missing (M), or away without authorisation (A)?")
            for one in held
            if one.answer("ssda903_code") not in ("M", "A")
        ]
        name = children[child_id].reference if child_id in children else child_id
        rows.append(_row(name, held, offers))
    return Return(PlainTable(HEADS, sorted(rows)), f"Annex A, list 8, on {on.isoformat()}", sorted_doubts(doubts))


def _row(name: str, held: Sequence[CountedRecord], offers: Mapping[str, Facts]) -> tuple[str, ...]:
    kinds = [one.answer("ssda903_code") for one in held]
    missing = [one for one in held if one.answer("ssda903_code") == "M"]
    offered, accepted = _interview(missing, offers) if missing else ("", "")
    return (name, str(kinds.count("M")), str(kinds.count("A")), offered, accepted)


def _interview(missing: Sequence[CountedRecord], offers: Mapping[str, Facts]) -> tuple[str, str]:
    ended = [one for one in missing if one.moment("found_at") is not None]
    last = max(ended or missing, key=lambda one: (str(one.moment("last_seen_at")), one.record_id))
    found = offers.get(last.record_id, {})
    offered = {"yes": YES, "no": NO}.get(str(found.get("decision")), UNKNOWN)
    accepted = {"accepted": YES, "declined": NO, "no_reply": NO}.get(str(found.get("reply")), UNKNOWN)
    return offered, accepted if offered == YES else NO if offered == NO else UNKNOWN


def _offers(connection: Connection, council: Council) -> dict[str, Facts]:
    """By episode, of several interviews the one that went furthest."""
    found: dict[str, Facts] = {}
    for one in records_of(connection, INTERVIEW):
        for facts in facts_of(INTERVIEW, one.said, council):
            before = found.get(str(facts["episode_id"]))
            if before is None or (facts["preference"] or 0) < (before["preference"] or 0):  # type: ignore[operator]
                found[str(facts["episode_id"])] = facts
    return found


def offers_by_episode(connection: Connection) -> dict[str, Facts]:
    return _offers(connection, council_now(connection))
