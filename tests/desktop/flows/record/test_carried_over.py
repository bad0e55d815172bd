"""Journey 3: what the interview marks is offered to the plan, and taken or left by a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from casework.dates_in_words import LONDON, day
from casework.forms import Filled
from casework.practice.consent import answers_for
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.desk import Desk
from desktop.flows.due import find_me_plans
from desktop.flows.record import carried_over, editing
from desktop.flows.record.carried_over import OfferedRow
from desktop.flows.signing import signing
from tests.casework.forms.real import copy_for
from tests.desktop.clock import Clock
from tests.journeys.interviews import CHILD
from tests.journeys.plans import plan

EPISODE = {
    "outcome": "real",
    "last_seen_at": "2026-03-14T22:20:00+00:00",
    "found_at": "2026-03-15T21:40:00+00:00",
    "reported_at": "2026-03-14T23:00:00+00:00",
    "police_ref": "SYP-1",
    "care_status": "lac",
}
PLACES = [
    {"id": "park", "name": "Skate park", "area": "Brackenford", "felt": "safe", "add_to_plan": True},
    {"id": "nan", "name": "Nan’s"},
]
PEOPLE = [{"id": "dex", "name": "Dex", "tie": "older_friend", "age": "18plus", "add_to_plan": True}]


@pytest.fixture
def desk(reopen: Callable[[], Desk]) -> Desk:
    return reopen()


@pytest.fixture
def child(desk: Desk) -> str:
    return editing.new_record(desk, "child", known={**CHILD, "language": "English"})


@pytest.fixture
def interview(desk: Desk, child: str) -> str:
    return interviewed(desk, child, {})


def interviewed(desk: Desk, child: str, more: dict[str, Any]) -> str:
    about = editing.new_record(desk, "missing_episode", child, EPISODE)
    known = {
        "episode_id": about,
        "offer_decision": "yes",
        "offers": [{"id": "o1", "at": "2026-03-16T09:00:00+00:00", "reply": "accepted"}],
        "went_ahead": "yes",
        "started_at": "2026-03-16T15:00:00+00:00",
        "push_factors": [{"code": "rules_or_curfew", "said_by": ["child_said"]}],
        "plan_changes": "Add Dex.",
        "places": PLACES,
        "people": PEOPLE,
    }
    return editing.new_record(desk, "return_home_interview", child, {**known, **more})


def offered(desk: Desk, record_id: str) -> dict[str, OfferedRow]:
    return {row.row_id: row for row in carried_over.offers(desk, editing.open_record(desk, record_id)).rows}


def test_only_what_was_marked_is_offered_and_nothing_is_filled_in(desk: Desk, child: str, interview: str) -> None:
    begun = find_me_plans.open_plan(desk, child)
    found = offered(desk, begun)

    assert set(found) == {"park", "dex"}
    assert found["dex"].words == "Dex. Older friend. 18 or over"
    assert found["dex"].came_from == "From the interview of 16 March 2026, not signed yet"
    assert editing.open_record(desk, begun).answers == {}


def test_a_taken_row_stays_with_where_it_came_from(desk: Desk, child: str, interview: str) -> None:
    begun = find_me_plans.open_plan(desk, child)
    carried_over.take(desk, begun, offered(desk, begun)["park"])
    editing.seal(desk, begun)

    assert editing.open_record(desk, begun).answers["likely_places"] == [
        {
            "id": "park",
            "name": "Skate park",
            "address": "Brackenford",
            "came_from": "From the interview of 16 March 2026",
        }
    ]
    assert set(offered(desk, begun)) == {"dex"}


def test_what_is_left_is_not_offered_again_and_can_still_be_taken(
    desk: Desk, child: str, interview: str, reopen: Callable[[], Desk]
) -> None:
    begun = find_me_plans.open_plan(desk, child)
    dex = offered(desk, begun)["dex"]
    carried_over.leave(desk, begun, dex)
    editing.seal(desk, begun)
    again = reopen()

    assert set(offered(again, begun)) == {"park"}
    assert "associates" not in editing.open_record(again, begun).answers
    carried_over.take(again, begun, dex)
    editing.seal(again, begun)
    assert [row.id for row in again.vault.view(begun).rows("associates")] == ["dex"]
    assert not again.vault.view(begun).rows("associates")[0].removed_elsewhere


def test_somebody_of_that_name_here_already_is_said(desk: Desk, child: str, interview: str) -> None:
    begun = find_me_plans.open_plan(desk, child)
    editing.answer(desk, begun, {"associates": [{"id": "x", "name": "DEX "}]})

    assert offered(desk, begun)["dex"].alike
    assert not offered(desk, begun)["park"].alike


def test_answers_are_told_with_their_source(desk: Desk, child: str, interview: str) -> None:
    """The language by the child’s record, the reasons by the interview; what cannot stand there is not told."""
    told = carried_over.offers(desk, editing.open_record(desk, find_me_plans.open_plan(desk, child))).told

    assert (told["language"].value, told["language"].came_from) == ("English", "From the child’s record")
    assert told["push_known"].came_from == "From the interview of 16 March 2026"
    assert told["names"].words.startswith("Wren Hollowby, born 11 February 2012")
    assert told["last_seen"].came_from == "From the episode, 15 March 2026"
    assert "likely_places.name" not in told


def test_people_of_the_interview_before_are_offered_to_the_next(desk: Desk, child: str, interview: str) -> None:
    later = interviewed(desk, child, {"people": [], "started_at": "2026-03-26T15:00:00+00:00"})

    assert offered(desk, later)["dex"].came_from == "From the interview of 16 March 2026"
    assert "add_to_plan" not in offered(desk, later)["dex"].values


def test_a_new_version_begins_from_the_agreed_one_which_stays_as_it_was(
    desk: Desk, child: str, interview: str, clock: Clock
) -> None:
    """Rows, and what was left out, go on; why, who agreed and who may see it are asked anew (S4 ¶63)."""
    clock.at = datetime.now(LONDON)  # a signature bears the laptop’s own time
    first = find_me_plans.open_plan(desk, child)
    editing.answer(desk, first, plan(clock.at))
    carried_over.take(desk, first, offered(desk, first)["park"])
    carried_over.leave(desk, first, offered(desk, first)["dex"])
    signing.sign(desk, first, name="Nadia", passphrase=PASSPHRASE)
    agreed = desk.vault.view(first).content_hash
    clock.passes(days=3)
    away = {"outcome": "real", "last_seen_at": clock.at.isoformat(), "reported_at": clock.at.isoformat()}

    assert find_me_plans.plan_card(desk, child).state == "agreed"
    editing.new_record(desk, "missing_episode", child, away)
    card = find_me_plans.plan_card(desk, child)
    assert (card.state, card.act) == ("review_due", "Begin version 2")
    assert f"missing again on {day(clock.at.date())}" in card.line

    second = find_me_plans.open_plan(desk, child)
    began = editing.open_record(desk, second).answers
    assert second != first
    assert [row["name"] for row in began["likely_places"]] == ["Bus station", "Skate park"]
    assert not began.keys() & {"review_reason", "consents", "worker_ink", "next_review"}
    assert offered(desk, second) == {}
    assert any("what changed" in f.text.lower() for f in editing.open_record(desk, second).findings)
    editing.answer(desk, second, {"looks": "Taller now."})
    assert desk.vault.view(first).content_hash == agreed
    assert find_me_plans.open_plan(desk, child) == second


def test_where_a_row_came_from_is_for_the_council_only(desk: Desk, child: str, interview: str) -> None:
    """That an interview took place, and when, is not for a carer’s or police’s copy."""
    begun = find_me_plans.open_plan(desk, child)
    editing.answer(desk, begun, {**plan(), "consents": [{"recipient": "police", "decision": "all"}]})
    carried_over.take(desk, begun, offered(desk, begun)["park"])
    record = editing.open_record(desk, begun)
    filled = Filled(record.definition, record.answers, record.context)
    seen = {who: str(answers_for(copy_for(record.definition, record.answers, who), filled)) for who in READERS}

    assert "From the interview" in seen["allocated_worker"]
    assert "Skate park" in seen["police"]
    assert "From the interview" not in seen["police"]


READERS = ("allocated_worker", "police")


def test_a_place_that_two_interviews_name_is_offered_once_as_the_latest_has_it(
    desk: Desk, child: str, interview: str
) -> None:
    later = [{"id": "park2", "name": "skate park ", "area": "By the canal", "add_to_plan": True}]
    interviewed(desk, child, {"started_at": "2026-03-20T15:00:00+00:00", "places": later, "people": []})
    begun = find_me_plans.open_plan(desk, child)
    before = offered(desk, begun)
    carried_over.leave(desk, begun, before["park2"])

    assert set(before) == {"park2", "dex"}
    assert set(offered(desk, begun)) == {"dex"}
