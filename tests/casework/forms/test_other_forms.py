"""The other forms: each can be finished, each refusal is ordinary, each gap is seen."""

from __future__ import annotations

from typing import Any

import pytest

from casework.forms import Context, Finding, findings, progress, shown
from tests.casework.forms.real import catalogue, copy_for, form
from tests.casework.practice.council import at

NOW = at("2026-03-27T17:00")
TYPED = {"typed": "Helen Marchbanks"}
FILE = {"sha256": "a" * 64, "bytes": 10, "type": "image/jpeg", "name": "river.jpg"}

PLAN: dict[str, Any] = {
    "photo": [{"id": "p", "file": FILE, "taken_on": "2026-01-10"}],
    "names": "Wren Hollowby, born 9 June 2011, she",
    "looks": "About 5 foot 3, brown hair",
    "legal_status": "lac",
    "orders": {"none": "not_known"},
    "language": "English",
    "communication": "Text first, then a walk.",
    "normal_pattern": "Back by nine",
    "late_not_missing": "Half an hour",
    "missing_when": "After one hour",
    "risk_level": "medium",
    "risk_why": "An adult nobody knows",
    "vulnerabilities": ["cse"],
    "vulnerabilities_details": "An older man with a car",
    "child_view": {"none": "not_said"},
    "likely_places": [{"id": "l", "name": "Skate park"}],
    "associates_none": "none_known",
    "medicine_none": "none",
    "allergies_conditions": "Asthma",
    "steps": [{"id": "s", "after": "One hour", "who": "Sam Tindle", "what": "Ring Wren, then Nan"}],
    "call_police": "101 after an hour; 999 at once without her inhaler",
    "carer_role": "Ring round",
    "return_to": "Larkfield House",
    "welcome_back": "Hot chocolate, no telling off",
    "review_reason": ["new_plan"],
    "involved": [{"id": "i", "name": "Wren"}],
    "child_took_part": "yes",
    "next_review": "2026-06-20",
    "worker_ink": TYPED,
}
VISIT: dict[str, Any] = {
    "purpose": "cme_address_check",
    "requested_by": "CME officer",
    "requested_at": "2026-03-26T09:00:00+00:00",
    "linked_record": "c1",
    "address": "12 Tannery Row",
    "households": [{"id": "h", "name": "Otto"}],
    "lone_worker": {"none": "not_known"},
    "check_in_at": "2026-03-27T12:00:00+00:00",
    "attempts": [{"id": "a", "at": "2026-03-27T11:00:00+00:00", "who_went": "Priya", "result": "child_seen"}],
    "children_seen": [{"id": "c", "name": "Otto", "seen": True, "alone": True}],
    "health_injury": ["none"],
    "language": "English",
    "interpreter": "not_needed",
    "education_now": "none",
    "outcome": "seen_safe",
    "concern": "none",
    "immediate_danger": "no",
    "told_requester_at": "2026-03-27T16:00:00+00:00",
    "worker_ink": TYPED,
}
NOT_SEEN: dict[str, Any] = {
    **{
        key: VISIT[key]
        for key in (
            "purpose",
            "requested_by",
            "requested_at",
            "linked_record",
            "address",
            "households",
            "lone_worker",
            "check_in_at",
            "concern",
            "immediate_danger",
            "worker_ink",
        )
    },
    "attempts": [{"id": "a", "at": "2026-03-27T11:00:00+00:00", "who_went": "Priya", "result": "no_answer"}],
    "door_check": ["post"],
    "outcome": "not_seen_revisit",
}
WRITTEN: dict[str, Any] = {
    "visit_kind": "annual",
    "offer_reply": "prefers_other_way",
    "mode": "parent_report_only",
    "report_received": "2026-03-20",
    "ehe_start": {"about": "2024-09"},
    "last_school": "Brackenford Academy",
    "reasons": ["lifestyle"],
    "main_reason": "lifestyle",
    "school_suggested": False,
    "send": ["none"],
    "approach": ["project_based"],
    "week": "Mornings at the table, afternoons outdoors",
    "subjects": [
        {"id": "1", "area": "reading_writing", "what": "Stories"},
        {"id": "2", "area": "maths", "what": "Charts"},
    ],
    "social_physical": "Climbing on Tuesdays",
    "no_sample_reason": "sent_later",
    "progress": "some",
    "progress_details": "Longer stories",
    "child_view": {"none": "not_asked"},
    "future_plans": "A bridge project",
    "suitability": "suitable",
    "safeguarding": "none",
    "next": ["none_until_annual_contact"],
    "next_contact": "2027-03-20",
    "next_contact_how": "parent_report_only",
    "worker_ink": TYPED,
}
HOME: dict[str, Any] = {
    **WRITTEN,
    "offer_reply": "accepted",
    "mode": "home",
    "visit_at": "2026-03-26T10:00:00+00:00",
    "minutes": 70,
    "present": [{"id": "p", "name": "Rosa"}],
    "child_seen": True,
    "child_spoken": True,
    "language": "English",
    "interpreter": "not_needed",
}
del HOME["report_received"]
DECLINED: dict[str, Any] = {
    "visit_kind": "annual",
    "offer_reply": "declined",
    "suitability": "no_response_or_evidence",
    "safeguarding": "none",
    "next": ["early_help"],
    "next_contact": "2026-06-20",
    "next_contact_how": "parent_report_only",
    "worker_ink": TYPED,
}


