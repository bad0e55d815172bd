"""What a role is told of records that it does not hold: which fact to which role. Nothing is told that is not here."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from casework.practice.roles import Role


class ToldFact(StrEnum):
    """Times and codes of a record, and no word of it; never that something is late, which a laptop reckons itself."""

    INTERVIEW = "interview"
    INTERVIEW_CHECK = "interview_check"
    STRATEGY = "strategy"
    ALERT = "alert"
    PLAN = "plan"
    PLAN_CHECK = "plan_check"


# The form that would say it. A role that holds that form is told nothing: its own reckoning is newer.
STANDS_FOR: Mapping[ToldFact, str] = {
    ToldFact.INTERVIEW: "return_home_interview",
    ToldFact.INTERVIEW_CHECK: "check",
    ToldFact.STRATEGY: "strategy_meeting",
    ToldFact.ALERT: "need_to_know",
    ToldFact.PLAN: "find_me_plan",
    ToldFact.PLAN_CHECK: "check",
}

# Who works with episodes: the coordinator and the reviewing officer follow the whole of one (S1 flowchart, S4 ¶24), the
# night's team and MASH what bears on the child who is away.
GRANTED: Mapping[str, frozenset[ToldFact]] = {
    Role.MISSING_COORDINATOR: frozenset(ToldFact),
    Role.IRO: frozenset(ToldFact),
    Role.OUT_OF_HOURS: frozenset({ToldFact.INTERVIEW, ToldFact.STRATEGY, ToldFact.PLAN_CHECK}),
    Role.MASH: frozenset({ToldFact.INTERVIEW, ToldFact.STRATEGY, ToldFact.PLAN}),
}


def told_to(role: str) -> frozenset[ToldFact]:
    """None by default."""
    return GRANTED.get(role, frozenset())
