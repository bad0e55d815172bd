"""Notices: what kinds there are, whom each may go to, and what it may say. Both sides ask this one table.

A notice is a record of the form `notice`. It lives in a bucket of its own, named after the child, the role or officer
it is for, and the form of the record it is about: so that whoever may not open such a record of this child, and is not
the one it is for, never holds a word of it. A request to a team that does not hold the child says in its facts what the
work needs, and no more: whoever of that team accepts it is given the child.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.identifiers import BucketId, OfficerId
from casework.practice.groups.group_table import ITEM
from casework.practice.roles import ASKED_AS_A_TEAM, CORE, EDUCATION, MISSING, Role, reach_of

NOTICE = "notice"
RECEIPTS, CHASES = "receipts", "chases"
LONGEST_FACT = 200
LONGEST_ASKED = 1000  # of what a team is asked: an address, who lives there, what to beware of
TEAM_ID = re.compile(r"[a-z0-9_]{1,40}")
VISIT_REQUEST, VISIT = "visit_request", "safe_well_visit"
_STRAND, _TEAM = "to", "t-"
_ROLES = frozenset(str(role) for role in Role)


class NoticeKind(StrEnum):
    EPISODE_BEGUN = "episode_begun"
    EPISODE_FOUND = "episode_found"
    SCREENING_ASKED = "screening_asked"
    NEED_TO_KNOW = "need_to_know"
    REFERRAL = "referral"
    HAND_OVER = "hand_over"
    ACTION_GIVEN = "action_given"
    INTERVIEW_SHARED = "interview_shared"
    CHECK_WANTED = "check_wanted"
    CHECK_RETURNED = "check_returned"
    PLACEMENT_MOVED = "placement_moved"
    GROUP_DECIDED = "group_decided"
    VISIT_ASKED = "visit_asked"
    VISIT_RESULT = "visit_result"
    VISIT_WITHDRAWN = "visit_withdrawn"


_CHECKED = ("return_home_interview", "find_me_plan", "ehe_visit")
ABOUT: Mapping[NoticeKind, tuple[str, ...]] = {
    NoticeKind.EPISODE_BEGUN: ("missing_episode",),
    NoticeKind.EPISODE_FOUND: ("missing_episode",),
    NoticeKind.SCREENING_ASKED: ("missing_episode",),
    NoticeKind.NEED_TO_KNOW: ("need_to_know",),
    NoticeKind.REFERRAL: ("mash_referral",),
    NoticeKind.HAND_OVER: ("missing_episode",),
    NoticeKind.ACTION_GIVEN: ("action",),
    NoticeKind.INTERVIEW_SHARED: ("return_home_interview",),
    NoticeKind.CHECK_WANTED: _CHECKED,
    NoticeKind.CHECK_RETURNED: _CHECKED,
    NoticeKind.PLACEMENT_MOVED: ("child",),
    NoticeKind.GROUP_DECIDED: (ITEM,),
    NoticeKind.VISIT_ASKED: (VISIT_REQUEST,),
    NoticeKind.VISIT_RESULT: (VISIT,),
    NoticeKind.VISIT_WITHDRAWN: (VISIT_REQUEST,),
}
STRAND_OF: Mapping[str, str] = {
    "missing_episode": MISSING,
    "need_to_know": MISSING,
    "mash_referral": MISSING,
    "return_home_interview": MISSING,
    "find_me_plan": MISSING,
    "ehe_visit": EDUCATION,
    VISIT_REQUEST: EDUCATION,
    VISIT: EDUCATION,
    ITEM: MISSING,
    "action": CORE,
    "child": CORE,
}
# Whoever takes one of these on is given the child, so that they can read what they were asked about.
TAKEN_ON = frozenset({NoticeKind.SCREENING_ASKED, NoticeKind.REFERRAL, NoticeKind.VISIT_ASKED})
_WHO = ("child.given_name", "child.family_name", "child.date_of_birth")
# What a visitor needs (S2 §15): nothing here is of the referral, the case or the report behind the request.
VISITORS_PART = ("purpose", "why", "address", "living_there", "languages", "risks", "by_day")
# Only for readers who may not hold the child's own record; everybody else opens the record itself.
FACTS: Mapping[tuple[NoticeKind, str], tuple[str, ...]] = {
    (NoticeKind.SCREENING_ASKED, Role.MASH): (
        *_WHO,
        "missing_episode.last_seen_at",
        "missing_episode.police_ref",
        "missing_episode.police_risk",
        "missing_episode.care_status",
    ),
    (NoticeKind.REFERRAL, Role.MASH): (*_WHO, "mash_referral.to", "mash_referral.urgent"),
    (NoticeKind.NEED_TO_KNOW, Role.SENIOR_MANAGER): (*_WHO, "need_to_know.care_status", "need_to_know.triggered_at"),
}


@dataclass(frozen=True, slots=True)
class Inbox:
    """For whom, about what form. `addressee` is a role, or the mark of one officer or one team."""

    addressee: str
    form_id: str

    @property
    def strand(self) -> str:
        """Stands where other records have their strand of work, and so makes the bucket."""
        return f"{_STRAND}.{self.addressee}.{self.form_id}"

    @property
    def about_strand(self) -> str:
        return STRAND_OF[self.form_id]

    @property
    def team(self) -> str:
        """Empty where it is for a role or for one officer."""
        return self.addressee.removeprefix(_TEAM) if self.addressee.startswith(_TEAM) else ""

    def is_for(self, role: str, officer_id: OfficerId, team: str) -> bool:
        """`team`: the officer's own."""
        if self.team:
            return role in ASKED_AS_A_TEAM and self.team == team
        return self.addressee in (role, officer_mark(officer_id))

    def is_asked(self, role: str) -> bool:
        """Whether its reader is asked before they hold the child: a team, and MASH."""
        return bool(self.team) or reach_of(role).children == "referred"

    def may_be_held(self, role: str, officer_id: OfficerId, team: str, *, holds_child: bool) -> bool:
        """Those who may open the record it is about, and those who are asked; never another team of the same role."""
        if not reach_of(role).opens(self.form_id, self.about_strand):
            return False
        if self.team and role in ASKED_AS_A_TEAM:
            return self.is_for(role, officer_id, team)
        return holds_child or (self.is_asked(role) and self.is_for(role, officer_id, team))


