"""Acting on what needs deciding: each matter has one record it is decided in."""

from __future__ import annotations

from desktop.flows.desk import Desk
from desktop.flows.due.matter import Matter
from desktop.flows.due.new_record import begin, refuse_other_roles
from desktop.flows.record.editing import new_record


def open_matter(desk: Desk, matter: Matter) -> str:
    """The record a matter is decided in, begun with what is known already if nobody has begun it."""
    if matter.record_id:
        return matter.record_id
    if not matter.known:
        return begin(desk, matter.begins, matter.child.child_id)
    refuse_other_roles(desk, matter.begins)
    known = {name: value for name, value in matter.known.items() if value is not None}
    return new_record(desk, matter.begins, matter.child.child_id, known)
