"""Facts of the records that a record is about: the episode behind an interview, the child behind both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from casework.canonical import JSON
from casework.forms import Context
from casework.records import RecordView
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.wording import age_on, local

_FROM_EPISODE = {
    "returned_at": "found_at",
    "last_seen_at": "last_seen_at",
    "reported_at": "reported_at",
    "placement_miles": "placement_miles",
    "care_status": "care_status",
}


def linked(desk: Desk, view: RecordView) -> dict[str, Mapping[str, JSON]]:
    """{"child": answers, "episode": answers with its id}: what prefill may take from."""
    found: dict[str, Mapping[str, JSON]] = {}
    if view.child_id:
        found["child"] = desk.vault.view(view.child_id).answers()
    episode_id = view.answer("f/episode_id")
    if isinstance(episode_id, str):
        found["episode"] = {**desk.vault.view(episode_id).answers(), "id": episode_id}
    return found


def context_of(desk: Desk, view: RecordView) -> Context:
    """What the form may ask about the world outside it: facts that are not known are left out."""
    about = linked(desk, view)
    episode = about.get("episode", {})
    facts: dict[str, object] = {fact: episode[q] for fact, q in _FROM_EPISODE.items() if episode.get(q) is not None}
    born = about.get("child", {}).get("date_of_birth")
    if isinstance(born, str):
        facts["child_age"] = age_on(date.fromisoformat(born), local(desk.now()).date())
    first = child_of(desk, view.child_id).first_name if about.get("child") else ""
    return Context(now=desk.now(), facts=facts, child=first)


def moment(value: JSON) -> datetime | None:
    """A stored date and time; None when it is approximate, unknown or unanswered."""
    if not isinstance(value, str) or "T" not in value:
        return None
    return datetime.fromisoformat(value)