def found(form_id: str, answers: dict[str, Any], **facts: object) -> tuple[Finding, ...]:
    return findings(form(form_id), answers, Context(NOW, facts, "Wren"))


def blocking(form_id: str, answers: dict[str, Any], **facts: object) -> set[str]:
    return {finding.question_id for finding in found(form_id, answers, **facts) if finding.blocks_signing}


@pytest.mark.parametrize(
    ("form_id", "answers"),
    [
        ("find_me_plan", PLAN),
        ("safe_well_visit", VISIT),
        ("safe_well_visit", NOT_SEEN),
        ("ehe_visit", HOME),
        ("ehe_visit", WRITTEN),
        ("ehe_visit", DECLINED),
    ],
    ids=["plan", "seen", "not-seen", "home-visit", "written-report", "declined"],
)
def test_a_whole_record_has_nothing_in_the_way_of_signing(form_id: str, answers: dict[str, Any]) -> None:
    """Each of the forms, and each way a family may answer."""
    assert blocking(form_id, answers) == set()
    assert all(form(form_id).question(name) for name in answers)


@pytest.mark.parametrize(
    ("form_id", "answers"),
    [("find_me_plan", PLAN), ("safe_well_visit", VISIT), ("ehe_visit", HOME)],
    ids=["plan", "visit", "report"],
)
def test_each_needed_answer_is_missed_when_it_is_not_there(form_id: str, answers: dict[str, Any]) -> None:
    """Leaving out any one that is marked as needed blocks the signature."""
    optional = {"told_requester_at", "report_received"}
    for name in set(answers) - optional:
        without = {key: value for key, value in answers.items() if key != name}
        assert blocking(form_id, without), name


def test_a_declined_home_education_visit_asks_nothing_of_a_meeting() -> None:
    """No visit fields, few answers, and it is not unsuitable for that."""
    visible = shown(form("ehe_visit"), DECLINED)

    assert not visible & {"visit_at", "present", "child_seen", "subjects", "samples", "child_view", "reasons"}
    assert len(DECLINED) <= 8
    assert set(progress(form("ehe_visit"), DECLINED, Context(NOW)).values()) == {"done"}


def test_a_family_that_wrote_is_asked_about_education_and_not_about_a_visit() -> None:
    """The choices are equal; the written report finishes without visit fields."""
    visible = shown(form("ehe_visit"), WRITTEN)

    assert {"subjects", "samples", "child_view", "report_received"} <= visible
    assert not visible & {"visit_at", "present", "child_seen", "minutes"}


def test_declining_is_not_itself_unsuitable() -> None:
    """And silence cannot be judged suitable."""
    harsh = {**DECLINED, "suitability": "appears_unsuitable", "suit_why": ["no_evidence"]}

    assert any("is not unsuitable for that alone" in f.text for f in found("ehe_visit", harsh))
    assert "suitability" in blocking("ehe_visit", {**DECLINED, "suitability": "suitable"})


