"""Who does what, and what each may see (domain A). Everything not said here is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The people who log in. School, police, carer, parent and child have no login: they get copies."""

    MISSING_ADVOCATE = "missing_advocate"
    MISSING_MANAGER = "missing_manager"
    MISSING_COORDINATOR = "missing_coordinator"
    OUT_OF_HOURS = "out_of_hours"
    ALLOCATED_WORKER = "allocated_worker"
    COMMISSIONED_INTERVIEWER = "commissioned_interviewer"
    EHE_OFFICER = "ehe_officer"
    CME_OFFICER = "cme_officer"
    EARLY_HELP = "early_help"
    ATTENDANCE_LEAD = "attendance_lead"
    EHE_LEAD = "ehe_lead"
    CME_LEAD = "cme_lead"
    EDUCATION_MANAGER = "education_manager"
    MASH = "mash"
    IRO = "iro"
    SENIOR_MANAGER = "senior_manager"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


BEFORE_JOINING = "before_joining"
"""Of whoever writes on a laptop that has joined no council: which role they have, the council has yet to say."""

_NAMES: Mapping[str, str] = {
    BEFORE_JOINING: "Not joined yet",
    Role.MISSING_ADVOCATE: "Missing advocate",
    Role.MISSING_MANAGER: "Missing team manager",
    Role.MISSING_COORDINATOR: "Missing coordinator",
    Role.OUT_OF_HOURS: "Out of hours team",
    Role.ALLOCATED_WORKER: "Allocated worker",
    Role.COMMISSIONED_INTERVIEWER: "Commissioned interviewer",
    Role.EHE_OFFICER: "Home education officer",
    Role.CME_OFFICER: "Children missing education officer",
    Role.EARLY_HELP: "Early Help",
    Role.ATTENDANCE_LEAD: "Attendance lead",
    Role.EHE_LEAD: "Home education lead",
    Role.CME_LEAD: "Children missing education lead",
    Role.EDUCATION_MANAGER: "Education manager",
    Role.MASH: "MASH",
    Role.IRO: "Reviewing officer or conference chair",
    Role.SENIOR_MANAGER: "Director and senior managers",
    Role.ANALYST: "Analyst",
    Role.ADMINISTRATOR: "Administrator",
}


def role_name(role: str) -> str:
    """As a person says it; one that is none of ours is said as it stands, and no role is nothing."""
    return _NAMES.get(role) or role.replace("_", " ").capitalize()


MISSING, EDUCATION, CORE = "missing", "education", "core"
_BOTH = frozenset({CORE, MISSING, EDUCATION})
_MISSING = frozenset({CORE, MISSING})
_EDUCATION = frozenset({CORE, EDUCATION})
_EVERY_FORM = frozenset({"*"})
HOME_EDUCATION = frozenset({"ehe_case", "ehe_visit"})
"""Of a child with a record of these, the home education officers have the child: so has who manages their work."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a role may open: strands and forms, whose children, and whether it may approve or only read.

    `checks`: the forms whose signed records it checks, as a manager of that work. `writes_only`: where it writes some
    of its forms and only reads the others. `children` may be `home_education`: every child who has a record of it.
    """

    strands: frozenset[str]
    forms: frozenset[str]
    children: str
    writes: bool = True
    manages: bool = False
    narrative: bool = True
    source: str = "S1"
    checks: frozenset[str] = frozenset()
    writes_only: frozenset[str] | None = None

    @property
    def by_commission(self) -> bool:
        """Given one episode at a time, and never a whole child."""
        return self.children == "one_episode"

    def writes_form(self, form_id: str) -> bool:
        return self.writes and (self.writes_only is None or form_id in self.writes_only)

    def opens(self, form_id: str, strand: str) -> bool:
        """Whether a record of this form and strand may be opened at all."""
        return strand in self.strands and ("*" in self.forms or form_id in self.forms)


