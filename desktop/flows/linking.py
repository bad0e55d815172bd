"""The records that a record is about, and the facts its form may ask of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from casework.canonical import JSON
from casework.forms import Context
from casework.records import RecordView
from desktop.flows.desk import Desk
from desktop.forms.filling import context_of as facts_of

# What a linked form is called where a question says where its answer comes from.
_CALLED = {
    "missing_episode": "episode",
    "return_home_interview": "interview",
    "find_me_plan": "plan",
    "ehe_case": "case",
    "ehe_visit": "visit",
}


def linked(desk: Desk, view: RecordView) -> dict[str, Mapping[str, JSON]]:
    """{"child": answers, "episode": answers with its id, …}: what prefill may take from."""
    found: dict[str, Mapping[str, JSON]] = {}
    if view.child_id:
        found["child"] = desk.vault.view(view.child_id).answers()
    for question in desk.catalogue.form(view.form_id, view.form_version).questions():
        record_id = view.answer(f"f/{question.id}") if question.links_to else None
        if isinstance(record_id, str):
            name = _CALLED.get(question.links_to, question.links_to)
            found[name] = {**desk.vault.view(record_id).answers(), "id": record_id}
    return found


def context_of(desk: Desk, view: RecordView) -> Context:
    """What the form may ask about the world outside it: facts that are not known are left out."""
    sources: dict[str, Mapping[str, object]] = dict(linked(desk, view))
    if view.form_id == "find_me_plan":
        sources["facts"] = {"plan_version": _plan_version(desk, view)}
    return facts_of(sources, desk.now(), desk.catalogue.council)


def moment(value: JSON) -> datetime | None:
    """A stored date and time; None when it is approximate, unknown or unanswered."""
    if not isinstance(value, str) or "T" not in value:
        return None
    return datetime.fromisoformat(value)


def _plan_version(desk: Desk, view: RecordView) -> int:
    """One more than the plans that were agreed for this child before this one."""
    plans = desk.vault.summaries(form_id="find_me_plan", child_id=view.child_id)
    return 1 + sum(1 for plan in plans if plan.locked and plan.created_at < view.created_at)
