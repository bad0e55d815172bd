"""What needs deciding about a child: which rule brings it about, what it opens, and what settles it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

import pytest

from casework.canonical import JSON
from desktop.flows.case_file import case_file
from desktop.flows.child.child_page import child_page
from desktop.flows.desk import Desk
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import each_rule, matters
from desktop.flows.due.open_matter import open_matter
from desktop.flows.due.today import today
from desktop.flows.practising.invented_papers import back_then
from desktop.flows.record import editing
from desktop.flows.record.life_refused import LifeRefused
from desktop.flows.signing import signing
from tests.desktop.clock import Clock
from tests.desktop.flows.due.test_missing_now import become


def child(desk: Desk, **known: JSON) -> str:
    return editing.new_record(desk, "child", known={"given_name": "Wren", "care_status": "lac", **known})


def away(desk: Desk, who: str, start: str, end: str | None, **known: JSON) -> str:
    times: dict[str, JSON] = {"last_seen_at": f"{start}+00:00", **({"found_at": f"{end}+00:00"} if end else {})}
    return editing.new_record(desk, "missing_episode", who, {**times, **known})


def three_times(desk: Desk, who: str) -> list[str]:
    """Evenings only, so that nothing but their number matters."""
    days = ("2026-02-28", "2026-03-13", "2026-03-24")
    return [away(desk, who, f"{day}T16:00:00", f"{day}T21:00:00") for day in days]


def of_kind(desk: Desk, who: str, kind: str) -> list[Matter]:
    return [matter for matter in matters(case_file(desk, who)) if matter.kind == kind]


def test_a_third_episode_in_four_weeks_asks_for_a_strategy_meeting(desk: Desk) -> None:
    """In the words of the drawing: what happened, the dates, the rule and where it comes from."""
    who = child(desk)
    three_times(desk, who)
    (found,) = of_kind(desk, who, "strategy_meeting")

    assert found.title == "Third episode in 28 days: strategy meeting"
    assert found.line == "28 February, 13 and 24 March 2026"
    assert found.because == "Rule: 3 episodes within 28 days. Source: children missing report."
    assert (found.act, found.record_id, found.decides) == ("Record the decision", "", True)


def test_the_decision_is_recorded_once_and_settles_the_matter(desk: Desk) -> None:
    """The record begins with its reason, its episodes and its moment; until it is decided, the same one opens."""
    who = child(desk)
    episodes = three_times(desk, who)
    record = open_matter(desk, of_kind(desk, who, "strategy_meeting")[0])
    begun = desk.vault.view(record).answers()

    assert begun["trigger"] == ["3_in_28_days"]
    assert [row["episode_id"] for row in begun["episodes"]] == episodes
    assert open_matter(desk, of_kind(desk, who, "strategy_meeting")[0]) == record
    why: dict[str, JSON] = {"not_held_why": "Held already under section 47."}
    with pytest.raises(LifeRefused, match="Name the manager who decided"):
        editing.answer(desk, record, {"held": False, **why})
    editing.answer(desk, record, {"held": False, "not_held_manager": "Tom Applegarth", **why})
    assert of_kind(desk, who, "strategy_meeting") == []


def test_the_next_episode_asks_anew(desk: Desk, clock: Clock) -> None:
    """A decision about three episodes says nothing about the fourth."""
    who = child(desk)
    three_times(desk, who)
    editing.answer(desk, open_matter(desk, of_kind(desk, who, "strategy_meeting")[0]), {"held": True})
    clock.passes(days=3)
    away(desk, who, "2026-03-26T16:00:00", "2026-03-26T20:00:00")

    assert [found.title for found in of_kind(desk, who, "strategy_meeting")] == [
        "Fourth episode in 28 days: strategy meeting"
    ]


def test_an_episode_that_was_none_does_not_count(desk: Desk) -> None:
    who = child(desk)
    episodes = three_times(desk, who)
    editing.answer(desk, episodes[1], {"outcome": "entered_in_error", "outcome_why": "Was at school."})

    assert of_kind(desk, who, "strategy_meeting") == []


def test_more_than_a_day_away_asks_for_a_meeting_too(desk: Desk) -> None:
    who = child(desk, care_status="cin")
    away(desk, who, "2026-03-24T10:00:00", "2026-03-25T10:01:00")

    assert [m.title for m in matters(case_file(desk, who)) if m.decides] == [
        "Missing for more than 24 hours: strategy meeting"
    ]


def test_a_night_away_needs_an_alert_until_it_is_sent(desk: Desk) -> None:
    who = child(desk)
    away(desk, who, "2026-03-24T22:20:00", "2026-03-25T21:40:00")
    (found,) = of_kind(desk, who, "need_to_know")
    record = open_matter(desk, found)

    assert found.title == "Missing overnight: need to know"
    assert "Alert was due Wed 25 March" in found.line
    editing.answer(desk, record, {"sent_to": [{"who": "dcs", "name": "H Quayle", "at": "2026-03-25T08:00:00+00:00"}]})
    assert of_kind(desk, who, "need_to_know") == []


@pytest.mark.parametrize("days", [31, 280, 400])
def test_nothing_undecided_ever_expires(desk: Desk, clock: Clock, days: int) -> None:
    """An alert and a plan after a month, across a year’s end, and after more than a year; each says for how long."""
    who = child(desk)
    away(desk, who, "2026-03-24T22:20:00", "2026-03-25T21:40:00")
    clock.passes(days=days)
    (alert,) = of_kind(desk, who, "need_to_know")
    (plan,) = of_kind(desk, who, "plan")

    assert alert.waited == f"Waiting {days + 2} days"
    assert plan.waited == f"Waiting {days - 5} days"
    assert ("2026" in plan.line) is (days > 279), "a day of another year is said with its year"
    assert {alert.id, plan.id} <= {matter.id for matter in today(desk).matters}


@pytest.mark.parametrize("days", [31, 400])
def test_a_meeting_nobody_decided_about_waits_behind_no_newer_one(desk: Desk, clock: Clock, days: int) -> None:
    """Three more episodes later, and a decision not to meet about those: the first three still wait."""
    who = child(desk, care_status="cin")
    first = three_times(desk, who)
    clock.passes(days=days)
    for back in (9, 5, 2):
        start = clock() - timedelta(days=back)
        times = {"last_seen_at": start.isoformat(), "found_at": (start + timedelta(hours=2)).isoformat()}
        later = editing.new_record(desk, "missing_episode", who, times)
    (found,) = of_kind(desk, who, "strategy_meeting")
    assert found.line == "28 February, 13 and 24 March 2026. 1 later one waits too"
    assert found.waited == f"Waiting {days + 3} days"

    about: dict[str, JSON] = {"episodes": [{"episode_id": later}], "triggered_at": clock().isoformat()}
    said = editing.new_record(desk, "strategy_meeting", who, {**about, "held": False, "not_held_why": "Seen today."})
    (found,) = of_kind(desk, who, "strategy_meeting")
    assert [row["episode_id"] for row in found.known["episodes"]] == first
    editing.answer(desk, said, {"held": True})
    assert of_kind(desk, who, "strategy_meeting") == [], "a meeting that took place has looked at what came before"


def test_the_reason_for_not_deciding_settles_it(desk: Desk, clock: Clock) -> None:
    """An alert stood down, and a return after which no plan is made, each with the reason why."""
    who = child(desk)
    episode = away(desk, who, "2026-03-24T22:20:00", "2026-03-25T21:40:00")
    clock.passes(days=60)
    editing.answer(desk, open_matter(desk, of_kind(desk, who, "need_to_know")[0]), {"stood_down_why": "Told by phone."})
    assert [matter.kind for matter in matters(case_file(desk, who))] == ["plan"]
    editing.answer(desk, episode, {"no_plan_why": "Turned 18 on the day after. Decided by T Applegarth."})

    assert matters(case_file(desk, who)) == ()


def agreed(desk: Desk, who: str, at: str, **answers: JSON) -> str:
    then = back_then(desk, datetime.fromisoformat(at))
    plan = editing.new_record(then, "find_me_plan", who, {"names": "Wren", **answers})
    signing.lock_record(then, plan, name="Nadia Brightwater", ink=None)
    return plan


def test_a_return_makes_the_agreed_plan_due_in_five_working_days(desk: Desk) -> None:
    """Back on Tuesday 24 March: due Tuesday 31 March. A version agreed afterwards settles it."""
    who = child(desk, care_status="cin")
    plan = agreed(desk, who, "2026-03-02T10:00:00+00:00", next_review="2026-05-20")
    assert of_kind(desk, who, "plan") == []
    away(desk, who, "2026-03-24T16:00:00", "2026-03-24T20:00:00")
    (found,) = of_kind(desk, who, "plan")

    assert (found.title, found.due) == ("Find Me Plan 1: review", date(2026, 3, 31))
    assert found.line == "Review due Tue 31 March"
    assert open_matter(desk, found) != plan, "a new version, beside the one that was agreed"
    agreed(desk, who, "2026-03-26T10:00:00+00:00", next_review="2026-05-20")
    assert of_kind(desk, who, "plan") == []


def test_a_plan_is_looked_at_again_on_the_day_it_names_itself(desk: Desk) -> None:
    who = child(desk)
    agreed(desk, who, "2026-01-05T10:00:00+00:00", next_review="2026-04-01")

    assert [found.line for found in of_kind(desk, who, "plan")] == ["Review due Wed 1 April"]


def test_without_a_plan_one_is_to_be_made_after_a_return(desk: Desk) -> None:
    who = child(desk, care_status="cin")
    away(desk, who, "2026-03-24T16:00:00", "2026-03-24T20:00:00")
    (found,) = of_kind(desk, who, "plan")

    assert (found.title, found.act, found.record_id) == ("Find Me Plan: to be made", "Begin the plan", "")
    assert desk.vault.view(open_matter(desk, found)).form_id == "find_me_plan"


@pytest.mark.parametrize(
    ("form", "answers", "title"),
    [
        ("ehe_case", {"stage": "current", "next_contact": "2026-04-02"}, "Education at home: next contact"),
        ("ehe_case", {"stage": "current", "last_contact": "2025-03-20"}, "Education at home: next contact"),
        ("ehe_visit", {"visit_at": "2026-03-20T10:00:00+00:00"}, "Home education report: to send"),
        ("cme_case", {"last_attended": "2026-03-13"}, "10 school days absent: tell the council"),
        (
            "cme_case",
            {
                "last_attended": "2026-02-27",
                "absence_unauthorised": True,
                "logged_on": "2026-03-14",
                "receipt_sent_on": "2026-03-14",
            },
            "20 school days absent: CME register",
        ),
        ("mash_referral", {"sent_at": "2026-03-25T10:00:00+00:00"}, "Referral not acknowledged"),
    ],
)
def test_each_day_that_counts_is_named_and_opens_its_record(
    desk: Desk, form: str, answers: Mapping[str, JSON], title: str
) -> None:
    """Rule and source with each, and never a source by its short mark alone."""
    who = child(desk)
    become(desk, "allocated_worker")  # who holds both strands
    record = editing.new_record(desk, form, who, answers)
    (found,) = matters(case_file(desk, who))

    assert (found.title, found.record_id) == (title, record)
    assert found.rule
    assert found.source
    assert not re.search(r"\b([A-F]|D\d+|S\d|G\d+|J)\b", found.because), "in words, never by a short mark"
    assert open_matter(desk, found) == record


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        ("ehe_case", {"stage": "returned_school", "next_contact": "2026-04-02"}),
        ("ehe_case", {"stage": "current", "next_contact": "2026-09-02"}),
        ("ehe_visit", {"visit_at": "2026-03-20T10:00:00+00:00", "report_sent": "2026-03-24"}),
        ("cme_case", {"last_attended": "2026-03-13", "outcome": "found_ehe", "told_referrer_on": "2026-03-20"}),
        ("cme_case", {"last_attended": "2026-03-16"}),
        ("mash_referral", {"sent_at": "2026-03-25T10:00:00+00:00", "acknowledged_at": "2026-03-25T12:00:00+00:00"}),
    ],
)
def test_what_is_settled_or_far_off_is_quiet(desk: Desk, form: str, answers: Mapping[str, JSON]) -> None:
    who = child(desk)
    editing.new_record(desk, form, who, answers)

    assert matters(case_file(desk, who)) == ()


def test_every_test_is_shown_met_or_not(desk: Desk) -> None:
    who = child(desk)
    three_times(desk, who)
    found = {test.what: test for test in each_rule(case_file(desk, who))}

    assert found["3 episodes within 28 days"].met
    assert not found["Missing for more than 24 hours"].met
    assert found["3 episodes within 90 days"].dates == "28 February, 13 and 24 March 2026"


def test_today_lists_what_each_child_needs_the_oldest_first(desk: Desk) -> None:
    """The same matters as on the children's own pages, in one list."""
    first, second = child(desk), child(desk, given_name="Milo")
    editing.new_record(desk, "cme_case", second, {"last_attended": "2026-03-10"})
    three_times(desk, first)
    found = today(desk).matters

    assert [matter.due for matter in found] == sorted(matter.due for matter in found)
    assert {matter.id for matter in found} == {
        matter.id for who in (first, second) for matter in child_page(desk, who).matters
    }
