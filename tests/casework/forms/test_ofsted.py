"""Ofsted's findings F1 to F16, each answered by something that can be seen to work."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from casework.forms import Context, Finding, findings, shown
from casework.identifiers import RecordId, child_named
from casework.practice.figures.collated_views import Told, reasons
from casework.practice.lives.states import covers
from casework.practice.oversight import (
    Offer,
    Rate,
    Started,
    independence,
    must_be_told,
    offer_rate_by_repeat,
    overdue_actions,
    possible_doubles,
    record_name,
    unchecked_prevention,
)
from casework.practice.police.police_list_rules import PoliceLine
from casework.practice.police.police_match import Episodes, Recorded
from tests.casework.forms.real import catalogue, copy_for, form
from tests.casework.forms.test_return_home_interview import COMPLETE
from tests.casework.practice.council import at, day

NOW = at("2026-03-27T17:00")
CONTEXT = Context(now=NOW, child="Wren")


def found(form_id: str, answers: dict[str, Any], **facts: object) -> tuple[Finding, ...]:
    return findings(form(form_id), answers, Context(NOW, {**CONTEXT.facts, **facts}, "Wren"))


def naming(number: str, form_id: str, answers: dict[str, Any], **facts: object) -> list[Finding]:
    """Findings whose source names one of Ofsted's."""
    wanted = {number, f"{number},", f"{number};"}
    return [finding for finding in found(form_id, answers, **facts) if wanted & set(finding.source.split())]


def test_f1_the_police_check_is_chased_until_it_is_shared() -> None:
    """F1: checks not on file or shared."""
    back: dict[str, Any] = {"found_at": "2026-03-25T21:40:00+00:00"}

    assert naming("F1", "missing_episode", {**back, "prevention_interview": "done_not_shared"})
    assert not naming("F1", "missing_episode", {**back, "prevention_interview": "done_shared"})
    assert unchecked_prevention({"a": back, "b": {**back, "prevention_interview": "done_shared"}}) == ("a",)
    assert naming("F1", "prevention_interview", {"status": "not_received"})


def test_f2_every_skip_needs_who_and_why() -> None:
    """F2: nobody knew who waived checks."""
    waived = {"found_at": "2026-03-25T21:40:00+00:00", "prevention_interview": "not_done"}
    blocked = {f.question_id for f in found("missing_episode", waived) if f.blocks_signing}

    assert {"prevention_waived_by", "prevention_waived_why"} <= blocked
    assert unchecked_prevention({"a": waived}) == ("a",)
    assert unchecked_prevention({"a": {**waived, "prevention_waived_by": "PC", "prevention_waived_why": "x"}}) == ()
    not_held = {f.question_id for f in found("strategy_meeting", {"held": False}) if f.kind == "missing"}
    assert {"not_held_why", "not_held_manager", "not_held_on"} <= not_held


def test_f3_a_record_has_one_name_everywhere() -> None:
    """F3: “buried in the system”: its form and the day of the matter, not the day of typing."""
    typed = at("2026-04-02T09:00")

    assert record_name(form("return_home_interview"), COMPLETE, typed) == "Return home interview, 27 March 2026"
    assert record_name(form("child"), {}, typed) == "Child, 2 April 2026"
    assert len({form(form_id).title for form_id in catalogue().ids()}) == len(catalogue().ids())


def test_f4_the_two_checks_are_two_forms_with_their_purposes() -> None:
    """F4: safe-and-well is one thing, the return interview another, the police's check a third."""
    about = {name: form(name).about for name in ("prevention_interview", "return_home_interview", "safe_well_visit")}

    assert len(set(about.values())) == 3
    assert "never takes the place" in about["safe_well_visit"]
    assert "Police own it" in about["prevention_interview"]


def test_f5_those_missing_most_often_are_offered_no_less() -> None:
    """F5: a new offer each time, and the rate by repeat shown."""
    offers = [
        Offer(child_named("w"), at("2026-01-01T12:00"), "yes"),
        Offer(child_named("w"), at("2026-02-01T12:00"), "yes"),
        Offer(child_named("w"), at("2026-03-01T12:00"), "no"),
        Offer(child_named("w"), at("2026-03-20T12:00"), "no"),
        Offer(child_named("m"), at("2026-01-05T12:00"), "not_applicable"),
        Offer(child_named("m"), at("2026-01-06T12:00"), "no"),
    ]

    assert offer_rate_by_repeat(reversed(offers)) == {"1": Rate(1, 1), "2": Rate(1, 2), "3+": Rate(0, 2)}
    assert not covers({"episode_id": "e8", "offer_decision": "yes"}, "e9")


