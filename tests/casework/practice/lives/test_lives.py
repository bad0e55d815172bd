"""Domain B: states and transitions, guards with reasons, and who may make each."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.practice.lives import LIVES, life_of, moves_from
from casework.practice.lives.states import Beside, covers, episode_state, interview_state, is_settled, latest_reply
from casework.practice.roles import Role
from tests.casework.practice.lives.asked import refusal

ADVOCATE = "missing_advocate"
STATES = {
    "missing_episode": "reported missing found follow_up closed entered_in_error duplicate",
    "prevention_interview": "not_received received shared",
    "return_home_interview": "to_offer offered accepted arranged in_progress completed checked shared closed "
    "not_appropriate no_reply declined refused overtaken",
    "find_me_plan": "draft agreed review_due superseded ended",
    "safe_well_visit": "requested assigned attempted seen not_seen escalated reported closed",
    "ehe_case": "enquiry pending not_ehe cooling_off current returned_school referred_cme transferred_la y11_leaver",
    "cme_referral": "checklist submitted logged enquiries located exhausted closed",
    "cme_received": "checklist received answered",
    "cme_case": "not_logged open enquiries located exhausted told closed",
    "school_roll": "on_roll removal_authorised deregistration_letter_sent",
    "strategy_meeting": "triggered held not_held actions closed",
    "need_to_know": "triggered sent read updated stood_down",
    "mash_referral": "draft sent acknowledged outcome",
    "action": "open overdue done dropped",
}


@pytest.mark.parametrize("form_id", sorted(STATES))
def test_every_state_of_the_domain_is_there(form_id: str) -> None:
    """No more and no fewer than domain B says."""
    assert set(life_of(form_id).states) == set(STATES[form_id].split())


@pytest.mark.parametrize("form_id", sorted(LIVES))
def test_every_state_can_be_reached_and_left_unless_it_is_an_end(form_id: str) -> None:
    """From the first state, along moves whose names are real."""
    life = life_of(form_id)
    reached, waiting = {life.first}, [life.first]
    while waiting:
        for step in moves_from(form_id, waiting.pop()):
            if step.after not in reached:
                reached.add(step.after)
                waiting.append(step.after)

    assert reached == set(life.states)
    assert {state for state in life.states if not list(moves_from(form_id, state))} <= set(life.ends)
    assert all(set(step.before) <= set(life.states) and step.who <= set(Role) for step in life.moves)


def facts_for(form_id: str, state: str, to: str) -> dict[str, Any]:
    """Facts that satisfy every guard of a step."""
    guards = [guard for step in moves_from(form_id, state) if step.after == to for guard in step.guards]
    return {guard.fact: guard.is_[0] if guard.is_ else "known" for guard in guards}


@given(st.data())
def test_a_step_is_taken_exactly_when_it_exists_and_its_guards_hold(data: st.DataObject) -> None:
    """Anything else is refused with a sentence."""
    form_id = data.draw(st.sampled_from(sorted(LIVES)))
    life = life_of(form_id)
    state, to = data.draw(st.sampled_from(life.states)), data.draw(st.sampled_from(life.states))
    steps = [step for step in moves_from(form_id, state) if step.after == to]
    role = data.draw(st.sampled_from(sorted(steps[0].who))) if steps and steps[0].who else ADVOCATE

    if not steps:
        assert "cannot become" in refusal(form_id, state, to, role, {})
        return
    assert refusal(form_id, state, to, role, facts_for(form_id, state, to)) == ""
    for step in steps:
        for guard in step.guards:
            without = {k: v for k, v in facts_for(form_id, state, to).items() if k != guard.fact}
            assert len(steps) > 1 or refusal(form_id, state, to, role, without) == guard.say


def test_the_wrong_role_is_refused_with_who_may() -> None:
    """Only a manager checks an interview; only an authorised enforcement user serves a section 437 notice."""
    checked = refusal("return_home_interview", "completed", "checked", ADVOCATE, {"approved": True})
    asked = {"s436a_asked_on": "x", "served_on": "y"}
    served = refusal("section_437", "informal_enquiry", "notice_served", "ehe_officer", asked)

    assert "Only these can do this: missing manager" in checked
    assert "attendance lead" in served


def test_section_437_comes_after_an_informal_enquiry() -> None:
    """S436A first, then a notice, then, if expedient, an order."""
    lead, begun = "attendance_lead", "informal_enquiry"

    assert "436A" in refusal("section_437", begun, "notice_served", lead, {"served_on": "2026-05-06"})
    assert "cannot become attendance order" in refusal("section_437", begun, "attendance_order", lead, {})


def test_an_interview_with_danger_unsettled_does_not_close() -> None:
    """D14: an escalation comes first."""
    facts = {"danger_settled": False}

    assert "who was told" in refusal("return_home_interview", "shared", "closed", ADVOCATE, facts)


@pytest.mark.parametrize("outcome", ["declined", "refused", "no_reply", "not_appropriate", "overtaken"])
def test_refusal_and_silence_are_ordinary_outcomes(outcome: str) -> None:
    """Each is an end of its own, and can be closed."""
    assert outcome in life_of("return_home_interview").ends
    assert refusal("return_home_interview", outcome, "closed", ADVOCATE, {"danger_settled": True}) == ""


def test_after_a_no_there_can_be_a_new_offer() -> None:
    """S4 ¶45."""
    assert refusal("return_home_interview", "declined", "offered", ADVOCATE, {"offers": [{}]}) == ""


def test_a_family_that_prefers_to_write_is_served_as_well() -> None:
    """A visit that was not wanted ends in a judgement as any other."""
    facts = {"report_received": "2026-03-26"}

    assert refusal("ehe_visit", "prefers_other_way", "done", "ehe_officer", facts) == ""
    assert refusal("ehe_visit", "declined", "judged", "ehe_officer", {"suitability": "x", "signed": True}) == ""


def offer(reply: str, when: str = "2026-03-26T10:00:00+00:00") -> dict[str, Any]:
    return {"offer_decision": "yes", "offers": [{"id": "o", "at": when, "reply": reply}]}


@pytest.mark.parametrize(
    ("answers", "beside", "state"),
    [
        ({}, Beside(), "to_offer"),
        ({"offer_decision": "yes", "offers": [{"id": "o"}]}, Beside(), "offered"),
        ({"offer_decision": "not_applicable"}, Beside(signed=True), "not_appropriate"),
        (offer("no_reply"), Beside(), "no_reply"),
        (offer("declined"), Beside(signed=True), "declined"),
        (offer("missing_again"), Beside(), "overtaken"),
        (offer("accepted"), Beside(), "accepted"),
        (offer("wants_later"), Beside(arranged=True), "arranged"),
        (offer("accepted"), Beside(overtaken=True), "overtaken"),
        ({**offer("accepted"), "started_at": "x"}, Beside(), "in_progress"),
        ({**offer("accepted"), "started_at": "x"}, Beside(signed=True), "completed"),
        ({**offer("accepted"), "started_at": "x"}, Beside(signed=True, checked=True), "checked"),
        ({**offer("accepted"), "started_at": "x", "manager_check": "approved"}, Beside(signed=True), "completed"),
        ({**offer("accepted"), "started_at": "x"}, Beside(signed=True, shared=True), "shared"),
        ({**offer("accepted"), "went_ahead": "changed_mind"}, Beside(signed=True), "refused"),
        (offer("accepted"), Beside(closed=True), "closed"),
    ],
)
def test_the_state_of_an_interview_is_read_from_its_answers(
    answers: dict[str, Any], beside: Beside, state: str
) -> None:
    """Nobody types a state."""
    assert interview_state(answers, beside) == state
    assert state in life_of("return_home_interview").states


def test_the_latest_reply_decides_whatever_the_order_of_rows() -> None:
    """By the time of the offer."""
    early, late = offer("declined")["offers"][0], offer("accepted", "2026-03-27T10:00:00+00:00")["offers"][0]

    assert latest_reply({"offers": [late, early]}) == latest_reply({"offers": [early, late]}) == "accepted"
    assert latest_reply({}) == ""


def test_clocks_stop_for_a_decline_and_run_while_there_is_no_reply() -> None:
    """A decline is an outcome; silence is not yet one."""
    assert is_settled("declined")
    assert not is_settled("no_reply")


def test_a_next_episode_always_brings_a_new_offer() -> None:
    """However many were declined; and one interview may cover two episodes (S4 ¶45)."""
    declined = {"episode_id": "e1", **offer("declined")}
    both = {"episode_id": "e2", "also_covers": [{"id": "r", "also_episode_id": "e3"}]}

    assert covers(declined, "e1")
    assert not covers(declined, "e2")
    assert covers(both, "e2")
    assert covers(both, "e3")


def test_the_state_of_an_episode() -> None:
    """Errors and duplicates keep their own ends."""
    assert episode_state({}) == "reported"
    assert episode_state({"last_seen_at": "x"}) == "missing"
    assert episode_state({"found_at": {"none": "not_known"}}) == "found"
    assert episode_state({"found_at": "x"}, interview_settled=True) == "follow_up"
    assert episode_state({"found_at": "x"}, closed=True) == "closed"
    assert episode_state({"found_at": "x", "outcome": "duplicate"}, closed=True) == "duplicate"