def test_every_consequence_of_a_judgement() -> None:
    """EHE consequences: advice with dates, another visit, Early Help, section 437 after 436A, MASH at once."""
    advice = {**HOME, "suitability": "suitable_with_advice"}
    unsuitable = {**HOME, "suitability": "appears_unsuitable"}

    assert "advice" in blocking("ehe_visit", advice)
    assert any("about six weeks" in f.text for f in found("ehe_visit", advice))
    assert {"suit_why", "suit_why_evidence", "advice", "next"} <= blocking("ehe_visit", unsuitable)
    assert "next" in blocking("ehe_visit", {**HOME, "next": ["refer_for_s437"]})
    assert "s436a_asked_on" in blocking("ehe_visit", {**unsuitable, "next": ["refer_for_s437"]})
    assert "safeguarding" in blocking("ehe_visit", {**HOME, "safeguarding": "high", "safeguarding_details": "x"})
    mash = {**HOME, "safeguarding": "high", "safeguarding_details": "x", "next_council": ["mash"]}
    assert blocking("ehe_visit", mash) == set()


def test_literacy_and_numeracy_are_both_asked_for() -> None:
    """G8: a row for each."""
    only_maths = {**HOME, "subjects": [HOME["subjects"][1]]}

    assert "subjects" in blocking("ehe_visit", only_maths)


def test_contact_is_at_least_yearly() -> None:
    """G9: twelve months is the furthest."""
    assert blocking("ehe_visit", {**HOME, "next_contact": "2027-03-27"}) == set()
    assert blocking("ehe_visit", {**HOME, "next_contact": "2027-03-28"}) == {"next_contact"}


@pytest.mark.parametrize(
    ("year", "asked"), [(8, set()), (9, {"exams"}), (10, {"exams", "post16"}), (11, {"exams", "post16"})]
)
def test_exams_from_year_nine_and_what_follows_from_year_ten(year: int, asked: set[str]) -> None:
    """S1."""
    visible = shown(form("ehe_visit"), HOME, Context(NOW, {"year_group": year}))

    assert visible & {"exams", "post16"} == asked
    assert ("post16" in blocking("ehe_visit", HOME, year_group=year)) is ("post16" in asked)


def test_a_sample_needs_its_file_permission_and_names_dealt_with() -> None:
    """Nothing goes out with a name still to hide."""
    sample = {
        "id": "s",
        "file": FILE,
        "subject": ["science"],
        "shows": "A bridge",
        "permission": "family",
        "hide_names": "none",
    }
    with_sample = {key: value for key, value in HOME.items() if key != "no_sample_reason"} | {"samples": [sample]}

    assert blocking("ehe_visit", with_sample) == set()
    for name in ("file", "subject", "shows", "permission", "hide_names"):
        bare = {key: value for key, value in sample.items() if key != name}
        assert "samples" in blocking("ehe_visit", {**with_sample, "samples": [bare]}), name
    assert "samples" in blocking("ehe_visit", {**with_sample, "samples": [{**sample, "hide_names": "to_hide"}]})


def test_a_report_goes_to_the_parent_without_the_councils_worry_in_it() -> None:
    """Given, not asked for; safeguarding is not for that reader."""
    rule = copy_for(form("ehe_visit"), HOME, "parent", Context(NOW, {}, "Otto"))

    assert rule.allowed
    assert "safeguarding" in rule.withheld
    assert "suitability" not in rule.withheld


def test_a_plan_needs_an_owner_for_each_step_and_a_near_review() -> None:
    """S4 ¶63, and three months at most."""
    unowned = {**PLAN, "steps": [{"id": "s", "after": "One hour", "what": "Ring"}]}

    assert blocking("find_me_plan", unowned) == {"steps"}
    assert blocking("find_me_plan", {**PLAN, "next_review": "2026-06-27"}) == set()
    assert blocking("find_me_plan", {**PLAN, "next_review": "2026-06-28"}) == {"next_review"}
    assert "what_changed" in blocking("find_me_plan", PLAN, plan_version=2)
    assert "consents" in blocking("find_me_plan", PLAN, closing=True)


