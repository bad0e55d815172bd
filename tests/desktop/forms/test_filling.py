"""Filling in a form among other records: prefill with provenance, facts, computed answers, carried rows."""

from __future__ import annotations

from typing import Any

from casework.forms import Context, Filled, check_answer
from casework.forms.carrying import carried, told
from casework.practice.computed import UNKNOWN_DAY, UNKNOWN_TIME
from desktop.forms.filling import Filling, context_of, filling, years_between
from tests.casework.forms.real import catalogue, form
from tests.casework.forms.test_return_home_interview import COMPLETE
from tests.casework.practice.council import at, day, rotherham

NOW = at("2026-04-03T10:00")
CHILD: dict[str, Any] = {
    "given_name": "Wren",
    "known_as": "Wrennie",
    "date_of_birth": "2011-06-09",
    "language": "English",
    "year_group": 9,
    "care_status": "lac",
    "placement_miles": 52,
}
EPISODE: dict[str, Any] = {
    "id": "e1",
    "care_status": "lac",
    "found_at": "2026-04-02T22:30:00+01:00",
    "returned_how": "police",
    "updated_at": "2026-04-02T23:00:00+01:00",
}


def of(form_id: str, answers: dict[str, Any], **sources: dict[str, Any]) -> Filling:
    return filling(form(form_id), answers, {"child": CHILD, "episode": EPISODE, **sources}, NOW, rotherham())


def test_facts_are_offered_with_where_they_come_from() -> None:
    """“from the episode, 2 April 2026”; never silently filled in, and never over an answer."""
    found = {offer.question_id: offer for offer in of("return_home_interview", {"care_status": "cin"}).offered}

    assert (found["returned_how"].value, found["returned_how"].provenance) == (
        "police",
        "from the episode, 2 April 2026",
    )
    assert found["language"].provenance == "from the child’s record"
    assert "care_status" not in found
    column = form("return_home_interview").question("offers").column("offered_by")
    assert column is not None
    named = told(column, {"officer": {"name": "Nadia"}})
    assert named is not None
    assert (named.value, named.provenance) == ("Nadia", "from you")


def test_the_facts_a_form_may_ask_about() -> None:
    """From episode and child; what is not known is left out, not guessed."""
    context = context_of({"child": CHILD, "episode": EPISODE}, NOW, rotherham())

    assert context.child == "Wrennie"
    assert context.facts["child_age"] == 14
    assert (context.facts["placement_miles"], context.facts["plan_reach_miles"]) == (52, 40)
    assert "last_seen_at" not in context.facts
    assert context_of({}, NOW, rotherham()).child == ""
    approximate = {**CHILD, "date_of_birth": {"about": "2011"}}
    assert context_of({"child": approximate}, NOW, rotherham()).facts["child_age"] == 14


def test_age_counts_whole_years() -> None:
    """A day before, and on, the birthday."""
    assert years_between(day("2011-06-09"), day("2026-06-08")) == 14
    assert years_between(day("2011-06-09"), day("2026-06-09")) == 15


def test_both_clocks_are_computed_for_the_form() -> None:
    """The Easter return of D1."""
    found = of("return_home_interview", {}).computed

    assert found["due_72h"] == "5 April 2026, 22:30"
    assert found["due_3wd"] == "End of Thursday 9 April 2026"


def test_computed_answers_say_when_they_cannot_be_counted() -> None:
    """A day without a time, and nothing at all."""
    by_day = of("return_home_interview", {}, episode={**EPISODE, "found_at": {"about": "2026-04-02"}}).computed
    by_month = of("return_home_interview", {}, episode={**EPISODE, "found_at": {"about": "2026-04"}}).computed

    assert (by_day["due_72h"], by_day["due_3wd"]) == (UNKNOWN_TIME, "End of Thursday 9 April 2026")
    assert (by_month["due_72h"], by_month["due_3wd"]) == (UNKNOWN_TIME, UNKNOWN_DAY)


def test_every_other_computed_answer() -> None:
    """Hours missing in true hours, plan review, school days, compulsory age."""
    over = {"last_seen_at": "2026-03-28T12:00:00+00:00", "found_at": "2026-03-29T13:00:00+01:00"}

    assert of("missing_episode", over).computed["hours_missing"] == "24 hours 0 minutes"
    assert of("missing_episode", {}).computed["hours_missing"].startswith("Cannot be counted")
    assert of("find_me_plan", {}).computed["due_after_return"] == "13 April 2026"
    absent = of("cme_referral", {"last_attended": "2026-03-13"}).computed["days_absent"]
    assert absent == "10. Tenth day 27 March 2026, twentieth 24 April 2026."
    assert of("child", {"date_of_birth": "2021-08-31"}).computed["compulsory_age"] == "31 August 2026 to 26 June 2037"
    assert of("child", {}).computed["compulsory_age"].startswith("Cannot be worked out")


def test_only_places_marked_for_the_plan_are_offered_to_it() -> None:
    """“Add to plan”; columns by the plan's own names; nothing hidden."""
    places = [
        {"id": "p1", "name": "Skate park", "area": "Brackenford", "add_to_plan": True},
        {"id": "p2", "name": "Nan’s"},
    ]
    people = [{"id": "q1", "name": "Dex", "tie": "older_friend", "age": "18plus", "add_to_plan": True}]
    answers = {**COMPLETE, "places": places, "people": people}
    found = of("return_home_interview", answers).carried
    to_plan = {(item.to_question, item.from_row): item.value for item in found if item.to_form == "find_me_plan"}

    assert to_plan["likely_places", "p1"] == {"name": "Skate park", "address": "Brackenford"}
    assert to_plan["associates", "q1"] == {"name": "Dex", "tie": "older_friend", "age": "18plus"}
    assert ("likely_places", "p2") not in to_plan
    assert to_plan["what_changed", ""] == "Add Dex."
    declined = {**answers, "offers": [{"id": "o", "at": "2026-04-03T09:00:00+01:00", "reply": "declined"}]}
    hidden = carried(Filled(form("return_home_interview"), declined, Context(NOW)))
    assert not [item for item in hidden if item.to_form == "find_me_plan"]


def test_what_is_carried_fits_where_it_goes() -> None:
    """Every value is an answer its new question can take."""
    answers = {
        **COMPLETE,
        "people": [{"id": "q", "name": "Dex", "tie": "friend", "concern": "high", "add_to_plan": True}],
    }
    for item in of("return_home_interview", answers).carried:
        target = catalogue().form(item.to_form).question(item.to_question)
        if isinstance(item.value, dict):
            for name, value in item.value.items():
                column = target.column(name) or catalogue().form(item.to_form).question(name)
                check_answer(column, value)
        else:
            check_answer(target, item.value)


def test_a_filling_holds_all_a_screen_needs() -> None:
    """Findings, progress and what blocks a signature are of one moment."""
    found = of("return_home_interview", {})

    assert found.progress["episode"] == "not_started"
    blocking = {finding.question_id for finding in found.findings if finding.blocks_signing}
    assert blocking >= {"episode_id", "offer_decision"}
    assert "started_at" in found.shown
