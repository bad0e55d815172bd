"""Acting on what needs deciding: each matter has one record it is decided in."""

from __future__ import annotations

from desktop.flows.beginning import begin
from desktop.flows.desk import Desk
from desktop.flows.matter import Matter
from desktop.flows.records import new_record


def open_matter(desk: Desk, matter: Matter) -> str:
    """The record a matter is decided in, begun with what is known already if nobody has begun it."""
    if matter.record_id:
        return matter.record_id
    if not matter.known:
        return begin(desk, matter.begins, matter.child.child_id)
    known = {name: value for name, value in matter.known.items() if value is not None}
    return new_record(desk, matter.begins, matter.child.child_id, known)
