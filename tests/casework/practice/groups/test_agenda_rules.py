"""Why a child is on a group's agenda: each reason from the day of the last meeting, and none without one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from casework.practice.groups.agenda_rules import Reason, Seen, Why, reasons
from casework.practice.groups.group_table import (
    GROUPS,
    GroupKind,
    buckets_kept,
    buckets_read,
    group_bucket,
    groups_of,
    is_group,
    may_keep,
)
from casework.practice.roles import Role
from casework.practice.triggers import Episode
from tests.casework.practice.council import rotherham

NOW = datetime(2026, 3, 27, 10, tzinfo=UTC)
SINCE = date(2026, 3, 20)
PLANS = frozenset({"find_me_plan"})


def away(days_ago: float, hours: float | None = 5.0) -> Episode:
    began = NOW - timedelta(days=days_ago)
    ended = began + timedelta(hours=hours) if hours is not None else None
    return Episode(f"e{days_ago}", began, ended)


def asked(seen: Seen, kind: GroupKind = GroupKind.OPERATIONAL, since: date = SINCE) -> tuple[Reason, ...]:
    return reasons(kind, seen, since, NOW, rotherham())


def test_who_is_missing_now_comes_first_however_long_it_is() -> None:
    found = asked(Seen([away(40, None)], has_plan=True))

    assert [(one.why, one.words) for one in found] == [
        (Why.MISSING_NOW, "Missing now, 960 hours"),
        (Why.AWAY_LONG, "Away more than 24 hours"),
    ]


def test_a_pattern_that_filled_since_the_last_meeting_is_said_once() -> None:
    """In four weeks, and so in a month and in ninety days too."""
    found = asked(Seen([away(20), away(10), away(2)], has_plan=True))

    assert [one.words for one in found] == [
        "Three times in 28 days",
        "Missing once since 20 March 2026",
        "Three times in 90 days",
    ]
    assert asked(Seen([away(30), away(20), away(10)], has_plan=True)) == ()


def test_a_return_without_a_plan_is_asked_about_only_where_plans_are_kept() -> None:
    seen = Seen([away(3)], holds=PLANS)

    assert Why.NO_PLAN in {one.why for one in asked(seen)}
    assert Why.NO_PLAN not in {one.why for one in asked(Seen([away(3)]))}
    assert Why.NO_PLAN not in {one.why for one in asked(Seen([away(3)], has_plan=True, holds=PLANS))}


def test_what_was_left_over_stays_until_it_is_done() -> None:
    """An open action keeps the child on, and one past its day says since when."""
    open_one, over = (date(2026, 3, 6), date(2026, 4, 2)), (date(2026, 3, 6), date(2026, 3, 23))

    assert [one.words for one in asked(Seen([], given=[open_one]))] == ["Action open since 6 March 2026"]
    assert [one.words for one in asked(Seen([], given=[open_one, over]))] == [
        "1 action overdue, the first since 23 March 2026"
    ]
    carried = asked(Seen([], carried_from=SINCE))
    assert [one.words for one in carried] == ["Carried over from 20 March 2026"]


def test_each_group_asks_its_own() -> None:
    once, referred = Seen([away(3)], has_plan=True), Seen([], referred_to_panel=True, undecided=("Meeting",))

    assert asked(once, GroupKind.STRATEGIC) == ()
    assert [one.why for one in asked(referred, GroupKind.MAVP)] == [Why.REFERRED]
    assert [one.why for one in asked(referred, GroupKind.STRATEGY)] == [Why.UNDECIDED]


def test_who_sits_in_a_group_and_who_writes_its_minutes() -> None:
    """A role that only reads writes nothing, and a role of no group knows of none."""
    assert may_keep(Role.MISSING_ADVOCATE, GroupKind.OPERATIONAL)
    at_home = [Role.EHE_OFFICER, Role.EHE_LEAD, Role.EDUCATION_MANAGER]
    assert [role for role in Role if may_keep(role, GroupKind.EHE_OVERVIEW)] == at_home
    assert not may_keep(Role.MISSING_ADVOCATE, GroupKind.STRATEGIC)
    assert groups_of(Role.SENIOR_MANAGER) == (GroupKind.STRATEGIC, GroupKind.MAVP, GroupKind.EHE_OVERVIEW)
    assert buckets_kept(Role.SENIOR_MANAGER) == frozenset()
    assert all(not buckets_read(role) for role in (Role.EARLY_HELP, Role.IRO, Role.ANALYST, Role.MASH))
    assert all(is_group(group_bucket(kind)) for kind in GROUPS)