REACHES: Mapping[Role, Reach] = {
    Role.MISSING_ADVOCATE: Reach(_MISSING, _EVERY_FORM, "allocated", source="S0"),
    Role.MISSING_MANAGER: Reach(
        _MISSING,
        _EVERY_FORM,
        "team",
        manages=True,
        source="S0",
        checks=frozenset({"return_home_interview", "find_me_plan"}),
    ),
    Role.MISSING_COORDINATOR: Reach(
        _MISSING,
        frozenset({"child", "missing_episode", "prevention_interview", "harbouring_notice", "placement_move"}),
        "team",
        narrative=False,
        source="S1 flowchart",
    ),
    Role.OUT_OF_HOURS: Reach(
        _MISSING,
        frozenset(
            {
                "child",
                "missing_episode",
                "find_me_plan",
                "plan_copy",
                "action",
                "note",
                "need_to_know",
                "harbouring_notice",
                "placement_move",
            }
        ),
        "council",
        source="S4 ¶64",
    ),
    Role.ALLOCATED_WORKER: Reach(_BOTH, _EVERY_FORM, "allocated", source="S0/S1"),
    Role.COMMISSIONED_INTERVIEWER: Reach(
        _MISSING,
        frozenset({"child", "missing_episode", "return_home_interview", "check", "note"}),
        "one_episode",
        writes_only=frozenset({"return_home_interview", "note"}),
    ),
    Role.EHE_OFFICER: Reach(_EDUCATION, _EVERY_FORM, "allocated"),
    Role.CME_OFFICER: Reach(_EDUCATION, _EVERY_FORM, "council", source="S2"),
    Role.EARLY_HELP: Reach(
        _BOTH,
        frozenset({"child", "visit_request", "safe_well_visit", "appointment", "action", "note"}),
        "allocated",
        source="S1/S2",
    ),
    Role.ATTENDANCE_LEAD: Reach(
        _EDUCATION,
        frozenset(
            {
                "child",
                "ehe_case",
                "ehe_visit",
                "cme_referral",
                "cme_case",
                "safe_well_visit",
                "action",
                "note",
                "letter",
                "check",
            }
        ),
        "allocated",
        source="S1/S2; the check is J",
        checks=frozenset({"ehe_visit"}),
    ),
    # Each manages officers who write every form of education, and holds no child and no word that none of them holds.
    Role.EHE_LEAD: Reach(
        _EDUCATION,
        _EVERY_FORM,
        "home_education",
        manages=True,
        source="S1 EHE; S3; the check is J",
        checks=frozenset({"ehe_visit"}),
    ),
    Role.CME_LEAD: Reach(_EDUCATION, _EVERY_FORM, "council", manages=True, source="S2"),
    Role.EDUCATION_MANAGER: Reach(
        _EDUCATION,
        _EVERY_FORM,
        "council",
        manages=True,
        source="S1/S2; J",
        checks=frozenset({"ehe_visit"}),
    ),
    Role.MASH: Reach(_BOTH, frozenset({"child", "mash_referral", "missing_episode", "need_to_know"}), "referred"),
    Role.IRO: Reach(
        _MISSING,
        frozenset({"child", "missing_episode", "placement_move"}),
        "allocated",
        writes=False,
        narrative=False,
        source="S4 ¶24, ¶75",
    ),
    Role.SENIOR_MANAGER: Reach(
        _BOTH, frozenset({"need_to_know", "strategy_meeting"}), "council", writes=False, manages=True, source="S0"
    ),
    Role.ANALYST: Reach(frozenset(), frozenset(), "counts", writes=False, narrative=False, source="J"),
    Role.ADMINISTRATOR: Reach(frozenset(), frozenset(), "none", writes=False, narrative=False, source="J"),
}
ASKED_AS_A_TEAM = frozenset({Role.EARLY_HELP})  # of these, each locality has a team, and the team is asked (S2 §5)
NOBODY = Reach(frozenset(), frozenset(), "none", writes=False, narrative=False, source="J")


_ANYTHING = Reach(_BOTH, _EVERY_FORM, "allocated", source="J")  # what the role turns out not to write comes back
_REACHES_BY_NAME: Mapping[str, Reach] = {
    BEFORE_JOINING: _ANYTHING,
    **{str(role): reach for role, reach in REACHES.items()},
}


def reach_of(role: str) -> Reach:
    """What a role may open; one nobody knows opens nothing."""
    return _REACHES_BY_NAME.get(role, NOBODY)


def strands_of(role: str) -> frozenset[str]:
    """The strands a role may see."""
    return reach_of(role).strands


def is_manager(role: str) -> bool:
    """Whether a role approves, reopens and decides what needs a manager."""
    return reach_of(role).manages


def manages_work(role: str, strand: str) -> bool:
    """Whether a role manages the work of a strand and holds the records that it is done in."""
    reach = reach_of(role)
    return reach.manages and reach.writes and strand in reach.strands
