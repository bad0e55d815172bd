"""Today: who is due, by both clocks, and what to do next."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import due_interviews, start_interview
from desktop.flows.due.today import today
from desktop.flows.record import editing
from tests.desktop.clock import Clock


def back(desk: Desk, found_at: JSON = "2026-03-25T21:40:00+00:00", **known: JSON) -> str:
    child = editing.new_record(desk, "child", known={"given_name": "Wren", "date_of_birth": "2012-02-11"})
    return editing.new_record(desk, "missing_episode", child, {"found_at": found_at, **known})


def test_a_child_who_is_back_is_due_by_both_clocks(desk: Desk) -> None:
    episode = back(desk)
    (due,) = due_interviews(desk)

    assert (due.episode_id, due.record_id, due.act) == (episode, "", "Record an offer")
    assert due.child.name_and_age == "Wren, 14"
    assert due.clocks.h72.due is not None
    assert due.clocks.h72.due.isoformat() == "2026-03-28T21:40:00+00:00"
    assert str(due.clocks.working.due) == "2026-03-30"


def test_an_unknown_time_of_return_cannot_be_counted_and_asks_for_it(desk: Desk) -> None:
    back(desk, {"about": "2026-03-26"})
    (due,) = due_interviews(desk)

    assert due.clocks.h72.due is None
    assert (due.state_line, due.act) == ("Time not known. To offer", "Add the time")


@pytest.mark.parametrize("known", [{"outcome": "entered_in_error"}, {"outcome": "duplicate"}])
def test_an_episode_that_was_none_is_not_due(desk: Desk, known: dict[str, JSON]) -> None:
    back(desk, **known)

    assert due_interviews(desk) == ()


def offer(reply: str) -> dict[str, JSON]:
    return {"offer_decision": "yes", "offers": [{"at": "2026-03-26T10:00:00+00:00", "how": "phone", "reply": reply}]}


@pytest.mark.parametrize(
    ("answers", "line", "act"),
    [
        (offer("no_reply"), "Offered once, no reply yet", "Record an offer"),
        (offer("accepted"), "Said yes, no time agreed", "Arrange"),
        (offer("wants_later"), "Would like to talk later, no time agreed", "Arrange"),
        ({**offer("accepted"), "started_at": "2026-03-27T14:00:00+00:00"}, "Started, not finished", "Continue"),
    ],
)
def test_what_happened_and_what_is_next(desk: Desk, answers: dict[str, JSON], line: str, act: str) -> None:
    editing.answer(desk, start_interview(desk, back(desk)), answers)
    (due,) = due_interviews(desk)

    assert (due.state_line, due.act) == (line, act)


@pytest.mark.parametrize(("miles", "line"), [("40", "To offer"), ("52.5", None), (None, "To offer")])
def test_who_could_hold_it_where_an_advocate_does_not_travel(desk: Desk, miles: JSON, line: str | None) -> None:
    """D6: forty miles exactly is within; what is not known is no reason."""
    back(desk, placement_miles=miles)
    (due,) = due_interviews(desk)

    editing.answer(desk, start_interview(desk, due.episode_id), {"started_at": "2026-03-27T14:00:00+00:00"})
    assert due_interviews(desk)[0].state_line == "Started, not finished", "then it is somebody’s already"

    assert due.state_line == (line or (
        "To offer. Placed 52.5 miles away: by video, by the social worker, a key worker the child asks for "
        "or another agency"
    ))  # fmt: skip


@pytest.mark.parametrize(
    "answers",
    [
        offer("declined"),
        {"offer_decision": "not_applicable", "no_offer_reason": "turned_18"},
        {**offer("accepted"), "went_ahead": "changed_mind"},
    ],
)
def test_a_final_answer_stops_the_clocks(desk: Desk, answers: dict[str, JSON]) -> None:
    editing.answer(desk, start_interview(desk, back(desk)), answers)

    assert due_interviews(desk) == ()


def test_the_next_episode_is_always_offered_anew(desk: Desk) -> None:
    first = back(desk)
    editing.answer(desk, start_interview(desk, first), offer("declined"))
    child = desk.vault.view(first).child_id
    second = editing.new_record(desk, "missing_episode", child, {"found_at": "2026-03-27T09:00:00+00:00"})

    assert [due.episode_id for due in due_interviews(desk)] == [second]


def test_one_interview_may_cover_two_episodes(desk: Desk) -> None:
    first = back(desk)
    child = desk.vault.view(first).child_id
    second = editing.new_record(desk, "missing_episode", child, {"found_at": "2026-03-27T09:00:00+00:00"})
    interview = start_interview(desk, first)
    editing.answer(desk, interview, {"also_covers": [{"also_episode_id": second}], **offer("accepted")})

    assert start_interview(desk, second) == interview


def test_an_arranged_visit_is_on_the_list_with_its_time(desk: Desk) -> None:
    episode = back(desk)
    interview = start_interview(desk, episode)
    editing.answer(desk, interview, offer("accepted"))
    known: dict[str, JSON] = {"at": "2026-03-27T15:15:00+00:00", "what": "Return home interview", "about": interview}
    editing.new_record(desk, "appointment", desk.vault.view(episode).child_id, known)
    found = today(desk)

    assert found.due[0].state_line == "Arranged today, 15:15"
    assert [visit.what for visit in found.visits] == ["Return home interview, Wren"]


def test_soonest_first_and_what_cannot_be_counted_last(desk: Desk, clock: Clock) -> None:
    unknown = back(desk, {"about": "2026-03-26"})
    later, sooner = back(desk, "2026-03-26T10:00:00+00:00"), back(desk, "2026-03-24T10:00:00+00:00")
    clock.passes(hours=1)

    assert [due.episode_id for due in due_interviews(desk)] == [sooner, later, unknown]


def test_a_home_education_case_that_goes_on_is_no_draft(desk: Desk) -> None:
    """It is never signed; Caseload has it. A report that was begun is one."""
    child = editing.new_record(desk, "child", known={"given_name": "Otto", "date_of_birth": "2016-05-04"})
    editing.new_record(desk, "ehe_case", child, {"stage": "current"})
    report = editing.new_record(desk, "ehe_visit", child, {"visit_kind": "first"})

    assert [one.record_id for one in today(desk).drafts] == [report]