def test_an_old_photo_is_pointed_out() -> None:
    """As drawn: taken 8 September 2025, over six months old; the day itself is not over."""

    def with_photo(day: str) -> list[Finding]:
        return [
            f
            for f in found("find_me_plan", {**PLAN, "photo": [{"id": "p", "file": FILE, "taken_on": day}]})
            if f.column_id
        ]

    assert with_photo("2025-09-08")
    assert not with_photo("2025-09-27")


def test_part_two_is_asked_only_while_the_child_is_missing() -> None:
    """And the police log cannot be before the child was last seen."""
    part_two = {"last_seen", "last_seen_where", "police_ref", "reported_at"}
    now = {
        **PLAN,
        "missing_now": True,
        "last_seen": "2026-03-27T15:00:00+00:00",
        "last_seen_where": "School",
        "police_ref": "SYP1",
        "reported_at": "2026-03-27T16:00:00+00:00",
    }

    assert not shown(form("find_me_plan"), PLAN) & part_two
    assert part_two <= blocking("find_me_plan", {**PLAN, "missing_now": True})
    assert blocking("find_me_plan", now) == set()
    assert blocking("find_me_plan", {**now, "reported_at": "2026-03-27T14:00:00+00:00"}) == {"reported_at"}


def test_a_visit_result_agrees_with_who_was_seen() -> None:
    """Seen and not seen cannot both be so."""
    assert "outcome" in blocking("safe_well_visit", {**NOT_SEEN, "outcome": "seen_safe"})
    assert "outcome" in blocking("safe_well_visit", {**VISIT, "outcome": "not_seen_revisit"})


def test_a_child_not_seen_leads_on() -> None:
    """S3: Early Help, then social care; door check needed."""
    escalate = {**NOT_SEEN, "outcome": "not_seen_escalate"}
    told = {"id": "e", "to": "allocated_worker", "at": "2026-03-27T12:00:00+00:00"}

    assert {"outcome", "escalations"} <= blocking("safe_well_visit", escalate)
    assert blocking("safe_well_visit", {**escalate, "escalations": [told]}) == set()
    assert "door_check" in blocking("safe_well_visit", {key: v for key, v in NOT_SEEN.items() if key != "door_check"})


def test_not_alone_needs_its_reason() -> None:
    """And the requester is told before a visit closes."""
    together = {**VISIT, "children_seen": [{"id": "c", "name": "Otto", "seen": True, "alone": False}]}

    assert blocking("safe_well_visit", together) == {"children_seen"}
    untold = {key: value for key, value in VISIT.items() if key != "told_requester_at"}
    assert blocking("safe_well_visit", untold) == set()
    assert blocking("safe_well_visit", untold, closing=True) == {"told_requester_at"}


def test_the_part_after_going_missing_never_replaces_the_police() -> None:
    """Only for that purpose, and it says so."""
    assert "suffered_harm" not in shown(form("safe_well_visit"), VISIT)
    assert "suffered_harm" in blocking("safe_well_visit", {**VISIT, "purpose": "after_missing_follow_up"})
    assert "never takes the place" in form("safe_well_visit").section("after_missing").hint


def test_the_school_checklist_and_the_roll_keep_their_order() -> None:
    """S2: a home visit before the referral, authorised before the letter, the letter before removal."""
    no_visit = {"home_visited": False}
    letter = {"logged_on": "2026-03-01", "letter_sent_on": "2026-03-20", "removed_on": "2026-03-20"}

    assert "home_visited" in blocking("cme_referral", no_visit)
    assert "letter_sent_on" in blocking("cme_case", letter)
    assert "letter_sent_on" not in blocking("cme_case", {**letter, "authorised_on": "2026-03-19"})
    early = {"logged_on": "2026-03-01", "removed_on": "2026-03-20"}
    assert "removed_on" in blocking("cme_case", early)
    assert "removed_on" not in blocking("cme_case", {**early, "removal_ground": "other_school_confirmed"})
    assert "outcome" in blocking("cme_case", {"logged_on": "2026-03-01", "outcome": "enquiries_exhausted"})


