"""The return home interview: what is asked, when, and what its findings say."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from casework.forms import Context, Finding, QuestionType, findings, progress, shown
from tests.casework.forms.real import form

RHI = form("return_home_interview")
NOW = datetime.fromisoformat("2026-03-27T17:00:00+00:00")
CONTEXT = Context(now=NOW, facts={"returned_at": "2026-03-25T21:40:00+00:00"}, child="Wren")
PREFILLED: dict[str, Any] = {"episode_id": "e1", "care_status": "lac"}
OFFER = {"id": "o1", "at": "2026-03-26T10:00:00+00:00", "how": "phone", "reply": "accepted"}
TYPED = {"typed": "Nadia Brightwater"}

COMPLETE: dict[str, Any] = {
    **PREFILLED,
    "prevention_interview": "done_shared",
    "offer_decision": "yes",
    "offers": [OFFER],
    "choice_given": True,
    "interviewer_type": "missing_advocate",
    "independent": True,
    "started_at": "2026-03-27T15:18:00+00:00",
    "ended_at": "2026-03-27T15:56:00+00:00",
    "mode": "face_to_face",
    "seen_alone": True,
    "language": "English",
    "interpreter": "not_needed",
    "sharing_explained": True,
    "before": "I had a row with staff about my phone.",
    "exact_words": True,
    "push_factors": [{"code": "rules_or_curfew", "said_by": ["child_said"]}],
    "pull_factors": {"none": "not_said"},
    "forced_or_lured": "no",
    "places": [{"id": "p1", "name": "Skate park, Brackenford"}],
    "people_none": "not_said",
    "immediate_danger": "no",
    "harm": ["none_said"],
    "health_needs": ["none"],
    "exploitation": ["none_seen"],
    "cse_level": "low",
    "cce_level": "none",
    "help_words": "My phone until half past ten.",
    "helplines_given": True,
    "analysis": "Wren went so that she could talk to her brother.",
    "s47": "with_manager",
    "s47_why": "An adult nobody knows.",
    "plan_changes": "Add Dex.",
    "consents": [{"id": "c1", "recipient": "parent", "decision": "no"}],
    "actions": [{"id": "a1", "what": "Ask the house meeting", "who": "Sam Tindle", "by_when": "2026-04-03"}],
    "child_agrees": "yes",
    "worker_ink": TYPED,
}


def found(answers: dict[str, Any], context: Context = CONTEXT) -> tuple[Finding, ...]:
    return findings(RHI, answers, context)


def blocking(answers: dict[str, Any], context: Context = CONTEXT) -> list[str]:
    return [finding.question_id for finding in found(answers, context) if finding.blocks_signing]


def texts(answers: dict[str, Any], context: Context = CONTEXT) -> str:
    return "\n".join(finding.text for finding in found(answers, context))


def test_a_complete_interview_has_nothing_in_the_way_of_signing() -> None:
    """Also every section is done."""
    assert found(COMPLETE) == ()
    assert set(progress(RHI, COMPLETE, CONTEXT).values()) == {"done"}


def test_a_section_is_started_until_nothing_needed_is_missing_in_it() -> None:
    """Not started without an answer, started with one, done with all; a section with nothing to ask is done."""
    one = progress(RHI, {**PREFILLED, "offer_decision": "yes", "offers": [OFFER]}, CONTEXT)
    none = progress(RHI, {"offer_decision": "no"}, CONTEXT)

    assert (one["episode"], one["offer"], one["meeting"]) == ("started", "started", "not_started")
    assert progress(RHI, COMPLETE, CONTEXT)["offer"] == "done"
    assert (none["meeting"], none["your_words"]) == ("done", "done")


@pytest.mark.parametrize("left_out", sorted(set(COMPLETE) - {"consents", "actions"}))
def test_each_needed_answer_is_missed(left_out: str) -> None:
    """Without it something blocks signing, and the finding is in the right place."""
    answers = {key: value for key, value in COMPLETE.items() if key != left_out}

    assert blocking(answers)


@pytest.mark.parametrize("reply", ["declined", "no_reply", "missing_again"])
def test_a_refusal_finishes_in_six_answers_or_fewer(reply: str) -> None:
    """Decision, offer (when, how, reply), reason, signature; no reply needs no reason."""
    answers: dict[str, Any] = {
        **PREFILLED,
        "offer_decision": "yes",
        "offers": [{**OFFER, "reply": reply}],
        "worker_ink": TYPED,
    }
    if reply == "declined":
        answers["decline_reason"] = ["too_soon"]
    given = sum(3 if key == "offers" else 1 for key in answers if key not in PREFILLED)

    assert blocking(answers) == []
    assert given <= 6


def test_a_child_who_changes_their_mind_is_an_ordinary_outcome() -> None:
    """Accepted, then would not: no question about the meeting stays."""
    answers = {
        **PREFILLED,
        "offer_decision": "yes",
        "offers": [OFFER],
        "choice_given": True,
        "interviewer_type": "missing_advocate",
        "independent": True,
        "went_ahead": "changed_mind",
        "decline_reason": ["not_said"],
        "worker_ink": TYPED,
    }

    assert "started_at" not in shown(RHI, answers)
    assert set(blocking(answers)) <= {"choice_given", "interviewer_type", "independent"}


def test_a_meeting_that_was_stopped_keeps_what_was_said_and_asks_no_more() -> None:
    """Its sections stay open; nothing in them is needed."""
    answers = {**COMPLETE, "went_ahead": "stopped_early", "decline_reason": ["not_said"]}
    for question in ("help_words", "analysis", "push_factors", "child_agrees"):
        del answers[question]

    assert "before" in shown(RHI, answers)
    assert blocking(answers) == []


def test_no_offer_needs_its_reason_and_who_decided() -> None:
    """Nothing is asked about a meeting."""
    answers = {**PREFILLED, "offer_decision": "no", "worker_ink": TYPED}

    assert blocking(answers) == ["no_offer_reason", "no_offer_by"]
    assert blocking({**answers, "no_offer_reason": "no_capacity", "no_offer_by": "T Applegarth, 26 March"}) == []


def test_a_reason_that_counts_the_other_way_is_a_contradiction() -> None:
    """“Recorded in error” means the interview did not apply, so it cannot stand under No."""
    answers = {
        **PREFILLED,
        "offer_decision": "no",
        "no_offer_reason": "recorded_in_error",
        "no_offer_by": "T A",
        "worker_ink": TYPED,
    }

    assert blocking(answers) == ["no_offer_reason"]
    assert blocking({**answers, "offer_decision": "not_applicable"}) == []


def test_the_latest_offer_decides() -> None:
    """A no on Thursday and a yes on Friday is a yes, whatever order the rows are in."""
    later = {**OFFER, "id": "o2", "at": "2026-03-27T10:00:00+00:00"}
    earlier = {**OFFER, "reply": "declined"}

    assert "started_at" in shown(RHI, {"offer_decision": "yes", "offers": [earlier, later]})
    assert "started_at" in shown(RHI, {"offer_decision": "yes", "offers": [later, earlier]})
    assert "started_at" not in shown(
        RHI, {"offer_decision": "yes", "offers": [{**later, "reply": "declined"}, earlier]}
    )


@pytest.mark.parametrize("danger", ["yes", "unsure"])
def test_danger_needs_an_escalation(danger: str) -> None:
    """And one escalation answers it."""
    answers = {**COMPLETE, "immediate_danger": danger}
    told = {"id": "x", "to": "mash", "at": "2026-03-27T16:00:00+00:00"}

    assert {"immediate_danger", "escalations"} <= set(blocking(answers))
    assert blocking({**answers, "escalations": [told]}) == []


def test_times_out_of_order_are_contradictions() -> None:
    """Finish after start, start after return, offer not before return, none in the future."""
    assert blocking({**COMPLETE, "ended_at": "2026-03-27T15:18:00+00:00"}) == ["ended_at"]
    assert blocking({**COMPLETE, "started_at": "2026-03-25T21:40:00+00:00"}) == ["started_at"]
    assert blocking({**COMPLETE, "offers": [{**OFFER, "at": "2026-03-25T20:00:00+00:00"}]}) == ["offers"]
    assert blocking({**COMPLETE, "offers": [{**OFFER, "at": "2026-03-28T20:00:00+00:00"}]}) == ["offers"]


def test_a_placement_beyond_forty_miles_prompts_other_ways() -> None:
    """D6: video, the worker, or a key worker the child asks for. At forty miles exactly there is no prompt."""

    def with_miles(miles: int) -> Context:
        return Context(NOW, {**CONTEXT.facts, "placement_miles": miles, "plan_reach_miles": 40}, "Wren")

    assert "key worker" in texts(COMPLETE, with_miles(41))
    assert texts(COMPLETE, with_miles(40)) == ""


def test_urgent_health_prompts_999() -> None:
    """The prompt does not block."""
    answers = {**COMPLETE, "health_needs": ["urgent_now"]}

    assert "999" in texts(answers)
    assert blocking(answers) == []


def test_words_and_no_words_contradict() -> None:
    """“Did not want to say” is enough alone, and cannot stand beside words."""
    silent = {key: value for key, value in COMPLETE.items() if key not in ("before", "exact_words")}

    assert blocking({**silent, "words_not_said": True}) == []
    assert blocking({**silent, "words_not_said": False}) != []
    assert blocking({**COMPLETE, "words_not_said": True}) != []


def test_sharing_without_consent_needs_manager_and_why_the_child_was_not_told() -> None:
    """D13: reason, manager, child told or why not."""
    row: dict[str, Any] = {
        "id": "s",
        "recipient": "police",
        "reason": "risk_of_harm",
        "why": "Dex",
        "what": ["people"],
        "child_told": False,
    }
    columns = {f.column_id for f in found({**COMPLETE, "shared_without": [row]}) if f.blocks_signing}

    assert columns == {"manager", "not_told_why"}
    whole = {**row, "manager": "Tom Applegarth", "not_told_why": "It is not safe to tell her yet."}
    assert blocking({**COMPLETE, "shared_without": [whole]}) == []


def test_hidden_answers_are_kept_and_the_worker_is_told() -> None:
    """They block nothing, and are not among what is shown."""
    answers = {**COMPLETE, "offers": [{**OFFER, "reply": "declined"}], "decline_reason": ["too_soon"]}

    assert "before" not in shown(RHI, answers)
    assert "is kept here, but is not printed or sent" in texts(answers)
    assert blocking(answers) == []


def test_every_field_and_code_of_the_domain_is_there() -> None:
    """Ids, lists and inline codes exactly as fields.json; a question split in two keeps the first id."""
    lists, sections = _domain()
    for section in sections:
        for field in section["fields"]:
            for field_id in set(field["ids"]) - {"manager_check"}:  # an act of its own: the form “check”
                question = RHI.by_id[field_id]
                for name in ("CARE", "NOOFFER", "PUSH", "PULL", "HARM", "HEALTH", "CE", "SUPPORT", "LINKS"):
                    if f"{{{name}}}" in field["type"]:
                        assert [option.code for option in question.options] == lists[name]


def test_the_whole_form_has_a_source_for_every_question() -> None:
    """Columns inherit their group’s."""
    for question in RHI.questions():
        assert question.source
        assert all(column.source for column in question.columns)


def test_the_childs_parts_never_accuse() -> None:
    """No label or prompt in the child’s voice asks “why did you”, and none is long."""
    for question in RHI.questions():
        if question.voice == "child":
            for text in (question.label, *question.ways_to_ask):
                assert "why did you" not in text.lower()
                assert len(text.split()) <= 16


def test_child_sections_are_marked_as_the_childs() -> None:
    """The two voices are never mixed: the worker’s view holds no child question."""
    voices = {section.number: section.voice for section in RHI.sections}

    assert {number for number, voice in voices.items() if voice == "child"} == {4, 5, 6, 8}
    assert {question.voice for question in RHI.section("workers_view").questions} == {"worker"}
    assert [section.title for section in RHI.sections] == [
        "Episode",
        "Offer",
        "Meeting",
        "In your words",
        "Why",
        "Places and people",
        "Harm and risk",
        "What would help",
        "Worker’s view",
        "Who may see this",
        "Next",
        "Finish",
    ]


def test_consent_can_keep_back_any_section_or_question() -> None:
    """The choices are this form’s own, made when it is loaded."""
    consents = RHI.question("consents")
    keep_back = consents.column("keep_back")

    assert consents.type is QuestionType.CONSENT
    assert keep_back is not None
    assert {"your_words", "during", "places"} <= {option.code for option in keep_back.options}


def _domain() -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
    text = (Path(__file__).parent / "domain_fields.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return data["lists"], data["forms"]["RHI"]
