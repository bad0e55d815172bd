"""The police’s monthly list (S0; F12): who settles it, what may stand in it, which month a line is of.

A list names children of whom many may not be known here, so it lies in a bucket of its own, which names none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from casework.dates_in_words import local, month_and_year
from casework.forms.moments import span
from casework.identifiers import child_named
from casework.practice.roles import Role

POLICE_LIST = "police_list"
HOME, POLICE = child_named("police.lists"), "police"
_SETTLES = frozenset({Role.MISSING_MANAGER})


class Decided(StrEnum):
    """What somebody decided about one line of the police’s, or about an episode that they do not have."""

    SAME = "same"
    NOT_OURS = "not_ours"
    RECORDED = "recorded"
    ASKED = "asked"
    NOT_REPORTED = "not_reported"


@dataclass(frozen=True, slots=True)
class PoliceLine:
    """`reported` and `returned` as answers are kept: a moment, a day known as such, or None."""

    reference: str
    name: str
    born: date | None
    reported: object
    returned: object
    risk: str


def settles_police_lists(role: str) -> bool:
    return role in _SETTLES


def fault_of_line(line: PoliceLine, month: date, now: datetime) -> str:
    """Why a line cannot stand in the list of that month, in a sentence; empty when it can."""
    reported, returned = span(line.reported), span(line.returned)
    if not line.name:
        return "The child has no name."
    if reported is None:
        return "When it was reported is missing."
    if local(reported.first).date().replace(day=1) != month:
        return f"It was reported in {month_and_year(local(reported.first))}: it stands in the list of that month."
    if reported.first > now or (returned is not None and returned.first > now):
        return "That time is still to come. Check the date and time."
    if returned is not None and returned.last < reported.first:
        return "The return is before the report. Check both times."
    return ""


def month_of_episode(episode: Mapping[str, object]) -> date | None:
    """By London’s day on which police heard; where nobody wrote that down, by when the child was last seen."""
    known = span(episode.get("reported_at")) or span(episode.get("last_seen_at"))
    return local(known.first).date().replace(day=1) if known else None
