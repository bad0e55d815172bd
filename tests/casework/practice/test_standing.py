"""Where any record stands, read from its answers, and why it may not move on."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.practice.lives import LIVES, life_of
from casework.practice.lives.states import Beside
from casework.practice.standing import facts_of, state_of
from tests.casework.forms.real import catalogue, form
from tests.casework.forms.test_answers import JSON
from tests.casework.forms.test_other_forms import NOT_SEEN, PLAN, VISIT, WRITTEN
from tests.casework.forms.test_return_home_interview import COMPLETE
from tests.casework.practice.council import day
from tests.casework.practice.lives.asked import refusal

TODAY = day("2026-03-27")
NEW, SIGNED = Beside(), Beside(signed=True)
STANDING = [
    ("prevention_interview", {}, NEW, "not_received"),
    ("prevention_interview", {"status": "received"}, NEW, "received"),
    ("prevention_interview", {"status": "received", "shared_with": [{"id": "s"}]}, NEW, "shared"),
    ("missing_episode", {"last_seen_at": "x"}, NEW, "missing"),
    ("find_me_plan", PLAN, NEW, "draft"),
    ("find_me_plan", PLAN, SIGNED, "agreed"),
    ("find_me_plan", PLAN, Beside(signed=True, due=True), "review_due"),
    ("find_me_plan", PLAN, Beside(signed=True, overtaken=True), "superseded"),
    ("find_me_plan", PLAN, Beside(signed=True, closed=True), "ended"),
    ("safe_well_visit", {}, NEW, "requested"),
    ("safe_well_visit", {}, Beside(arranged=True), "assigned"),
    ("safe_well_visit", {"attempts": [{"id": "a"}]}, NEW, "attempted"),
    ("safe_well_visit", NOT_SEEN, NEW, "not_seen"),
    ("safe_well_visit", {key: value for key, value in VISIT.items() if key != "told_requester_at"}, NEW, "seen"),
    ("safe_well_visit", {**NOT_SEEN, "escalations": [{"id": "e"}]}, NEW, "escalated"),
    ("safe_well_visit", VISIT, NEW, "reported"),
    ("safe_well_visit", VISIT, SIGNED, "closed"),
    ("ehe_visit", {}, NEW, "offered"),
    ("ehe_visit", {"offer_reply": "declined"}, NEW, "declined"),
    ("ehe_visit", WRITTEN, NEW, "done"),
    ("ehe_visit", WRITTEN, SIGNED, "judged"),
    ("ehe_visit", {**WRITTEN, "report_sent": "2026-03-27"}, SIGNED, "sent"),
    ("ehe_case", {}, NEW, "enquiry"),
    ("ehe_case", {"stage": "current"}, NEW, "current"),
    ("cme_referral", {}, NEW, "checklist"),
    ("cme_referral", {"submitted_on": "x"}, NEW, "submitted"),
    ("cme_referral", {"logged_on": "x"}, NEW, "logged"),
    ("cme_referral", {"logged_on": "x", "enquiries": [{"id": "e"}]}, NEW, "enquiries"),
    ("cme_referral", {"outcome": "found_ehe"}, NEW, "located"),
    ("cme_referral", {"outcome": "enquiries_exhausted"}, NEW, "exhausted"),
    ("cme_referral", {"outcome": "found_ehe", "told_referrer_on": "x"}, NEW, "closed"),
    ("cme_received", {}, NEW, "checklist"),
    ("cme_received", {"submitted_on": "x"}, NEW, "received"),
    ("cme_received", {"submitted_on": "x"}, Beside(closed=True), "answered"),
    ("cme_case", {}, NEW, "not_logged"),
    ("cme_case", {"logged_on": "x"}, NEW, "open"),
    ("cme_case", {"logged_on": "x", "enquiries": [{"id": "e"}]}, NEW, "enquiries"),
    ("cme_case", {"outcome": "found_ehe"}, NEW, "located"),
    ("cme_case", {"outcome": "enquiries_exhausted"}, NEW, "exhausted"),
    ("cme_case", {"outcome": "found_ehe", "told_referrer_on": "x"}, NEW, "told"),
    ("cme_case", {"outcome": "found_ehe", "told_referrer_on": "x", "closed_on": "x"}, NEW, "closed"),
    ("school_roll", {}, NEW, "on_roll"),
    ("school_roll", {"authorised_on": "x"}, NEW, "removal_authorised"),
    ("school_roll", {"letter_sent_on": "x"}, NEW, "deregistration_letter_sent"),
    ("section_437", {}, NEW, "informal_enquiry"),
    ("section_437", {"s437_served_on": "2026-03-02"}, NEW, "notice_served"),
    ("section_437", {"attendance_order_on": "2026-03-20"}, NEW, "attendance_order"),
    ("section_437", {"enforcement": [{"step": "made"}, {"step": "considered"}]}, NEW, "attendance_order"),
    ("section_437", {"enforcement": [{"step": "court_outcome"}]}, NEW, "court_decided"),
    ("section_437", {"enforcement": [{"step": "considered"}, {"step": "stopped"}]}, NEW, "ended"),
    ("locality_team", {"logged_on": "x"}, NEW, "nobody_asked"),
    ("locality_team", {"referral_ground": "did_not_start"}, NEW, "nobody_asked"),
    ("locality_team", {"referral_ground": "did_not_start", "team_asked_on": "x"}, NEW, "team_asked"),
    ("locality_team", {"referral_ground": "did_not_start", "team_answered_on": "x"}, NEW, "team_answered"),
    ("locality_team", {"referral_ground": "did_not_start", "logged_on": "x"}, NEW, "with_cme_officer"),
    ("new_school", {}, NEW, "no_start_day"),
    ("new_school", {"start_on": "x"}, NEW, "start_agreed"),
    ("new_school", {"on_roll_on": "x"}, NEW, "on_new_roll"),
    ("tracked_after_roll", {}, NEW, "on_roll"),
    ("tracked_after_roll", {"removed_on": "x"}, NEW, "off_roll"),
    ("tracked_after_roll", {"removed_on": "x", "tracked": [{"id": "t"}]}, NEW, "tracked"),
    ("tracked_after_roll", {"tracking_end": "on_roll"}, NEW, "tracking_ended"),
    ("strategy_meeting", {}, NEW, "triggered"),
    ("strategy_meeting", {"held": False}, NEW, "not_held"),
    ("strategy_meeting", {"held": True, "held_at": "x"}, NEW, "held"),
    ("strategy_meeting", {"held": True, "held_at": "x", "actions": [{"id": "a"}]}, NEW, "actions"),
    ("strategy_meeting", {}, Beside(closed=True), "closed"),
    ("need_to_know", {}, NEW, "triggered"),
    ("need_to_know", {"sent_to": [{"id": "s"}]}, NEW, "sent"),
    ("need_to_know", {"sent_to": [{"id": "s", "read_at": "x"}]}, NEW, "read"),
    ("need_to_know", {"sent_to": [{"id": "s"}], "updates": [{"id": "u"}]}, NEW, "updated"),
    ("need_to_know", {"stood_down_at": "x"}, NEW, "stood_down"),
    ("mash_referral", {}, NEW, "draft"),
    ("mash_referral", {"sent_at": "x"}, NEW, "sent"),
    ("mash_referral", {"sent_at": "x", "acknowledged_at": "x"}, NEW, "acknowledged"),
    ("mash_referral", {"outcome": "early_help"}, NEW, "outcome"),
    ("action", {}, NEW, "open"),
    ("action", {"status": "dropped"}, NEW, "dropped"),
    ("return_home_interview", COMPLETE, SIGNED, "completed"),
]


def may_become(form_id: str, to: str, role: str, answers: dict[str, Any], *, beside: Beside, today: date) -> str:
    return refusal(form_id, state_of(form_id, answers, beside), to, role, facts_of(answers, beside, today))


@pytest.mark.parametrize(("form_id", "answers", "beside", "state"), STANDING)
def test_where_a_record_stands(form_id: str, answers: dict[str, Any], beside: Beside, state: str) -> None:
    """Every state is one of the record's life."""
    assert state_of(form_id, answers, beside) == state
    assert state in life_of(form_id).states


