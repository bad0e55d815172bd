"""The monthly movement return of a school (S2 §10): who keeps it, what may stand in it, and whom it leaves to follow.

A return is of a school and of no child, so it lies in a bucket of its own, which names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.identifiers import child_named
from casework.practice.roles import Role

RETURN = "movement_return"
HOME, SCHOOLS = child_named("school.returns"), "school"
_KEEPS = frozenset({Role.CME_OFFICER, Role.CME_LEAD, Role.EDUCATION_MANAGER})
LONGEST = 300  # letters of a name or a school
NO_DESTINATION = "There is no destination school, so this pupil is no leaver: refer the child as missing education."


class Moved(StrEnum):
    JOINED = "joined"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Pupil:
    """One line of a return. `school`: the one before, or the destination; `country` where the family emigrates."""

    moved: Moved
    name: str
    born: date | None
    on: date | None
    school: str
    address: str
    country: str
    checked: str


def keeps_returns(role: str) -> bool:
    return role in _KEEPS


def fault_of(pupil: Pupil, today: date) -> str:
    """Why a line cannot stand in a return, in a sentence; empty when it can (S2 §10)."""
    if not pupil.name:
        return "The pupil has no name."
    if pupil.on is None:
        return "The day is missing, or is no day: write it as 2026-03-27 or 27/03/2026."
    if pupil.on > today:
        return "The day is still to come: only pupils who have joined or left are in a return."
    if pupil.moved is Moved.JOINED:
        return ""
    if not pupil.country and not pupil.school:
        return NO_DESTINATION
    return "" if pupil.address else "The destination address is missing."


def is_settled(leaver: Mapping[str, object]) -> bool:
    """Arrived safe, or referred: until then the leaver is followed."""
    return bool(leaver.get("arrived_on") or leaver.get("referral"))
