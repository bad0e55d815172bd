"""An episode recorded twice: the two are named, counted once until somebody decides, and siblings are left alone."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from casework.errors import UnknownRecord
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.due.doubles import every_double, not_same_as, same_as
from desktop.flows.due.missing_now import missing_now
from desktop.flows.due.today import today
from desktop.flows.record import editing

REFERENCE = "AP-26-118362"


def child(desk: Desk, name: str = "Juno", care: str = "cin") -> str:
    return editing.new_record(desk, "child", known={"given_name": name, "care_status": care})


def gone(desk: Desk, who: str, since: str, until: str = "", **known: JSON) -> str:
    found: dict[str, JSON] = {"found_at": f"{until}+00:00"} if until else {}
    known = {"last_seen_at": f"{since}+00:00", "outcome": "real", **found, **known}
    return editing.new_record(desk, "missing_episode", who, known)


def kinds(desk: Desk) -> list[str]:
    return sorted(matter.kind for matter in today(desk).matters)


@pytest.fixture
def recorded_twice(desk: Desk) -> tuple[str, str]:
    """Two evenings before, and tonight by two people: four records, three episodes."""
    who = child(desk)
    for day in ("2026-03-13", "2026-03-24"):
        gone(desk, who, f"{day}T16:00:00", f"{day}T20:00:00", no_plan_why="Looked at in the group.")
    first = gone(desk, who, "2026-03-27T10:00:00", police_ref=REFERENCE)
    return first, gone(desk, who, "2026-03-27T10:20:00", police_ref=f" {REFERENCE.lower()} ")


def test_a_second_open_episode_with_the_same_reference_is_said_and_counts_once(
    desk: Desk, recorded_twice: tuple[str, str]
) -> None:
    """It passed in silence and became the fourth episode in 28 days."""
    (double,) = every_double(desk)
    (meeting,) = [m for m in today(desk).matters if m.kind == "strategy_meeting"]

    assert (double.first.record_id, double.second.record_id) == recorded_twice
    assert double.why == f"The same police reference, {REFERENCE}"
    assert meeting.title == "Third episode in 28 days: strategy meeting"
    assert len(missing_now(desk)) == 1, "one child, one line"
    assert "double" in kinds(desk)


def test_the_same_in_one_press_leaves_both_to_be_read(desk: Desk, recorded_twice: tuple[str, str]) -> None:
    first, second = recorded_twice
    same_as(desk, second, first)
    marked = desk.vault.view(second).answers()

    assert (marked["outcome"], marked["duplicate_of"]) == ("duplicate", first)
    assert REFERENCE in str(marked["outcome_why"])
    assert marked["police_ref"] == f" {REFERENCE.lower()} ", "as it was written"
    assert every_double(desk) == ()
    with pytest.raises(UnknownRecord, match="not waiting for a decision"):
        same_as(desk, second, first)


def test_two_episodes_both_count_once_somebody_has_said_so(desk: Desk, recorded_twice: tuple[str, str]) -> None:
    first, second = recorded_twice
    not_same_as(desk, second, first)
    (meeting,) = [m for m in today(desk).matters if m.kind == "strategy_meeting"]

    assert every_double(desk) == ()
    assert meeting.title == "Fourth episode in 28 days: strategy meeting"


def test_overlapping_without_a_reference_is_a_double_too(desk: Desk) -> None:
    who = child(desk)
    gone(desk, who, "2026-03-24T16:00:00", "2026-03-24T22:00:00")
    gone(desk, who, "2026-03-24T21:00:00", "2026-03-25T01:00:00")
    gone(desk, who, "2026-03-26T16:00:00", "2026-03-26T20:00:00")
    (double,) = every_double(desk)

    assert double.why == "One began before the other had ended"
    assert len(case_file(desk, who).episodes()) == 2


def test_siblings_are_never_one(desk: Desk) -> None:
    """Police may give brothers and sisters one reference; each has an episode of their own."""
    for name in ("Alder", "Rowan"):
        gone(desk, child(desk, name), "2026-03-27T10:00:00", police_ref=REFERENCE)

    assert every_double(desk) == ()
    assert len(missing_now(desk)) == 2


def test_one_after_another_are_two(desk: Desk) -> None:
    who = child(desk)
    gone(desk, who, "2026-03-24T16:00:00", "2026-03-24T22:00:00", police_ref="AP-1")
    gone(desk, who, "2026-03-24T22:00:00", "2026-03-25T01:00:00", police_ref="AP-2")

    assert every_double(desk) == ()