@given(st.sampled_from(sorted(LIVES)), st.data())
def test_any_answers_at_all_have_a_state(form_id: str, data: st.DataObject) -> None:
    """No answers make a record stand nowhere, and no fact needed for a move fails."""
    definition = form(FORM_OF.get(form_id, form_id))
    answers = data.draw(st.dictionaries(st.sampled_from(sorted(set(definition.by_id) - {"stage"})), JSON, max_size=6))
    beside = Beside(*data.draw(st.tuples(*[st.booleans()] * 7)))

    assert state_of(form_id, answers, beside) in life_of(form_id).states
    assert facts_of(answers, beside, TODAY)["latest_reply"] in ("", *(o.code for o in form("child").lists["REPLY"]))


FORM_OF = {
    "section_437": "ehe_case",
    **dict.fromkeys(("school_roll", "locality_team", "new_school", "tracked_after_roll"), "cme_case"),
    "cme_received": "cme_referral",
}


@pytest.mark.parametrize("form_id", sorted(LIVES))
def test_every_guard_asks_about_something_that_can_be_known(form_id: str) -> None:
    """A question of the form, or a fact that follows from its answers."""
    asked = catalogue().form("cme_referral", 5) if form_id == "cme_referral" else form(FORM_OF.get(form_id, form_id))
    known = {*facts_of({}, NEW, TODAY), *asked.by_id}

    assert {guard.fact for step in life_of(form_id).moves for guard in step.guards} <= known


