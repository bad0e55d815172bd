"""Who reads which scorecard: managers their own strands whole; those of others, and the analyst, no small number."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from casework.forms.faults import fault
from casework.forms.reading import known
from casework.practice.roles import EDUCATION, MISSING, Role, reach_of

CARDS: Mapping[str, frozenset[str]] = {
    "missing": frozenset({MISSING}),
    "cme": frozenset({EDUCATION}),
    "ehe": frozenset({EDUCATION}),
    "exclusions": frozenset({EDUCATION}),
    "inclusion": frozenset({MISSING, EDUCATION}),
}
PublishersTable = dict[
    Annotated[str, known(tuple(CARDS), "a scorecard")], tuple[Annotated[str, known(tuple(Role), "a role")], ...]
]
_READERS = frozenset(
    {
        Role.MISSING_MANAGER,
        Role.SENIOR_MANAGER,
        Role.CME_OFFICER,
        Role.EHE_LEAD,
        Role.CME_LEAD,
        Role.EDUCATION_MANAGER,
        Role.ANALYST,
    }
)
# Who leads one half of education reads that half whole, and of the other no small number.
_OWN_HALF: Mapping[str, frozenset[str]] = {
    Role.EHE_LEAD: frozenset({"ehe"}),
    Role.CME_LEAD: frozenset({"cme", "exclusions"}),
}


class Reading(StrEnum):
    """COUNTS: never a small number, never what is behind one."""

    NONE = "none"
    COUNTS = "counts"
    WHOLE = "whole"


def reading_of(role: str, card: str) -> Reading:
    if role not in _READERS or card not in CARDS:
        return Reading.NONE
    whole = CARDS[card] <= reach_of(role).strands and card in _OWN_HALF.get(role, frozenset(CARDS))
    return Reading.WHOLE if whole else Reading.COUNTS


def reads_figures(role: str) -> bool:
    """Whether the place stands in this role's window at all."""
    return role in _READERS


def publishers_of(given: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """By scorecard, the roles that publish it: those that the council's file names, or all that read the whole of it.
    Raises Fault for one that does not: nobody publishes what they may not read."""
    for card, roles in given.items():
        for role in roles:
            if reading_of(role, card) is not Reading.WHOLE:
                fault(("publishing", card), f"'{role}' does not read the whole of '{card}', so cannot publish it.")
    everybody = {card: tuple(str(role) for role in Role if reading_of(role, card) is Reading.WHOLE) for card in CARDS}
    return {**everybody, **given}
