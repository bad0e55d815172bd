"""D3, D4, D6 and D7: what a pattern of episodes sets in motion."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.practice.triggers import (
    Episode,
    Trigger,
    alert_goes_to,
    earliest,
    triggers,
    who_interviews,
)
from tests.casework.practice.council import at, rotherham

NOW = at("2026-08-01T12:00")


def starting(*days: str) -> list[Episode]:
    return [Episode(day, at(f"{day}T12:00"), at(f"{day}T14:00"), "cin") for day in days]


def met(episodes: list[Episode], now: datetime = NOW) -> set[str]:
    return {trigger.id for trigger in triggers(episodes, now, rotherham()) if trigger.met}


def one(began: str, ended: str, care: str = "cin") -> set[str]:
    return met([Episode("e", at(began), at(ended), care)])


def test_windows_of_28_30_and_90_days() -> None:
    """Inclusive dates, ending on the newest start."""
    month = "calendar_month"
    within = {"3_in_28_days", "3_in_30_days", "3_in_90_days", month}

    assert met(starting("2026-06-01", "2026-06-15", "2026-06-28")) == within
    assert met(starting("2026-06-01", "2026-06-15", "2026-06-29")) == within - {"3_in_28_days"}
    assert met(starting("2026-06-01", "2026-06-15", "2026-06-30")) == within - {"3_in_28_days"}
    assert met(starting("2026-06-01", "2026-06-15", "2026-07-01")) == {"3_in_90_days"}
    assert met(starting("2026-06-01", "2026-06-15")) == set()


def test_three_in_a_calendar_month_is_what_the_scorecard_counts() -> None:
    """Shown beside the others; it alerts nobody by itself."""
    tests = triggers(starting("2026-05-31", "2026-06-01", "2026-06-02", "2026-06-03"), NOW, rotherham())
    [month] = [trigger for trigger in tests if trigger.id == "calendar_month"]

    assert (month.met, month.leads_to, month.since) == (True, "scorecard", at("2026-06-03T12:00"))
    assert month.episodes == ("2026-06-01", "2026-06-02", "2026-06-03")
    assert "calendar_month" not in met(starting("2026-05-30", "2026-05-31", "2026-06-01"))


def test_ninety_days_leads_to_the_watch_list_only() -> None:
    """A strategy meeting needs one of the shorter windows, or more than 24 hours."""
    tests = triggers(starting("2026-06-01", "2026-06-15", "2026-07-01"), NOW, rotherham())

    assert [trigger.leads_to for trigger in tests if trigger.met] == ["watch_list"]
    assert earliest(tests, "strategy_meeting") is None


def test_the_alert_is_on_the_earliest_test() -> None:
    """As drawn: 28 February, 13 and 24 March 2026 is the third in 28 days."""
    tests = triggers(starting("2026-02-25", "2026-03-13", "2026-03-24"), NOW, rotherham())
    first = earliest(tests, "strategy_meeting")

    assert first is not None
    assert first.since == at("2026-03-24T12:00")
    assert first.episodes == ("2026-02-25", "2026-03-13", "2026-03-24")


@pytest.mark.parametrize(
    ("began", "ended", "is_more"),
    [
        ("2026-06-01T12:00", "2026-06-02T12:00", False),  # exactly 24 hours is not more than
        ("2026-06-01T12:00", "2026-06-02T12:01", True),
        ("2026-03-28T12:00", "2026-03-29T13:00", False),  # 24 true hours over the change
        ("2026-03-28T12:00", "2026-03-29T13:01", True),
        ("2026-10-24T12:00", "2026-10-25T11:00", False),
        ("2026-10-24T12:00", "2026-10-25T11:01", True),
    ],
)
def test_more_than_24_hours(began: str, ended: str, is_more: bool) -> None:
    """D3, by true hours."""
    assert ("more_than_24_hours" in one(began, ended)) is is_more


def test_a_child_still_missing_is_counted_until_now() -> None:
    """The alert does not wait for the return."""
    gone = [Episode("e", at("2026-06-01T12:00"), None, "lac")]

    assert "more_than_24_hours" not in met(gone, at("2026-06-02T12:00"))
    assert "more_than_24_hours" in met(gone, at("2026-06-02T12:01"))
    assert "overnight" in met(gone, at("2026-06-02T05:00"))
    assert "overnight" not in met(gone, at("2026-06-02T04:59"))


@pytest.mark.parametrize("care", ["cpp", "lac"])
def test_overnight_with_a_protection_plan_or_looked_after(care: str) -> None:
    """D4: throughout 00:00 to 05:00; a minute short is not overnight."""
    assert "overnight" in one("2026-06-01T23:59", "2026-06-02T05:00", care)
    assert "overnight" not in one("2026-06-02T00:01", "2026-06-02T09:00", care)
    assert "overnight" not in one("2026-06-01T22:00", "2026-06-02T04:59", care)


@pytest.mark.parametrize("care", ["early_help", "cin", "care_leaver", "not_a_client"])
def test_overnight_is_no_alert_for_others(care: str) -> None:
    """Need to know is for children on a plan or looked after."""
    assert "overnight" not in one("2026-06-01T20:00", "2026-06-02T09:00", care)


def test_overnight_across_both_clock_changes() -> None:
    """A short night and a long night are nights."""
    assert "overnight" in one("2026-03-28T23:00", "2026-03-29T05:00", "lac")
    assert "overnight" in one("2026-10-24T23:00", "2026-10-25T05:00", "lac")


def test_two_days_is_shown_as_the_other_reading() -> None:
    """D4: a comment in a source speaks of more than two days."""
    assert "more_than_two_days" in one("2026-06-01T12:00", "2026-06-03T12:01", "lac")
    assert "more_than_two_days" not in one("2026-06-01T12:00", "2026-06-03T12:00", "lac")


def test_every_test_is_shown_with_rule_and_source() -> None:
    """Met or not."""
    tests: tuple[Trigger, ...] = triggers([], NOW, rotherham())

    assert len(tests) == 7
    assert all(not trigger.met and trigger.rule and trigger.source and trigger.what for trigger in tests)


@given(st.lists(st.integers(0, 200), max_size=12), st.randoms())
def test_windows_agree_with_counting_by_hand_in_any_order(offsets: list[int], order: object) -> None:
    """Some start has two or more others on its day or the 27 days before it."""
    base = datetime(2026, 1, 5, 12, tzinfo=UTC)
    days = [base + timedelta(days=offset) for offset in offsets]
    episodes = [Episode(str(place), day, day + timedelta(hours=1)) for place, day in enumerate(days)]
    order.shuffle(episodes)  # type: ignore[attr-defined]
    by_hand = any(sum(0 <= last - other <= 27 for other in offsets) >= 3 for last in offsets)

    assert ("3_in_28_days" in met(episodes)) is by_hand


def test_forty_miles_is_still_an_advocates_journey() -> None:
    """D6: up to and with forty; further, video, the worker, or a key worker the child asks for."""
    assert who_interviews(Decimal(40), rotherham())[0] == "missing_advocate"
    assert "missing_advocate" not in who_interviews(Decimal("40.1"), rotherham())
    assert "key_worker_child_asked_for" in who_interviews(Decimal("40.1"), rotherham())
    assert who_interviews(None, rotherham())[0] == "missing_advocate"


def test_closed_or_unknown_children_go_to_mash() -> None:
    """D7."""
    assert alert_goes_to(is_open=True) == "allocated_worker"
    assert alert_goes_to(is_open=False) == "mash"