def test_f6_independence_is_recorded_and_reported() -> None:
    """F6: the interviewer was not independent."""
    worker = {**COMPLETE, "interviewer_type": "allocated_worker"}

    assert naming("F6", "return_home_interview", worker)
    assert not naming("F6", "return_home_interview", COMPLETE)
    assert {f.question_id for f in found("return_home_interview", {**COMPLETE, "independent": False})} == {
        "independent_why"
    }
    assert independence([COMPLETE, {"independent": False}, {}]) == Rate(1, 2)


@pytest.mark.parametrize("form_id", ["return_home_interview", "find_me_plan", "safe_well_visit", "ehe_visit"])
def test_f7_a_child_may_skip_every_question(form_id: str) -> None:
    """F7: stern, lecturing tone: what is needed of a child can always be “did not want to say”."""
    way_out_itself = {"words_not_said", "language"}
    definition = form(form_id)
    asked = {f.question_id for f in findings(definition, {"offer_decision": "yes"}) if f.kind == "missing"}
    for question in definition.questions():
        ways_out = {option.code for option in question.options} & {"not_said", "not_asked", "none_said", "not_shown"}
        if question.voice == "child" and question.id in asked - way_out_itself and not question.is_group:
            assert ways_out or question.none_allowed, question.id


def test_f7_the_childs_pages_have_welcoming_prompts() -> None:
    """F7: open prompts on demand, none of which asks why."""
    prompts = [text for q in form("return_home_interview").questions() if q.voice == "child" for text in q.ways_to_ask]

    assert len(prompts) >= 20
    assert not [text for text in prompts if text.lower().startswith("why")]
    assert "calm welcome" in form("find_me_plan").question("welcome_back").hint


def test_f8_a_plan_is_this_childs_owned_and_fresh() -> None:
    """F8: generic, stale, unfound, unowned: owners, what changed, review when missing again, for any child."""
    steps = {"steps": [{"id": "s", "after": "1 hour", "what": "Ring Sam"}]}
    unowned = [f for f in found("find_me_plan", steps) if f.question_id == "steps" and f.column_id == "who"]

    assert [f.blocks_signing for f in unowned] == [True]
    assert naming("F8", "find_me_plan", {}, plan_version=2)
    assert not naming("F8", "find_me_plan", {}, plan_version=1)
    assert naming("F8", "find_me_plan", {"next_review": "2026-03-26"})
    assert naming("F8", "find_me_plan", {"copy_log": [{"id": "c", "to": "x", "old_recalled": False}]})
    assert shown(form("find_me_plan"), {"legal_status": "cin"}) == shown(form("find_me_plan"), {"legal_status": "lac"})


def test_f9_overdue_actions_reach_supervision() -> None:
    """F9: managers could not see gaps."""
    late = {"actions": [{"what": "Ring nan", "who": "Sam", "by_when": "2026-03-20"}]}
    done = {"actions": [{"what": "Ring nan", "who": "Sam", "by_when": "2026-03-20", "status": "done"}]}
    [gap] = overdue_actions({"a": late, "b": done}, day("2026-03-27"))

    assert (gap.record_id, gap.days_over, gap.who) == ("a", 7, "Sam")
    assert naming("F9", "action", {"what": "Ring nan", "who": "Sam", "by_when": "2026-03-20"})


def test_f10_the_reviewing_officer_and_the_chair_are_told() -> None:
    """F10: untold; a task each, and a read receipt."""
    assert [must_be_told(status) for status in ("lac", "cpp", "cin")] == [("iro",), ("cp_chair",), ()]
    assert naming("F10", "missing_episode", {"care_status": "lac"})
    assert not naming("F10", "missing_episode", {"care_status": "lac", "told_iro": "2026-03-25T09:00:00+00:00"})
    assert "told_iro_read" in shown(
        form("missing_episode"), {"care_status": "cpp", "told_iro": "2026-03-25T09:00:00+00:00"}
    )


def test_f11_both_councils_stand_on_the_episode_and_new_carers_get_the_plan() -> None:
    """F11: cross-boundary confusion."""
    missing = {f.question_id for f in found("missing_episode", {"other_la": True}) if f.kind == "missing"}

    assert "responsible_la" in missing
    assert naming("F11", "missing_episode", {"other_la": True})
    assert naming("F11", "child", {"care_status": "lac", "placement_moved_on": "2026-03-20"})
    assert not naming("F11", "child", {"care_status": "lac", "placement_moved_on": "2025-11-04"})


