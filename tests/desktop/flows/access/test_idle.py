"""When to lock by itself, told the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.flows.access.idle import Watch

START = datetime(2026, 3, 27, 14, 0, tzinfo=UTC)


def test_it_locks_when_nobody_is_there() -> None:
    watch = Watch()
    watch.touched(0.0)
    seen = [watch.look(START + timedelta(seconds=n), float(n)) for n in range(0, 301, 10)]

    assert seen == [None] * 30 + ["idle"]


def test_a_key_pressed_keeps_it_open() -> None:
    watch = Watch(idle=timedelta(seconds=60))
    for n in range(0, 600, 10):
        watch.touched(float(n))
        assert watch.look(START + timedelta(seconds=n), float(n)) is None


def test_a_look_that_was_to_come_later_is_no_sleep_and_one_that_is_late_by_a_minute_is() -> None:
    watch = Watch(idle=timedelta(hours=5), pause=timedelta(seconds=200))
    watch.afresh(START, 0.0)

    assert watch.left(30.0) == timedelta(hours=5) - timedelta(seconds=30)
    assert watch.look(START + timedelta(seconds=201), 201.0) is None
    assert watch.look(START + timedelta(seconds=462), 462.0) == "slept"


@pytest.mark.parametrize(
    ("wall", "steady", "why"),
    [(3600, 3600, "slept"), (3600, 10, "slept"), (-3600, 10, "clock"), (100, 10, None), (10, 10, None)],
)
def test_it_locks_after_sleep_and_when_the_clock_is_turned(wall: int, steady: int, why: str | None) -> None:
    """A lid that was shut shows as late on the steady clock, or only on the wall clock where the steady one stops."""
    watch = Watch(idle=timedelta(hours=5))
    watch.look(START, 0.0)

    assert watch.look(START + timedelta(seconds=wall), float(steady)) == why