def inbox_of(strand: str) -> Inbox | None:
    """None for a strand of work, and for what names no form or nobody who may read it."""
    mark, _, rest = strand.partition(".")
    addressee, _, form_id = rest.partition(".")
    if mark != _STRAND or form_id not in STRAND_OF:
        return None
    if addressee in _ROLES and not reach_of(addressee).opens(form_id, STRAND_OF[form_id]):
        return None
    return Inbox(addressee, form_id) if addressee in _ROLES or _is_mark(addressee) or _is_team(addressee) else None


def is_inbox(bucket: BucketId) -> bool:
    """Whether a bucket, well formed or not, is of notices."""
    return bucket.rpartition(":")[2].startswith(f"{_STRAND}.")


def officer_mark(officer_id: OfficerId) -> str:
    """An officer's id, as a bucket's name and a row's can hold it."""
    return f"o-{hashlib.sha256(officer_id.encode()).hexdigest()[:16]}"


def team_mark(team: str) -> str:
    """A team of the council's file, as a bucket's name holds it."""
    return f"{_TEAM}{team}"


def facts_for(kind: str, addressee: str) -> tuple[str, ...]:
    """What a notice may say beside its kind and its record."""
    if kind == NoticeKind.VISIT_ASKED:
        return (*_WHO, *(f"{VISIT_REQUEST}.{name}" for name in VISITORS_PART)) if _is_team(addressee) else ()
    if kind == NoticeKind.VISIT_WITHDRAWN:
        return _WHO if _is_team(addressee) else ()
    return FACTS.get((NoticeKind(kind), addressee), ()) if kind in set(NoticeKind) else ()


def longest_fact(kind: str) -> int:
    return LONGEST_ASKED if kind == NoticeKind.VISIT_ASKED else LONGEST_FACT


def _is_team(text: str) -> bool:
    return TEAM_ID.fullmatch(text.removeprefix(_TEAM)) is not None and text.startswith(_TEAM)


def _is_mark(text: str) -> bool:
    return text.startswith("o-") and len(text) == 18 and set(text[2:]) <= set("0123456789abcdef")
