"""When a child's Find Me Plan must be looked at again (D5)."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from casework.dates_in_words import local
from casework.forms.conditions import is_answered
from casework.forms.moments import span
from casework.practice.deadlines import Deadline, next_plan_review, plan_review, plan_review_after_move
from casework.practice.lives.kept_record import ChildFile
from casework.practice.placements.placement_rules import MOVE, moved_on

_EPISODE = "missing_episode"


def plan_deadline(file: ChildFile) -> Deadline | None:
    """After a return since it was agreed, or a move; else the plan’s own next review."""
    agreed = _agreed(file)
    waived = {e.record_id for e in file.of(_EPISODE) if is_answered(e.answers.get("no_plan_why"))}
    since = [e for e in file.episodes() if (agreed is None or e.began > agreed) and e.id not in waived]
    returned = [e.ended for e in since if e.ended is not None]
    moved = moved_since(file)
    events = [plan_review(local(min(returned)).date(), file.council)] if returned else []
    events += [plan_review_after_move(moved, file.council)] if moved else []
    if events or agreed is None:
        return min(events, key=lambda event: event.due, default=None)
    planned = span(file.agreed_plans()[-1].answers.get("next_review"))
    by_months = next_plan_review(local(agreed).date(), file.council)
    if planned is None:
        return by_months
    return replace(by_months, due=planned.last.date(), source="the date agreed in the plan")


def moved_since(file: ChildFile) -> date | None:
    """The first move that the agreed plan cannot know of."""
    agreed = _agreed(file)
    if agreed is None:
        return None
    first = local(agreed).date()
    moves = [on for one in file.of(MOVE) if (on := moved_on(one.answers)) and first < on <= file.today]
    return min(moves, default=None)


def _agreed(file: ChildFile) -> datetime | None:
    plans = file.agreed_plans()
    found = span(plans[-1].signed_at) if plans else None
    return found.first if found else None
