"""One reader of both shapes: the same story told in each gives the same facts, and what only arrived gives none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.identifiers import RecordId, child_named
from casework.practice.figures.rows_in_hand import Held, InHand, counted_ids, referrals
from casework.practice.figures.what_counts import Facts, facts_of, subject_of
from casework.practice.lives.case_shapes import is_what_arrived, keeps_case, referrals_of
from casework.records.corrected import Corrected
from desktop.flows.figures.figure_tables import shipped_card
from tests.casework.forms.real import catalogue

ARRIVED: dict[str, Any] = {
    "submitted_on": "2026-01-10",
    "phase": "primary",
    "year_group": 4,
    "ethnicity": "white_british",
    "fsm": True,
    "locality": "north_wath_swinton",
}
WORKED: dict[str, Any] = {
    "logged_on": "2026-01-12",
    "previous_cme": False,
    "presenting_need": ["none_noted"],
    "open_to": ["social_care"],
    "family": "F1",
}
ENDED: dict[str, Any] = {"outcome": "found_ehe", "outcome_on": "2026-02-02", "told_referrer_on": "2026-02-03"}
STORIES = [WORKED, {**WORKED, **ENDED}, {**WORKED, **ENDED, "closed_on": "2026-02-09"}, {"closed_on": "2026-02-09"}, {}]


def facts(form_id: str, version: int, answers: dict[str, Any]) -> list[Facts]:
    said = Corrected(answers, frozenset(), signed=False, discarded=False, form_version=version)
    return facts_of(form_id, said, catalogue().council)


@pytest.mark.parametrize("story", STORIES)
def test_a_story_counts_the_same_in_both_shapes(story: dict[str, Any]) -> None:
    old = facts("cme_referral", 5, {**ARRIVED, **story})
    new = [*facts("cme_referral", 6, ARRIVED), *facts("cme_case", 1, {**ARRIVED, **story, "referral": "r"})]

    assert old == new
    assert subject_of("cme_referral") == subject_of("cme_case") == "referral"


def test_every_figure_of_the_scorecard_is_the_same() -> None:
    """Five stories of five children, each told in one shape and then in the other."""
    card, told = shipped_card("cme"), []
    for shape in (("cme_referral", 5), ("cme_case", 1)):
        held = [
            Held(RecordId(f"r{number}"), child_named(f"c{number}"), one)
            for number, story in enumerate(STORIES)
            for one in facts(*shape, {**ARRIVED, **story})
        ]
        hand = InHand.of({"referral": held}, date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 1))
        told.append(counted_ids(card, referrals(hand)))

    assert told[0] == told[1]
    assert sum(len(ids) for ids in told[0].values()) > 20


def test_which_versions_keep_a_case() -> None:
    """Also as a council’s own file has numbered them."""
    assert [keeps_case("cme_referral", one) for one in (1, 5, 6, 3005, 3006)] == [True, True, False, True, False]
    assert keeps_case("cme_case", 1)
    assert not keeps_case("ehe_case", 1)
    assert [is_what_arrived(form, 6) for form in ("cme_referral", "cme_case", "child")] == [True, False, False]


def test_a_case_answers_the_referral_it_began_from_and_those_that_came_since() -> None:
    case: dict[str, Any] = {"referral": "a", "also_referred": [{"id": "1", "also_referral": "b"}, {"id": "2"}]}

    assert list(referrals_of(case)) == ["a", "b"]
    assert list(referrals_of({})) == []


def test_the_case_asks_all_that_the_referral_of_before_asked_of_a_case() -> None:
    """By the same names, so that one reader does; the checklist and the paper stay with what arrived."""
    old, new = catalogue().form("cme_referral", 5), catalogue().form("cme_case")
    arrived = catalogue().form("cme_referral")
    checklist = {question.id for question in old.section("checklist").questions}

    assert set(old.by_id) - set(new.by_id) == (checklist - {"submitted_on"}) | {
        "attendance",
        "emergency_contacts",
        "previous_referral",
    }
    assert set(arrived.by_id) <= set(old.by_id)
    assert not {"logged_on", "enquiries", "outcome", "removal_ground", "transfers"} & set(arrived.by_id)


def test_nobody_is_given_more_of_the_case_than_of_the_referral_of_before() -> None:
    """Each question for the same readers, and the same copies."""
    old, new, arrived = (catalogue().form(*which) for which in (("cme_referral", 5), ("cme_case",), ("cme_referral",)))

    for form in (new, arrived):
        assert {
            name
            for name in form.by_id.keys() & old.by_id.keys()
            if form.by_id[name].audience - old.by_id[name].audience
        } == set()
        assert form.recipients == old.recipients
    assert new.by_id["referral"].audience == new.by_id["contacts"].audience == old.by_id["enquiries"].audience
