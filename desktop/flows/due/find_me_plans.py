"""The Find Me Plan’s versions: an agreed one stays as it is, and the next begins from it (S4 ¶63–64)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.dates_in_words import counted, day, local
from casework.forms.moments import span
from casework.practice.lives.plan_due import moved_since
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.record.carried_over import offers
from desktop.flows.record.editing import new_record, open_record
from desktop.flows.record.linked_records import happened, moment
from desktop.flows.record.plan_versions import plan_versions
from desktop.flows.signing.copy_log import old_copies_about
from desktop.store.vault import Summary

PLAN = "find_me_plan"
EPISODE = "missing_episode"
# What belongs to one version alone: why it was reviewed, who agreed to it and may see it, and one time missing.
_OF_ONE_VERSION = ("review", "part_two")


@dataclass(frozen=True, slots=True)
class PlanCard:
    """Where a child’s plan stands. `record_id` is empty while there is none; `state` as in the plan’s life."""

    record_id: str
    version: int
    state: str
    line: str
    act: str


def plan_card(desk: Desk, child_id: str) -> PlanCard:
    plans = _plans(desk, child_id)
    if not plans:
        return PlanCard("", 0, "none", "There is no Find Me Plan yet.", "Begin the plan")
    latest, number = plans[-1], sum(plan.locked for plan in plans)
    if not latest.locked:
        return PlanCard(latest.record_id, number + 1, "draft", _draft_line(desk, latest, number + 1), "Open the plan")
    why = _due(desk, latest)
    agreed = f"Version {len(plans)} was agreed on {_day_of(latest.signed_at or latest.updated_at)}."
    state = "review_due" if why else "agreed"
    line = " ".join(part for part in (agreed, why, _held(desk, child_id)) if part)
    return PlanCard(latest.record_id, len(plans), state, line, f"Begin version {len(plans) + 1}")


def open_plan(desk: Desk, child_id: str) -> str:
    """The draft there is; else a new version that begins from the agreed one; else the first."""
    plans = _plans(desk, child_id)
    if plans and not plans[-1].locked:
        return plans[-1].record_id
    known = _carried_on(desk, plans[-1]) if plans else {}
    if moved_since(case_file(desk, child_id)):
        known["review_reason"] = ["placement_moved"]
    return new_record(desk, PLAN, child_id, known)


def _held(desk: Desk, child_id: str) -> str:
    """Whoever was given a version that is replaced looks in the wrong places until they are told."""
    names = [one.to_whom for one in old_copies_about(desk, child_id)]
    return f"An older version is held by: {', '.join(dict.fromkeys(names))}." if names else ""


def _plans(desk: Desk, child_id: str) -> list[Summary]:
    """The agreed ones as they were signed, then the drafts."""
    held = desk.vault.summaries(form_id=PLAN, child_id=child_id)
    place = {version.record_id: number for number, version in enumerate(plan_versions(held))}
    return sorted(held, key=lambda plan: place[plan.record_id])


def _carried_on(desk: Desk, plan: Summary) -> dict[str, JSON]:
    """Rows keep their ids, and with them what was once left out stays so."""
    record = open_record(desk, plan.record_id)
    own = {q.id for s in record.definition.sections if s.id in _OF_ONE_VERSION for q in s.questions}
    return {name: value for name, value in record.answers.items() if name in record.shown and name not in own}


def _draft_line(desk: Desk, plan: Summary, version: int) -> str:
    waiting = len(offers(desk, open_record(desk, plan.record_id)).rows)
    offered = f" {counted(waiting, 'place or person is', 'places and people are')} offered to it." if waiting else ""
    return f"Version {version} is being written.{offered}"


def _due(desk: Desk, plan: Summary) -> str:
    """A new episode makes a plan due at once (D5); so do a move (F11) and its own day of review."""
    since = _after(desk, plan)
    if since:
        return f"Due for review: missing again on {_day_of(since)}."
    if (moved := moved_since(case_file(desk, plan.child_id))) is not None:
        return f"Due for review: moved on {day(moved)}."
    on = span(plan.answers.get("next_review"))
    if on is not None and on.last.date() < local(desk.now()).date():
        return f"Due for review since {day(on.last.date())}."
    return ""


def _after(desk: Desk, plan: Summary) -> str:
    agreed = moment(plan.signed_at)
    for episode in desk.vault.summaries(form_id=EPISODE, child_id=plan.child_id):
        began = moment(happened(episode.answers, episode.created_at))
        if agreed is not None and began is not None and began > agreed and episode.answers.get("outcome") in _REAL:
            return began.isoformat()
    return ""


_REAL = (None, "real")


def _day_of(text: str) -> str:
    found: date = local(datetime.fromisoformat(text)).date()
    return day(found)
