"""Whether a child who is being added is on this laptop already, under these names or nearly these."""

from __future__ import annotations

from collections.abc import Mapping

from casework.canonical import JSON
from casework.practice.same_child import ChildSaid
from desktop.flows.children import born_line, children
from desktop.flows.desk import Desk
from desktop.flows.record.names_seen_before import KnownBefore


def already_here(desk: Desk, record_id: str, answers: Mapping[str, JSON]) -> tuple[KnownBefore, ...]:
    """One line for each child who may be the same; empty when there is none."""
    said = ChildSaid.of(answers)
    others = [child for child in children(desk) if child.child_id != record_id]
    found = [child for child in others if said.is_like(ChildSaid.of(child.facts))]
    return tuple(KnownBefore(one.name, f"{born_line(one)}. Is this the same child?", one.child_id) for one in found)
