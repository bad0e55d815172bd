"""A record as lines: other records by their title and day, never by an id."""

from __future__ import annotations

from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.record import editing
from desktop.flows.record.as_text import told
from tests.desktop.flows.due.test_missing_matters import away, child


def test_a_linked_record_is_named(desk: Desk) -> None:
    who = child(desk)
    episode = away(desk, who, "2026-03-24T22:20:00", "2026-03-25T21:40:00")
    said = told(desk, start_interview(desk, episode))

    assert "Missing episode: Missing episode, 25 March 2026" in said
    assert episode not in said


def test_so_is_one_in_a_row(desk: Desk) -> None:
    who = child(desk)
    episode = away(desk, who, "2026-03-24T22:20:00", "2026-03-25T21:40:00")
    meeting = editing.new_record(desk, "strategy_meeting", who, {"episodes": [{"episode_id": episode}]})

    assert "Missing episode, 25 March 2026" in told(desk, meeting)
    assert episode not in told(desk, meeting)


def test_one_that_is_not_here_says_so(desk: Desk) -> None:
    record = editing.new_record(desk, "return_home_interview", child(desk), {"episode_id": "0f" * 16})

    assert "A record that is not on this laptop" in told(desk, record)