def test_the_stage_of_a_home_education_case_is_one_of_its_life() -> None:
    """Its options and its life are the same list."""
    stages = [option.code for option in form("ehe_case").question("stage").options]

    assert stages == list(life_of("ehe_case").states)


def test_a_plan_is_agreed_when_signed_twice_with_every_step_owned() -> None:
    """Each reason in turn."""
    unowned = {**PLAN, "steps": [{"id": "s", "what": "Ring"}]}
    facts = facts_of(PLAN, SIGNED, TODAY)

    assert facts["steps_owned"] is True
    assert (
        may_become("find_me_plan", "agreed", "allocated_worker", PLAN, beside=NEW, today=TODAY)
        == "Sign the record first."
    )
    assert facts_of(unowned, SIGNED, TODAY)["steps_owned"] is False


def test_an_interview_in_danger_is_not_shared_and_closed_in_silence() -> None:
    """The guard reads the answers themselves."""
    danger = {**COMPLETE, "immediate_danger": "yes"}
    shared = Beside(signed=True, shared=True)

    assert "who was told" in may_become(
        "return_home_interview", "closed", "missing_advocate", danger, beside=shared, today=TODAY
    )
    told = {**danger, "escalations": [{"id": "e", "to": "mash"}]}
    assert may_become("return_home_interview", "closed", "missing_advocate", told, beside=shared, today=TODAY) == ""


def test_a_commissioned_interview_waits_for_its_check() -> None:
    """S0: the team manager quality-checks it."""
    agency = {**COMPLETE, "interviewer_type": "commissioned_agency"}

    assert "manager’s check" in may_become(
        "return_home_interview", "shared", "missing_advocate", agency, beside=SIGNED, today=TODAY
    )
    assert may_become("return_home_interview", "shared", "missing_advocate", COMPLETE, beside=SIGNED, today=TODAY) == ""


def test_a_school_referral_is_sent_when_its_checklist_is_done() -> None:
    """S2: four steps and a home visit."""
    done = {step: [{"id": "1"}] for step in ("numbers_rung", "peers_asked", "sibling_schools", "wellbeing_checked")}

    assert "checklist" in may_become("cme_referral", "submitted", "cme_officer", {}, beside=NEW, today=TODAY)
    assert "home visit" in may_become("cme_referral", "submitted", "cme_officer", done, beside=NEW, today=TODAY)
    assert (
        may_become("cme_referral", "submitted", "cme_officer", {**done, "home_visited": True}, beside=NEW, today=TODAY)
        == ""
    )


def test_facts_about_time() -> None:
    """Past due the day after; a notice has run out the day after its last; compulsory age by the date of birth."""
    facts = facts_of({"by_when": "2026-03-26"}, NEW, TODAY, born=day("2009-01-01"))
    last = {"s437_last_day": "2026-03-27"}
    run_out = [
        facts_of({**last, "enforcement": [{"step": "considered", "on": f"2026-03-{on}"}]}, NEW, TODAY)
        for on in (27, 28)
    ]

    assert (facts["past_due"], facts["past_compulsory_age"]) == (True, True)
    assert [found["considered_after_notice"] for found in run_out] == [False, True]
    assert facts_of({}, NEW, TODAY)["past_compulsory_age"] is False
