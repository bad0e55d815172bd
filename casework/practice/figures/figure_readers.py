"""Who reads which scorecard: managers their own strands whole; those of others, and the analyst, no small number."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from casework.practice.roles import EDUCATION, MISSING, Role, reach_of

CARDS: Mapping[str, frozenset[str]] = {
    "missing": frozenset({MISSING}),
    "cme": frozenset({EDUCATION}),
    "ehe": frozenset({EDUCATION}),
    "exclusions": frozenset({EDUCATION}),
    "inclusion": frozenset({MISSING, EDUCATION}),
}
_READERS = frozenset({Role.MISSING_MANAGER, Role.SENIOR_MANAGER, Role.CME_OFFICER, Role.ANALYST})


class Reading(StrEnum):
    """COUNTS: never a small number, never what is behind one."""

    NONE = "none"
    COUNTS = "counts"
    WHOLE = "whole"


def reading_of(role: str, card: str) -> Reading:
    if role not in _READERS or card not in CARDS:
        return Reading.NONE
    return Reading.WHOLE if CARDS[card] <= reach_of(role).strands else Reading.COUNTS


def reads_figures(role: str) -> bool:
    """Whether the place stands in this role's window at all."""
    return role in _READERS