def test_f12_one_child_one_episode_and_a_list_to_reconcile_with_police() -> None:
    """F12: sibling duplicates, unreliable counts."""
    wren = Started(RecordId("e1"), child_named("wren"), at("2026-03-24T22:20"), at("2026-03-25T21:40"), "SYP1")
    again = Started(RecordId("e2"), child_named("wren"), at("2026-03-25T10:00"), at("2026-03-25T21:40"), "SYP2")
    same = Started(RecordId("e3"), child_named("wren"), at("2026-03-27T10:00"), None, "SYP1")
    sibling = Started(RecordId("e4"), child_named("robin"), at("2026-03-24T22:20"), at("2026-03-25T21:40"), "SYP1")

    assert set(possible_doubles([wren, again, same, sibling])) == {("e1", "e2"), ("e1", "e3")}
    waiting = Episodes(
        Recorded(e.record_id, (e.child_id,), None, e.police_ref, e.began, e.ended) for e in (wren, sibling)
    )
    line = PoliceLine("syp1", "Robin", None, "2026-03-24T22:50:00+00:00", None, "")
    assert [one.episode_id for one in waiting.like(line)] == ["e4"], "one reference, and another child"
    assert waiting.like(PoliceLine("", "Milo", None, "2026-03-24T22:50:00+00:00", None, "")) == ()


def test_f13_reasons_are_counted_by_theme_and_voice() -> None:
    """F13: views not collated. The window and the verb: `tests/desktop/flows/collated`."""
    one = {
        "push_factors": [{"code": "bored", "said_by": ["child_said"]}, {"code": "grief", "said_by": ["worker_view"]}]
    }
    two = {"push_factors": [{"code": "bored", "said_by": ["worker_view"]}]}
    told = [
        Told(RecordId(str(place)), child_named("kit"), date(2026, 3, 1), answers)
        for place, answers in enumerate((one, two, {}))
    ]

    found = reasons(told, "push_factors")

    assert [(reason.code, reason.count) for reason in found] == [("bored", 2), ("grief", 1)]
    assert [reason.said_by("child_said") for reason in found] == [1, 0]


def test_f14_an_action_says_what_who_and_when() -> None:
    """F14: description without action."""
    vague = {"what": "Continue to monitor", "who": "All", "by_when": "2026-04-03", "worker_ink": None}
    sharp = {"what": "Ring Wren’s nan about Fridays", "who": "Sam Tindle", "by_when": "2026-04-03"}
    bare = {**COMPLETE, "actions": [{"id": "a", "what": "Review"}]}

    assert len(naming("F14", "action", vague)) == 2
    assert found("action", sharp) == ()
    assert {f.column_id for f in found("return_home_interview", bare)} == {"who", "by_when"}
    assert naming("F14", "return_home_interview", {**COMPLETE, "actions": []})
    assert overdue_actions({"a": {"actions": [{"what": "x"}]}}, day("2026-03-27"))[0].finding.startswith("F14")


def test_f15_possible_trafficking_is_asked_about_and_flagged() -> None:
    """F15: trafficked children overlooked."""
    assert naming("F15", "return_home_interview", {**COMPLETE, "exploitation": ["possibly_trafficked"]})
    assert naming("F15", "return_home_interview", {**COMPLETE, "forced_or_lured": "unsure"})
    assert naming("F15", "mash_referral", {"risks": ["trafficking"]})
    assert form("child").question("trafficking").source.startswith("F15")


@pytest.mark.parametrize("word", ["streetwise", "Streetwise", "choice", "absconded", "lifestyle choice"])
def test_f16_blaming_words_are_pointed_out_in_the_workers_own_writing(word: str) -> None:
    """F16: a prompt, never a block."""
    answers = {**COMPLETE, "analysis": f"I think Wren is {word}, and that is all."}
    prompts = naming("F16", "return_home_interview", answers)

    assert prompts
    assert all((prompt.kind, prompt.blocks_signing) == ("wording", False) for prompt in prompts)


def test_f16_the_childs_words_are_exempt() -> None:
    """F16: in the child’s own answers, in quotation marks, and inside longer words."""
    child = {**COMPLETE, "before": "They said I absconded. It was my choice."}
    quoted = {**COMPLETE, "analysis": "Wren says “I am streetwise”. Choices-based work fits; a multichoice sheet too."}

    assert not naming("F16", "return_home_interview", child)
    assert not [f for f in naming("F16", "return_home_interview", quoted) if "streetwise" in f.text]


def test_nobody_else_reads_what_the_child_did_not_share() -> None:
    """F13’s counting and F3’s one timeline never widen who sees the words."""
    rule = copy_for(form("return_home_interview"), COMPLETE, "school", CONTEXT)

    assert not rule.allowed


def test_the_name_of_a_record_is_by_londons_day() -> None:
    """A quarter past midnight in summer is the new day, whatever UTC says."""
    late = datetime.fromisoformat("2026-06-30T23:15:00+00:00")

    assert record_name(form("action"), {}, late) == "Action, 1 July 2026"
