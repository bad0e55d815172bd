"""What managers need to see, from records: gaps, repeats and doubles (Ofsted's findings F1 to F16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from casework.dates_in_words import day
from casework.forms.conditions import is_answered
from casework.forms.definition import Definition
from casework.forms.moments import span
from casework.identifiers import ChildId, RecordId
from casework.practice.calendar import london_day
from casework.practice.lives.states import Answers, rows

# What a record is dated by, the first that is answered; the day it was made when none is.
_DATED_BY = (
    "started_at",
    "visit_at",
    "held_at",
    "found_at",
    "last_seen_at",
    "triggered_at",
    "submitted_on",
    "requested_at",
    "sent_at",
    "at",
)


def record_name(definition: Definition, answers: Answers, created: datetime) -> str:
    """F3: one way to name a record everywhere: its form, and the day of the matter itself."""
    moments = (span(answers.get(name)) for name in _DATED_BY if name in definition.by_id)
    when = next((moment.first for moment in moments if moment), created)
    return f"{definition.title}, {day(london_day(when))}"


class Rate(NamedTuple):
    """How many of those it should have been done for it was done for."""

    done: int
    of: int


class Offer(NamedTuple):
    """One episode of one child, and the decision about its interview: yes, no, or not_applicable."""

    child_id: ChildId
    began: datetime
    decision: str


def offer_rate_by_repeat(offers: Iterable[Offer]) -> dict[str, Rate]:
    """F5: offered of those it was right for, by a child's first, second, and third or later episode."""
    counts: dict[str, list[int]] = {"1": [0, 0], "2": [0, 0], "3+": [0, 0]}
    seen: Counter[str] = Counter()
    for offer in sorted(offers, key=lambda offer: offer.began.timestamp()):
        seen[offer.child_id] += 1
        if offer.decision in ("yes", "no"):
            group = counts[str(seen[offer.child_id]) if seen[offer.child_id] < 3 else "3+"]
            group[0] += offer.decision == "yes"
            group[1] += 1
    return {name: Rate(done, of) for name, (done, of) in counts.items()}


def independence(interviews: Iterable[Answers]) -> Rate:
    """F6: interviews by someone independent of day-to-day care, of those where it is recorded."""
    recorded = [answers["independent"] for answers in interviews if isinstance(answers.get("independent"), bool)]
    return Rate(sum(value is True for value in recorded), len(recorded))


@dataclass(frozen=True, slots=True)
class Gap:
    """F9: something that should be there and is not, for the exception list and supervision."""

    what: str
    record_id: RecordId
    who: str
    due: date | None
    days_over: int
    finding: str


def overdue_actions(records: Mapping[RecordId, Answers], today: date) -> tuple[Gap, ...]:
    """F9, F14: actions past their day, and actions with no owner or no day, wherever they are written."""
    found = [
        gap
        for record_id, answers in records.items()
        for action in _actions(answers)
        for gap in _gap(record_id, action, today)
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.days_over, gap.record_id, gap.what)))


def _actions(answers: Answers) -> Sequence[Answers]:
    return [answers] if "what" in answers else rows(answers, "actions")


def _gap(record_id: RecordId, action: Answers, today: date) -> Iterable[Gap]:
    if action.get("status") in ("done", "dropped"):
        return
    due = span(action.get("by_when"))
    who, what = str(action.get("who") or ""), str(action.get("what") or "An action")
    if due is None or not who:
        yield Gap(what, record_id, who, due.last.date() if due else None, 0, "F14: no owner or no day")
    elif due.last.date() < today:
        yield Gap(what, record_id, who, due.last.date(), (today - due.last.date()).days, "F9: overdue, to supervision")


def unchecked_prevention(episodes: Mapping[str, Answers]) -> tuple[str, ...]:
    """F1: found children whose prevention interview has not come to us, or was waived by nobody known (F2)."""
    return tuple(record_id for record_id, answers in episodes.items() if _prevention_open(answers))


def _prevention_open(answers: Answers) -> bool:
    if not is_answered(answers.get("found_at")) or answers.get("outcome") in ("entered_in_error", "duplicate"):
        return False
    result = answers.get("prevention_interview")
    if result == "not_done":
        return not (
            is_answered(answers.get("prevention_waived_by")) and is_answered(answers.get("prevention_waived_why"))
        )
    return result != "done_shared"


def must_be_told(care_status: str) -> tuple[str, ...]:
    """F10: whose task and read receipt an episode opens."""
    return {"lac": ("iro",), "cpp": ("cp_chair",)}.get(care_status, ())


class Started(NamedTuple):
    """An episode as a list of doubles sees it."""

    record_id: RecordId
    child_id: ChildId
    began: datetime
    ended: datetime | None
    police_ref: str = ""


def possible_doubles(episodes: Iterable[Started]) -> tuple[tuple[str, str], ...]:
    """F12: two episodes of ONE child that overlap or share a police reference. Siblings never are doubles."""
    ordered = sorted(episodes, key=lambda episode: (episode.child_id, episode.began.timestamp(), episode.record_id))
    pairs = [
        (first.record_id, second.record_id)
        for place, first in enumerate(ordered)
        for second in ordered[place + 1 :]
        if first.child_id == second.child_id and _doubles(first, second)
    ]
    return tuple(pairs)


def _doubles(first: Started, second: Started) -> bool:
    if first.police_ref and first.police_ref == second.police_ref:
        return True
    return first.ended is None or second.began < first.ended
