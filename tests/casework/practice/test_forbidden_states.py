"""Each state that a life forbids, with the sentence that says what is missing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from casework.dates_in_words import LONDON
from casework.forms import Context, Definition, Filled, Finding
from casework.practice.forbidden_states import BORN, OTHER_OPEN, is_open, life_findings
from casework.practice.lives import life_of
from tests.casework.forms.real import catalogue, form

NOW = datetime(2026, 3, 27, 14, 32, tzinfo=LONDON)
SCHOOL = {"on": "2026-03-20", "who": "Ms Oduya"}
CHECKED: dict[str, Any] = {
    **{step: [SCHOOL] for step in ("numbers_rung", "peers_asked", "sibling_schools", "wellbeing_checked")},
    "home_visited": True,
    "submitted_on": "2026-03-20",
}
LOGGED: dict[str, Any] = {**CHECKED, "logged_on": "2026-03-21", "enquiries": [{"on": "2026-03-23", "of": "family"}]}
IN_CASE: dict[str, Any] = {name: LOGGED[name] for name in ("submitted_on", "logged_on", "enquiries")}
FOUND: dict[str, Any] = {**LOGGED, "outcome": "found_ehe", "outcome_on": "2026-03-25"}
HOME: dict[str, Any] = {"stage": "current", "notified_on": "2026-03-02", "ehe_start": "2026-03-16"}
COOLED: dict[str, Any] = {**HOME, "cooling_off_from": "2026-03-03"}
ROLL: dict[str, Any] = {"removal_ground": "left_uk", "authorised_on": "2026-03-26", "authorised_by": "Julie Friend"}


NOT_COME: dict[str, Any] = {**CHECKED, "referral_ground": "did_not_start"}
TEAM: dict[str, Any] = {"team_asked_on": "2026-03-20", "team_answered_on": "2026-03-21", "team_found": "not_found"}
REMOVED: dict[str, Any] = {**LOGGED, **ROLL, "letter_sent_on": "2026-03-26", "removed_on": "2026-03-26"}
TRACKED: list[dict[str, Any]] = [{"on": "2026-03-27", "how": "Rang the grandmother.", "by": "Julie Friend"}]


def steps(*taken: tuple[str, str], by: str = "Helen Marchbanks") -> list[dict[str, Any]]:
    return [{"step": step, "on": on, "decided_by": by, "why": "No education was seen."} for step, on in taken]


NOTICE: dict[str, Any] = {
    **COOLED,
    "s436a_asked_on": "2026-01-05",
    "s437_served_on": "2026-02-02",
    "s437_last_day": "2026-02-16",
}
CONSIDERED, PROPOSED, MADE = ("considered", "2026-02-17"), ("proposed", "2026-02-18"), ("made", "2026-03-05")
COURT, DECIDED = ("proceedings", "2026-03-10"), ("court_outcome", "2026-03-24")
CASES: list[tuple[str, dict[str, Any], str]] = [
    ("cme_referral", {"submitted_on": "2026-03-20"}, "Complete the school’s checklist"),
    ("cme_referral", {**CHECKED, "home_visited": False}, "A home visit comes before the referral"),
    ("cme_referral", {**CHECKED, "outcome": "found_ehe"}, "Log the referral before its outcome"),
    ("cme_referral", {**FOUND, "outcome_on": "2026-03-18"}, "The outcome is before the case was opened"),
    ("cme_referral", {**FOUND, "told_referrer_on": "2026-03-24"}, "told before the outcome was known"),
    (
        "cme_referral",
        {**LOGGED, "outcome": "enquiries_exhausted", "outcome_on": "2026-03-25"},
        "Write who decided this",
    ),
    ("cme_referral", {**LOGGED, **ROLL, "removal_ground": None}, "Say on what ground the name may be removed"),
    ("cme_referral", {**LOGGED, **ROLL, "enquiries": []}, "Record the checks that were made before the name goes"),
    ("cme_referral", {**LOGGED, **ROLL, "authorised_by": ""}, "Write who authorised it"),
    ("cme_referral", {**NOT_COME, "logged_on": "2026-03-21"}, "Early Help’s team of the locality looks first"),
    (
        "cme_referral",
        {**NOT_COME, "team_asked_on": "2026-03-20", "logged_on": "2026-03-21"},
        "Record when the team answered",
    ),
    ("cme_referral", {**NOT_COME, **TEAM, "logged_on": "2026-03-20"}, "The team is asked, then answers"),
    ("cme_referral", {**LOGGED, "start_on": "2026-04-20"}, "A start day is agreed at the admission meeting"),
    ("cme_referral", {**LOGGED, "admission_met_on": "2026-04-02", "on_roll_on": "2026-04-20"}, "Enter the start day"),
    (
        "cme_referral",
        {**LOGGED, "admission_met_on": "2026-04-02", "start_on": "2026-04-20", "on_roll_on": "2026-04-10"},
        "The name goes on the roll on the agreed start day",
    ),
    ("cme_referral", {**LOGGED, "tracked": TRACKED}, "The name is still on the roll"),
    (
        "cme_referral",
        {**REMOVED, "removed_on": "2026-03-28", "tracked": TRACKED},
        "before the day the name left the roll",
    ),
    ("cme_referral", {**REMOVED, "tracking_end": "on_roll"}, "Record what was done to track the child"),
    (
        "cme_referral",
        {**REMOVED, "tracked": TRACKED, "tracking_end": "on_roll", "tracking_ended_on": "2026-03-26"},
        "Enter the day tracking ended, after the last step",
    ),
    ("ehe_case", {"stage": "pending"}, "Enter when the family or school told us"),
    ("ehe_case", HOME, "The five days of cooling-off have not run"),
    ("ehe_case", {**COOLED, "cooling_off_from": "2026-03-14"}, "The five days of cooling-off have not run"),
    ("ehe_case", {**COOLED, "stage": "y11_leaver"}, "The child is still of compulsory school age"),
    ("ehe_case", {**COOLED, "stage": "returned_school"}, "Name the school"),
    ("ehe_case", {**COOLED, "stage": "transferred_la"}, "Name the other council"),
    ("ehe_case", {**COOLED, "stage": "referred_cme"}, "Make the CME referral first"),
    ("ehe_case", {"stage": "not_ehe"}, "Write the reason; it is kept"),
    ("ehe_case", {**NOTICE, "s436a_asked_on": None}, "Ask the family informally first"),
    (
        "ehe_case",
        {**NOTICE, "enforcement": steps(("considered", "2026-02-16"))},
        "The notice had not run out on the day on which an order was considered",
    ),
    ("ehe_case", {**NOTICE, "enforcement": steps(MADE)}, "Record first that a school attendance order was considered"),
    ("ehe_case", {**NOTICE, "enforcement": steps(CONSIDERED, MADE)}, "Record first that an order was proposed"),
    (
        "ehe_case",
        {**NOTICE, "enforcement": steps(CONSIDERED, PROPOSED, ("made", "2026-03-04"))},
        "The family has fifteen days, from the day of the proposal, to choose another school",
    ),
    (
        "ehe_case",
        {**NOTICE, "enforcement": steps(CONSIDERED, PROPOSED, COURT)},
        "Record first that the order was made",
    ),
    (
        "ehe_case",
        {**NOTICE, "enforcement": steps(CONSIDERED, PROPOSED, MADE, DECIDED)},
        "Record first on which day court proceedings began",
    ),
    (
        "ehe_case",
        {**NOTICE, "enforcement": steps(CONSIDERED, PROPOSED, MADE, ("proceedings", "2026-03-04"))},
        "The steps of enforcement are not in the order of their days",
    ),
    ("ehe_case", {**NOTICE, "enforcement": steps(CONSIDERED, by="")}, "Write who decided each step of enforcement"),
    (
        "ehe_case",
        {**NOTICE, "enforcement": [{"step": "stopped", "on": "2026-02-10", "decided_by": "Helen Marchbanks"}]},
        "Write why enforcement stops",
    ),
]
ALLOWED: list[tuple[str, dict[str, Any]]] = [
    ("cme_referral", {}),
    ("cme_referral", CHECKED),
    ("cme_referral", {"referrer": "housing", "submitted_on": "2026-03-20", "logged_on": "2026-03-20"}),
    ("cme_referral", LOGGED),
    ("cme_referral", {**FOUND, "told_referrer_on": "2026-03-25"}),
    ("cme_referral", {**LOGGED, **ROLL}),
    ("cme_referral", NOT_COME),
    ("cme_referral", {**NOT_COME, **TEAM, "logged_on": "2026-03-21"}),
    (
        "cme_referral",
        {**LOGGED, "admission_met_on": "2026-04-02", "start_on": "2026-04-20", "on_roll_on": "2026-04-20"},
    ),
    ("cme_referral", {**REMOVED, "tracked": TRACKED}),
    (
        "cme_referral",
        {**REMOVED, "tracked": TRACKED, "tracking_end": "on_roll", "tracking_ended_on": "2026-03-27"},
    ),
    ("ehe_case", {}),
    ("ehe_case", COOLED),
    ("ehe_case", {**HOME, "no_cooling_off": "never_on_roll"}),
    ("ehe_case", {"stage": "not_ehe", "end_reason": "The child stays at school."}),
    ("ehe_case", {**COOLED, "stage": "returned_school", "end_school": "Weir Primary"}),
    ("ehe_case", NOTICE),
    ("ehe_case", {**NOTICE, "enforcement": steps(CONSIDERED, PROPOSED, MADE, COURT, DECIDED)}),
    ("ehe_case", {**NOTICE, "enforcement": steps(("stopped", "2026-02-10"))}),
    ("ehe_case", {**NOTICE, "enforcement": steps(CONSIDERED, ("stopped", "2026-02-20"))}),
]


def said(form_id: str, answers: dict[str, Any], born: str = "2014-02-11", **facts: Any) -> list[str]:
    given = {name: value for name, value in answers.items() if value is not None}
    context = Context(NOW, {BORN: born, "child_age": 12, **facts}, "Wren")
    return [found.text for found in life_findings(Filled(shape(form_id), given, context))]


def shape(form_id: str) -> Definition:
    """A referral that keeps its case is of version 5 of the form, at the newest."""
    return catalogue().form(form_id, 5) if form_id == "cme_referral" else form(form_id)


@pytest.mark.parametrize(("form_id", "answers", "says"), CASES)
def test_what_a_life_forbids_is_said_with_what_is_missing(form_id: str, answers: dict[str, Any], says: str) -> None:
    assert any(says in text for text in said(form_id, answers)), said(form_id, answers)


@pytest.mark.parametrize(("form_id", "answers"), ALLOWED)
def test_what_a_life_allows_is_not_remarked_on(form_id: str, answers: dict[str, Any]) -> None:
    assert said(form_id, answers) == []


NEW_SHAPE = [
    *((answers, says) for form_id, answers, says in CASES if form_id == "cme_referral" and "logged_on" in answers),
    ({**FOUND, "logged_on": None}, "Log the referral before its outcome"),
    ({**FOUND, "closed_on": "2026-03-26"}, "Tell whoever referred the outcome first"),
    ({**FOUND, "told_referrer_on": "2026-03-26", "closed_on": "2026-03-24"}, "closed before its outcome was known"),
    ({**LOGGED, "told_referrer_on": "2026-03-26"}, "Choose the outcome code"),
    ({**LOGGED, "closed_on": "2026-03-26"}, "Choose the outcome code"),
]


@pytest.mark.parametrize(("answers", "says"), NEW_SHAPE)
def test_the_case_forbids_what_the_referral_did_and_to_close_untold(answers: dict[str, Any], says: str) -> None:
    assert any(says in text for text in said("cme_case", answers)), said("cme_case", answers)


@pytest.mark.parametrize("answers", [answers for form_id, answers in ALLOWED if form_id == "cme_referral"])
def test_the_case_allows_what_the_referral_did(answers: dict[str, Any]) -> None:
    assert said("cme_case", answers) == []


def test_what_arrived_needs_its_checklist_and_no_more() -> None:
    """Sent by a school; a child outside the age, or one with an open case, is no reason not to take it in."""

    def of(answers: dict[str, Any]) -> list[str]:
        context = Context(NOW, {BORN: "2023-01-01", OTHER_OPEN: "abc"}, "Wren")
        return [found.text for found in life_findings(Filled(form("cme_referral"), answers, context))]

    assert any("Complete the school’s checklist" in text for text in of({"submitted_on": "2026-03-20"}))
    assert of({"referrer": "police", "submitted_on": "2026-03-20"}) == []
    assert of(CHECKED) == []
    assert not is_open("cme_referral", CHECKED, 6)
    assert is_open("cme_referral", CHECKED, 5)
    assert is_open("cme_case", CHECKED, 1)


@pytest.mark.parametrize("born", ["2023-01-01", "2009-01-01"])
def test_a_child_outside_compulsory_age_needs_a_reason(born: str) -> None:
    """Too young, and too old: the age counts on the day it was heard of."""
    says = "The child is outside compulsory school age. Say why there is a case all the same."

    assert says in said("cme_referral", CHECKED, born)
    assert says in said("ehe_case", COOLED, born)
    assert said("cme_referral", {**CHECKED, "out_of_age_why": "Expected in Reception."}, born) == []
    assert says in said("cme_case", LOGGED, born)
    assert said("cme_case", {**LOGGED, "out_of_age_why": "Expected in Reception."}, born) == []


def test_a_leaver_of_year_eleven_was_of_age_when_it_began() -> None:
    """Born in January 2010, the age ends on 26 June 2026."""
    ended = {**COOLED, "stage": "y11_leaver"}

    assert said("ehe_case", {**ended, "ended_on": "2026-06-26"}, "2010-01-20") == []
    assert said("ehe_case", {**ended, "ended_on": "2026-06-25"}, "2010-01-20") != []


def test_a_second_case_that_goes_on_is_said_on_both_and_an_ended_one_on_none() -> None:
    says = "There is an open case for Wren already. Go on with that one, or end it first."

    assert says in said("cme_referral", LOGGED, **{OTHER_OPEN: "abc"})
    assert said("cme_referral", {**FOUND, "told_referrer_on": "2026-03-25"}, **{OTHER_OPEN: "abc"}) == []
    assert is_open("ehe_case", {"stage": "current"})
    assert not is_open("ehe_case", {"stage": "not_ehe"})


def test_every_finding_stands_at_a_question_of_its_form() -> None:
    """And every guard of these lives is among what is tried here, but for those a form makes impossible to miss."""
    tried = {text for form_id, answers, _ in CASES for text in said(form_id, answers)}

    assert len(tried) >= 33


def test_four_grounds_of_a_referral_and_five_deletions_are_codes() -> None:
    """S2 §7 and §19; the decision and the referral name the same."""
    referral, decision = form("cme_case"), form("roll_decision")
    grounds = [option.code for option in referral.question("referral_ground").options]
    deletions = [option.code for option in referral.question("deletion").options]

    assert grounds == ["absent_unexplained", "did_not_start", "not_back_from_holiday", "left_no_destination"]
    assert deletions == [
        "ceased_to_attend", "educated_outside_school", "medical_certified", "in_custody", "permanently_excluded",
    ]  # fmt: skip
    assert referral.question("deletion").options == decision.question("deletion").options
    assert referral.question("removal_ground").options == decision.question("removal_ground").options


def test_a_checklist_is_asked_of_a_school_only() -> None:
    police = Filled(form("cme_referral"), {"referrer": "police"}, Context(NOW))

    assert "numbers_rung" not in police.shown
    assert "submitted_on" in police.shown
    assert "numbers_rung" in Filled(form("cme_referral"), {"referrer": "school"}, Context(NOW)).shown


@pytest.mark.parametrize(("form_id", "version"), [("ehe_case", 1), ("cme_referral", 2), ("cme_referral", 1)])
def test_a_record_of_before_stays_as_it_is(form_id: str, version: int) -> None:
    old = catalogue().form(form_id, version)
    answers: dict[str, Any] = {"stage": "current", "outcome": "found_ehe"}

    assert life_findings(Filled(old, answers, Context(NOW, {BORN: "2014-02-11"}, "Wren"))) == ()


AWAY: dict[str, Any] = {"last_seen_at": "2026-03-20T10:00:00+00:00"}
FORBIDDEN: list[tuple[str, dict[str, Any], str, str]] = [
    ("missing_episode", {**AWAY, "outcome": "entered_in_error"}, "Write the reason; it is kept", "outcome_why"),
    ("missing_episode", {**AWAY, "outcome": "duplicate", "outcome_why": "Twice"}, "same as", "duplicate_of"),
    ("strategy_meeting", {"held": False, "not_held_why": "Back"}, "Name the manager", "not_held_manager"),
    ("strategy_meeting", {"held": True, "held_at": "2026-03-20T10:00:00+00:00"}, "Invite", "missing_worker_invited"),
    ("need_to_know", {"stood_down_at": "2026-03-21T10:00:00+00:00"}, "Write the reason", "stood_down_why"),
    ("action", {"status": "dropped"}, "Write the reason", "dropped_why"),
    ("action", {"status": "overdue", "by_when": "2026-04-20"}, "not due yet", "by_when"),
    ("action", {"status": "done"}, "the day it was done", "done_on"),
    ("mash_referral", {"outcome": "early_help"}, "Enter when it was sent", "sent_at"),
    ("find_me_plan", {"steps": [{"id": "s", "what": "Ring"}]}, "Give every step someone", "steps"),
    (
        "return_home_interview",
        {"offers": [{"id": "o", "reply": "accepted"}], "started_at": AWAY["last_seen_at"], "immediate_danger": "yes"},
        "may be in danger",
        "escalations",
    ),
]
OPEN: list[tuple[str, dict[str, Any]]] = [
    ("missing_episode", {**AWAY, "found_at": "2026-03-21T10:00:00+00:00", "outcome": "real"}),
    ("need_to_know", {"stood_down_at": "2026-03-21T10:00:00+00:00", "stood_down_why": "Found at his aunt’s"}),
    ("mash_referral", {"sent_at": "2026-03-21T10:00:00+00:00"}),
    ("action", {"status": "overdue", "by_when": "2026-03-20"}),
    ("strategy_meeting", {}),
    ("find_me_plan", {"steps": [{"id": "s", "what": "Ring", "who": "Sam"}]}),
]


def at_signature(form_id: str, answers: dict[str, Any]) -> list[Finding]:
    return list(life_findings(Filled(form(form_id), answers, Context(NOW, {}, "Wren")), signing=True))


@pytest.mark.parametrize(("form_id", "answers", "text", "question"), FORBIDDEN)
def test_a_life_of_missing_forbids_it_at_the_question(
    form_id: str, answers: dict[str, Any], text: str, question: str
) -> None:
    found = at_signature(form_id, answers)

    assert any(one.question_id == question and text in one.text for one in found)


@pytest.mark.parametrize(("form_id", "answers"), OPEN)
def test_a_life_of_missing_lets_it_stand(form_id: str, answers: dict[str, Any]) -> None:
    """A signature is never asked for before it can be given; an alert nobody was sent may be stood down, with why."""
    assert at_signature(form_id, answers) == []


def test_what_is_written_over_days_is_judged_when_it_is_signed() -> None:
    """The word that a child is in danger is kept before anybody could have been told."""
    danger = {"started_at": "2026-03-21T10:00:00+00:00", "immediate_danger": "yes"}

    assert life_findings(Filled(form("return_home_interview"), danger, Context(NOW, {}, "Wren"))) == ()


@pytest.mark.parametrize("form_id", ["missing_episode", "strategy_meeting", "need_to_know", "action", "mash_referral"])
def test_every_guard_stands_at_a_question_of_its_form(form_id: str) -> None:
    """What cannot be put right on the page is asked of what stands beside the record, and not here."""
    beside = {"signed", "interview_settled"}
    guards = {guard for step in life_of(form_id).moves for guard in step.guards if guard.fact not in beside}

    assert [guard for guard in guards if (guard.at or guard.fact) not in form(form_id).by_id] == []
