"""The groups: how often each meets, who keeps its minutes and who reads them. Laptop and service ask this one table.

A meeting lies in a bucket of its group, which names no child. What is said about one child is an item, a record of the
child's own: whoever may not hold the child never holds a word of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.identifiers import BucketId, ChildId, child_named
from casework.practice.roles import EDUCATION, MISSING, Role, manages_work, reach_of
from casework.records import bucket_of

MEETING, ITEM = "meeting", "meeting_item"
STRAND = "group"
_MARK = "group."


class GroupKind(StrEnum):
    OPERATIONAL = "operational"
    STRATEGIC = "strategic"
    MAVP = "mavp"
    STRATEGY = "strategy"
    EHE_OVERVIEW = "ehe_overview"


@dataclass(frozen=True, slots=True)
class Group:
    """`days` between two meetings; `keeps`: roles that make the agenda and write the minutes; `reads`: those besides
    who may know that it met, who was there and how many children it spoke of; `strand`: of the children's records in
    which its items lie; `stands`: what is said of each child beside the reasons."""

    title: str
    days: int
    keeps: frozenset[str]
    reads: frozenset[str]
    source: str
    strand: str = MISSING
    stands: str = "Find Me Plan"


_TEAM = frozenset({Role.MISSING_ADVOCATE, Role.MISSING_MANAGER})
_LEADS = frozenset({Role.MISSING_MANAGER})
_DIRECTOR = frozenset({Role.SENIOR_MANAGER})
_AT_HOME = frozenset({Role.EHE_OFFICER, Role.EHE_LEAD, Role.EDUCATION_MANAGER})
_BESIDE_IT = frozenset({Role.CME_OFFICER, Role.CME_LEAD, Role.ATTENDANCE_LEAD, Role.SENIOR_MANAGER})
GROUPS: Mapping[GroupKind, Group] = {
    GroupKind.OPERATIONAL: Group("Operational Missing Group", 7, _TEAM, frozenset(), "S0; D8"),
    GroupKind.STRATEGIC: Group("Strategic Missing Group", 42, _LEADS, _DIRECTOR, "S0; D8"),
    GroupKind.MAVP: Group("Multi-agency vulnerability panel", 28, _LEADS, _DIRECTOR, "S0; the days are J"),
    GroupKind.STRATEGY: Group("Strategy meetings", 7, _TEAM, frozenset(), "S0; D3"),
    GroupKind.EHE_OVERVIEW: Group(
        "EHE Overview and Accountability Group",
        42,
        _AT_HOME,
        _BESIDE_IT,
        "S1 EHE 2.4.2, half termly; S3; the days are J",
        EDUCATION,
        "The case",
    ),
}


MADE_BY_SERVICE = tuple(kind for kind, group in GROUPS.items() if group.strand == MISSING)
"""The groups whose agenda the service can make: what home education asks is worked out on laptops alone."""


def home_of(kind: str) -> ChildId:
    """Stands where other records name their child."""
    return child_named(f"{_MARK}{GroupKind(kind)}")


def group_bucket(kind: str) -> BucketId:
    return bucket_of(home_of(kind), STRAND)


def is_group(bucket: BucketId) -> bool:
    """Whether a bucket, well formed or not, is of a group and of no child."""
    return bucket.startswith(_MARK)


def groups_of(role: str) -> tuple[GroupKind, ...]:
    """Those whose meetings a role may know of, in the order of the page."""
    return tuple(kind for kind, group in GROUPS.items() if role in group.keeps or role in group.reads)


def may_keep(role: str, kind: str) -> bool:
    """Whether a role makes the agenda and writes the minutes."""
    return kind in set(GroupKind) and role in GROUPS[GroupKind(kind)].keeps


def keeps_any(role: str) -> bool:
    """Whether a role writes the minutes of some group, and so gives colleagues something to do."""
    return any(may_keep(role, kind) for kind in GROUPS)


def is_told_agenda(role: str, kind: str) -> bool:
    """Whether whoever chairs the group in this role needs the service to see every child: it keeps the minutes, and
    holds the children of its own caseload."""
    return kind in MADE_BY_SERVICE and may_keep(role, kind) and reach_of(role).children == "allocated"


def may_name_chair(role: str, kind: str) -> bool:
    """Whoever manages the work and keeps the group’s minutes; so nobody names themselves who does not manage, and of a
    group whose agenda is made on laptops alone nobody is named."""
    return kind in MADE_BY_SERVICE and may_keep(role, kind) and manages_work(role, GROUPS[GroupKind(kind)].strand)


def buckets_read(role: str) -> frozenset[BucketId]:
    return frozenset(group_bucket(kind) for kind in groups_of(role))


def buckets_kept(role: str) -> frozenset[BucketId]:
    return frozenset(group_bucket(kind) for kind in GROUPS if may_keep(role, kind))
