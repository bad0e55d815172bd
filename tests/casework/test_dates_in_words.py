"""Dates as a person reads them, in English whatever language the laptop was set to."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from casework.dates_in_words import (
    MONTHS,
    WEEKDAYS,
    clock_time,
    day,
    day_and_time,
    day_of_month,
    days_line,
    month_and_year,
    month_day,
    near_day,
    near_month,
    ordinal,
    short_day,
    short_length,
    weekday,
    when,
)

ROOT = Path(__file__).parents[2]
FRIDAY = date(2026, 3, 27)
NOON = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)


def test_a_day_is_said_in_full() -> None:
    assert day(FRIDAY) == "27 March 2026"
    assert short_day(FRIDAY) == "Fri 27 March"
    assert (weekday(FRIDAY), day_of_month(FRIDAY), month_and_year(FRIDAY)) == ("Friday", "27 March", "March 2026")


def test_every_month_and_weekday_has_its_name() -> None:
    assert [day_of_month(date(2026, number, 1)) for number in range(1, 13)] == [f"1 {name}" for name in MONTHS]
    assert [weekday(date(2026, 3, 23 + number)) for number in range(7)] == list(WEEKDAYS)


def test_a_time_is_that_of_londons_clocks() -> None:
    assert day_and_time(datetime(2026, 7, 1, 13, 32, tzinfo=UTC)) == "1 July 2026, 14:32"
    assert (clock_time(NOON), when(NOON, NOON)) == ("12:00", "today, 12:00")
    assert when(NOON, datetime(2026, 3, 28, tzinfo=UTC)) == "27 March 2026, 12:00"


def test_the_year_is_said_when_it_is_not_this_one() -> None:
    assert (near_day(FRIDAY, date(2026, 1, 1)), near_day(FRIDAY, date(2027, 1, 1))) == ("Fri 27 March", "27 March 2026")
    assert (month_day(FRIDAY, date(2026, 1, 1)), month_day(FRIDAY, date(2027, 1, 1))) == ("27 March", "27 March 2026")
    assert (near_month(FRIDAY, date(2026, 1, 1)), near_month(FRIDAY, date(2027, 1, 1))) == ("March", "March 2026")


def test_several_days_say_their_month_and_year_once() -> None:
    days = [date(2026, 2, 28), date(2026, 3, 13), date(2026, 3, 24)]

    assert days_line(days) == "28 February, 13 and 24 March 2026"
    assert days_line([]) == ""
    assert (ordinal(3), ordinal(10)) == ("Third", "10th")


def test_an_hour_is_said_when_it_is_over() -> None:
    """Beside “Missing 7 h 35 min” the timeline said “8 h”; twenty minutes were “0 h”, and 47 h 50 two days."""
    lengths = {20: "20 min", 7 * 60 + 35: "7 h", 47 * 60 + 50: "47 h", 48 * 60: "2 days", 72 * 60 - 1: "2 days"}

    assert {minutes: short_length(timedelta(minutes=minutes)) for minutes in lengths} == lengths


def test_a_number_in_order_ends_as_it_is_said() -> None:
    assert [ordinal(number) for number in (11, 12, 13, 21, 22, 23, 24, 111)] == [
        "11th", "12th", "13th", "21st", "22nd", "23rd", "24th", "111th",
    ]  # fmt: skip


def test_nothing_else_names_a_month_or_a_weekday() -> None:
    """`%B` says “mars” on a laptop that was set to French, once a window is open."""
    files = [file for part in ("casework", "desktop", "central") for file in (ROOT / part).rglob("*.py")]

    assert [file.name for file in files if re.search(r"\{[^{}]*:[^{}]*%[AaBb]", file.read_text(encoding="utf-8"))] == []