def test_a_child_who_changes_school_stays_on_the_first_roll_until_the_first_day_at_the_second() -> None:
    """S2 §5: said, and not refused, since a school of another council follows its own days."""
    moves = {"logged_on": "2026-03-01", "admission_met_on": "2026-03-12", "place_school": "Aldermoor Primary"}
    moves |= {"start_on": "2026-03-23", "removed_on": "2026-03-20", "removal_ground": "other_school_confirmed"}

    def said(answers: dict[str, Any]) -> list[bool]:
        every = found("cme_case", answers)
        return [f.blocks_signing for f in every if f.question_id == "removed_on" and "until the first day" in f.text]

    assert said(moves) == [False]
    assert said({**moves, "removed_on": "2026-03-23"}) == []


def test_a_worry_in_a_school_referral_goes_to_mash_first() -> None:
    """S2 §15: immediately."""
    assert {"welfare_concern", "mash_told_at"} <= blocking("cme_referral", {"welfare_concern": True})


def test_a_section_437_notice_follows_an_enquiry_and_runs_fifteen_days() -> None:
    """Served 6 May 2026: 20 May is the earliest last day."""
    served = {"stage": "current", "s437_served_on": "2026-05-06", "s437_served_by": "A", "s437_last_day": "2026-05-20"}

    assert "s437_served_on" in blocking("ehe_case", served)
    asked = {**served, "s436a_asked_on": "2026-04-01"}
    assert not blocking("ehe_case", asked) & {"s437_served_on", "s437_last_day"}
    assert "s437_last_day" in blocking("ehe_case", {**asked, "s437_last_day": "2026-05-19"})
    step = {"id": "a", "step": "considered", "on": "2026-05-21", "decided_by": "A", "why": "No work was seen."}
    assert "enforcement" not in blocking("ehe_case", {**asked, "enforcement": [step]})
    assert "enforcement" in blocking("ehe_case", {**asked, "enforcement": [{**step, "decided_by": None}]})


def test_an_enquiry_about_home_education_has_its_opening_day_and_a_kind_of_support_when_it_ends() -> None:
    """S1 EHE 2.5.1 and App. 1: without them the year could not count it."""
    assert "notified_on" in blocking("ehe_case", {"stage": "enquiry"})
    ended = {"stage": "not_ehe", "notified_on": "2026-03-02", "ended_on": "2026-03-20", "end_reason": "Stays."}
    assert "support" in blocking("ehe_case", ended)
    assert not blocking("ehe_case", {**ended, "support": ["food_bank"]}) & {"support", "notified_on"}


def test_the_director_is_told() -> None:
    """D4: need to know includes the DCS."""
    sent = {"sent_to": [{"id": "s", "who": "team_manager", "at": "2026-03-27T09:00:00+00:00"}]}

    assert "sent_to" in blocking("need_to_know", sent)
    told = {"sent_to": [*sent["sent_to"], {"id": "t", "who": "dcs", "at": "2026-03-27T09:00:00+00:00"}]}
    assert "sent_to" not in blocking("need_to_know", told)


def test_an_episode_in_error_keeps_its_reason_and_asks_no_more() -> None:
    """SSDA903 codes need a start; a placement that ended ends the missing period."""
    assert blocking("missing_episode", {"outcome": "entered_in_error"}) == {"outcome_why"}
    assert blocking("missing_episode", {"outcome": "duplicate", "outcome_why": "x"}) == {"duplicate_of"}
    coded = {"care_status": "lac", "ssda903_code": "M"}
    assert "ssda903_code" in blocking("missing_episode", coded)
    ended = {"care_status": "lac", "placement_ended_on": "2026-03-01"}
    assert "placement_ended_on" in blocking("missing_episode", ended)


def test_every_form_can_be_shown_empty() -> None:
    """No form is finished by being empty, save those that ask nothing."""
    for form_id in catalogue().ids():
        if form_id not in ("note", "notice", "meeting_item"):
            assert blocking(form_id, {}), form_id
