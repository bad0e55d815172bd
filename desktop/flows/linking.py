"""Facts of the records that a record is about: the episode behind an interview, the child behind both."""

from __future__ import annotations

from casework.canonical import JSON
from casework.records import RecordView
from desktop.flows.desk import Desk


def links_of(desk: Desk, view: RecordView) -> dict[str, JSON]:
    """{"child": {...}, "episode": {...}}: the answers of each linked record, for checks and computed answers."""
    context: dict[str, JSON] = {"now": desk.now().isoformat()}
    context["child"] = desk.vault.view(view.child_id).answers() if view.child_id else {}
    episode_id = view.answer("f/episode_id")
    if isinstance(episode_id, str):
        context["episode"] = desk.vault.view(episode_id).answers()
    return context
