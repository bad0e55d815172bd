"""Beginning a record by hand: with the episode, the plan or the strand it belongs to, so that nobody types an id."""

from __future__ import annotations

from casework.practice.roles import strands_of
from desktop.flows.casefile import INTERVIEW
from desktop.flows.desk import Desk
from desktop.flows.planning import EPISODE, PLAN, open_plan
from desktop.flows.records import new_record
from desktop.flows.today import start_interview

_EDUCATION = ("cme_referral", "ehe_case", "ehe_visit")


def begin(desk: Desk, form_id: str, child_id: str) -> str:
    """The record to open: the one that is open already, where there can be only one."""
    if form_id == PLAN:
        return open_plan(desk, child_id)
    if form_id == INTERVIEW and (episode := _latest_return(desk, child_id)):
        return start_interview(desk, episode)
    return new_record(desk, form_id, child_id, strand=_strand(desk, form_id, child_id))


def _latest_return(desk: Desk, child_id: str) -> str:
    """The last episode the child came back from; empty when there is none."""
    back = [s for s in desk.vault.summaries(form_id=EPISODE, child_id=child_id) if s.answers.get("found_at")]
    back.sort(key=lambda summary: summary.created_at)
    return back[-1].record_id if back else ""


def _strand(desk: Desk, form_id: str, child_id: str) -> str:
    """A safe-and-well visit is of the strand that asked for it, and nobody writes where they may not read."""
    own = desk.catalogue.form(form_id).strand
    if form_id != "safe_well_visit":
        return own
    if own not in strands_of(desk.officer.role):
        return "missing"
    asked = any(s.form_id in _EDUCATION for s in desk.vault.summaries(child_id=child_id))
    away = any(desk.vault.summaries(form_id=EPISODE, child_id=child_id))
    return "missing" if away and not asked else own
