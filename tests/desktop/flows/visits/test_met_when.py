"""What stands over a record before it is signed: when, where and with whom, of each kind of meeting."""

from __future__ import annotations

from casework.canonical import JSON
from desktop.flows.desk import Desk
from desktop.flows.record.editing import new_record, open_record
from desktop.flows.visits.met_when import met_when

Said = dict[str, tuple[str, str]]


def said(desk: Desk, form: str, **answers: JSON) -> Said:
    child = new_record(desk, "child", known={"given_name": "Wren", "family_name": "Hollowby"})
    record = open_record(desk, new_record(desk, form, child, answers))
    return {fact.title: (fact.said, fact.note) for fact in met_when(record)}


def interview(desk: Desk, **answers: JSON) -> Said:
    return said(desk, "return_home_interview", went_ahead="yes", **answers)


def test_of_an_interview_with_its_minutes(desk: Desk) -> None:
    found = interview(
        desk,
        started_at="2026-03-26T15:18:00+00:00",
        ended_at="2026-03-26T15:56:00+00:00",
        mode="face_to_face",
        place="placement",
        seen_alone=False,
        seen_alone_why="Sam Tindle, as Wren asked",
    )

    assert found["When"] == ("26 March 2026", "15:18 to 15:56, 38 minutes")
    assert found["Where"] == ("At the placement", "Face to face")
    assert found["Who was there"] == ("Wren", "Not alone. Sam Tindle, as Wren asked")


def test_an_end_before_the_start_makes_no_minutes(desk: Desk) -> None:
    begun, ended = "2026-03-26T15:18:00+00:00", "2026-03-26T14:56:00+00:00"
    found = interview(desk, started_at=begun, ended_at=ended)

    assert found["When"] == ("26 March 2026", "From 15:18")
    assert found["Where"] == ("", "")


def test_over_the_night_when_clocks_go_forward(desk: Desk) -> None:
    begun, ended = "2026-03-28T23:50:00+00:00", "2026-03-29T02:10:00+01:00"
    assert interview(desk, started_at=begun, ended_at=ended)["When"] == (
        "28 March 2026",
        "23:50 to 29 March 2026, 02:10, 80 minutes",
    )


def test_a_visit_says_its_last_attempt_and_that_no_child_was_seen(desk: Desk) -> None:
    attempts: list[JSON] = [
        {"at": "2026-03-24T15:00:00+00:00", "result": "no_answer", "who_went": "Nadia Brightwater"},
        {"at": "2026-03-25T16:00:00+00:00", "result": "adult_only_seen", "who_went": "Tom Applegarth"},
    ]
    adults: list[JSON] = [{"name": "Carla Hollowby"}]
    found = said(desk, "safe_well_visit", attempts=attempts, adults_present=adults, address="6 Weir Lane")

    assert found["When"] == ("25 March 2026, 16:00", "2 attempts")
    assert found["Who was there"] == ("Carla Hollowby and Tom Applegarth", "No child was seen")


def test_of_a_record_that_is_about_no_meeting_nothing(desk: Desk) -> None:
    assert said(desk, "need_to_know") == {}
