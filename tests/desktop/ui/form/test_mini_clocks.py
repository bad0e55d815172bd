"""The two clocks in the head of an interview: how long is left, or since when it is over, in words."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QLabel

from casework.canonical import JSON
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.record import editing
from tests.desktop.ui.conftest import Driven


def words(driven: Driven) -> list[str]:
    return [found.text() for found in driven.window.findChildren(QLabel) if found.isVisible()]


def test_the_clocks_say_what_is_left_and_after_the_turn_of_the_year_which_year_it_was_due(driven: Driven) -> None:
    driven.go("form", driven.planted.interview_id)
    assert "31 h 8 min left of 72 hours" in words(driven)
    assert "Due Mon 30 March" in words(driven)

    driven.clock.at += timedelta(days=290)
    driven.window.lock()
    driven.settle()
    driven.unlock()
    assert words(driven).count("Was due 30 March 2026") == 1
    driven.go("form", driven.planted.interview_id)
    said = words(driven)
    assert "6928 h 52 min over the 72 hours" in said
    assert "Was due 30 March 2026" in said


def test_without_the_time_of_a_return_nothing_is_left_of_anything(driven: Driven) -> None:
    """It said “Cannot be counted yet of 72 hours”."""
    known: dict[str, JSON] = {"last_seen_at": "2026-03-26T20:00:00+00:00", "found_at": {"none": "not_known"}}
    episode = editing.new_record(driven.shell.desk, "missing_episode", driven.planted.child_id, known)
    driven.go("form", start_interview(driven.shell.desk, episode))

    assert "Cannot be counted yet" in words(driven)
    assert not any("of 72 hours" in one for one in words(driven))
