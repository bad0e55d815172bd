"""Domain A: who may open what. What is not said is refused."""

from __future__ import annotations

import pytest

from casework.practice.roles import REACHES, Role, is_manager, manages_work, reach_of, strands_of


def test_every_role_has_its_reach_and_source() -> None:
    """No role is left to a default."""
    assert set(REACHES) == set(Role)
    assert all(reach.source for reach in REACHES.values())


def test_education_officers_never_open_an_interview() -> None:
    """They see a flag in the child’s record, no words."""
    for role in ("ehe_officer", "cme_officer"):
        assert not reach_of(role).opens("return_home_interview", "missing")
        assert reach_of(role).opens("child", "core")


def test_who_manages_education_opens_no_more_than_the_officers_do() -> None:
    """Issue 14, 7: no missing strand, and every child only where the officers of that work have every child."""
    whose = {"ehe_lead": "home_education", "cme_lead": "council", "education_manager": "council"}
    for role, children in whose.items():
        reach, officers = reach_of(role), reach_of("cme_officer")
        assert (reach.strands, reach.forms, reach.children) == (officers.strands, officers.forms, children)
        assert manages_work(role, "education")
        assert not manages_work(role, "missing")
    assert not manages_work("attendance_lead", "education")
    assert {role for role in whose if reach_of(role).checks} == {"ehe_lead", "education_manager"}


def test_out_of_hours_opens_the_plan_and_the_episode_only() -> None:
    """S4 ¶64: now, at three in the morning."""
    assert reach_of("out_of_hours").opens("find_me_plan", "missing")
    assert reach_of("out_of_hours").opens("missing_episode", "missing")
    assert not reach_of("out_of_hours").opens("return_home_interview", "missing")


def test_the_coordinators_tray_holds_facts_not_words() -> None:
    """S1 flowchart: business support opens the episode."""
    assert reach_of("missing_coordinator").opens("missing_episode", "missing")
    assert not reach_of("missing_coordinator").opens("return_home_interview", "missing")
    assert not reach_of("missing_coordinator").narrative


@pytest.mark.parametrize("role", ["administrator", "analyst", "nobody_knows", ""])
def test_some_see_no_case_at_all(role: str) -> None:
    """An administrator, an analyst, and a role that is not one."""
    assert strands_of(role) == frozenset()
    assert not reach_of(role).opens("child", "core")


def test_a_commissioned_interviewer_has_one_episode_only() -> None:
    """And no plan."""
    assert reach_of("commissioned_interviewer").children == "one_episode"
    assert not reach_of("commissioned_interviewer").opens("find_me_plan", "missing")


def test_managers_check_and_others_do_not() -> None:
    """S0."""
    assert is_manager("missing_manager")
    assert not is_manager("missing_advocate")
