"""Dates, times and numbers as people type, paste and dictate them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.forms.moments import NO_SUCH_TIME, WHICH_HOUR
from desktop.ui.kit.fields.dates_and_numbers import (
    NUMBER,
    REAL_DATE,
    TIME_NEEDED,
    WHOLE_DATE,
    YEAR,
    Read,
    clock_part,
    date_parts,
    read_date,
    read_moment,
    read_number,
    split_date,
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("27", "3", "2026"), "2026-03-27"),
        ((" 27 ", "March", "2026."), "2026-03-27"),
        (("27th", "mar", "2026"), "2026-03-27"),
        (("29", "2", "2028"), "2028-02-29"),
        (("", "", ""), None),
    ],
)
def test_dates_that_read(parts: tuple[str, str, str], expected: str | None) -> None:
    """Stray spaces, names of months and the full stop of dictation are taken as meant."""
    assert Read(expected) == read_date(*parts)


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        (("31", "2", "2026"), REAL_DATE),
        (("x", "3", "2026"), REAL_DATE),
        (("27", "3", "26"), YEAR),
        (("27", "", "2026"), WHOLE_DATE),
        (("27", "ma", "2026"), REAL_DATE),
    ],
)
def test_dates_that_do_not(parts: tuple[str, str, str], problem: str) -> None:
    """What cannot be read says what to do, and is no answer."""
    assert Read(problem=problem) == read_date(*parts)


def test_a_year_still_being_typed_is_left_alone() -> None:
    """Spread too early, its last figures would land in the wrong box."""
    assert split_date("27 3 2") is None
    assert split_date("27 3") is None


def test_a_rough_date() -> None:
    """About takes a day, a month or a year."""
    assert Read({"about": "2026-03"}) == read_date("", "3", "2026", about=True)
    assert Read({"about": "2026"}) == read_date("", "", "2026", about=True)
    assert Read({"about": "2026-03-09"}) == read_date("9", "3", "2026", about=True)


@pytest.mark.parametrize("text", ["27 March 2026.", "27/3/2026", "27.3.2026", "2026-03-27", " 27 3 2026"])
def test_a_whole_date_in_one_box(text: str) -> None:
    """A date pasted or dictated into the first box is spread over the three."""
    parts = split_date(text)

    assert parts is not None
    assert Read("2026-03-27") == read_date(*parts)


@pytest.mark.parametrize("clock", ["14:32", "14.32", "1432", "2:32pm", "2.32 PM"])
def test_times(clock: str) -> None:
    """A time is on the clocks of England and carries its offset."""
    assert Read("2026-03-27T14:32:00+00:00") == read_moment("27", "3", "2026", clock)


def test_summer_time_has_its_offset() -> None:
    assert Read("2026-06-27T14:32:00+01:00") == read_moment("27", "6", "2026", "14:32")


def test_a_time_that_never_was() -> None:
    """The clocks went forward at one: half past one was on no clock."""
    assert Read(problem=NO_SUCH_TIME) == read_moment("29", "3", "2026", "01:30")


def test_a_time_that_came_twice() -> None:
    """The clocks went back at two: half past one was on the clock twice."""
    assert Read(problem=WHICH_HOUR) == read_moment("25", "10", "2026", "01:30")
    assert Read("2026-10-25T01:30:00+01:00") == read_moment("25", "10", "2026", "01:30", later=False)
    assert Read("2026-10-25T01:30:00+00:00") == read_moment("25", "10", "2026", "01:30", later=True)


@given(st.sampled_from((24, 25, 26)), st.integers(0, 23 * 60), st.booleans())
def test_a_time_is_shown_again_as_it_was_typed(day: int, minutes: int, later: bool) -> None:
    """Round the night the clocks go back, either hour."""
    clock = f"{minutes // 60:02d}:{minutes % 60:02d}"

    assert clock_part(read_moment(str(day), "10", "2026", clock, later=later).value) == clock


def test_a_day_without_its_time() -> None:
    """The time is asked for, unless the worker says that only the day is known."""
    assert Read(problem=TIME_NEEDED) == read_moment("27", "3", "2026", "")
    assert Read({"about": "2026-03-27"}) == read_moment("27", "3", "2026", "", about=True)


def test_numbers() -> None:
    """Whole numbers are numbers; others keep their figures."""
    assert Read(12) == read_number(" 12. ")
    assert Read("2.5") == read_number("2.5")
    assert Read(1200) == read_number("1,200")
    assert Read(problem=NUMBER) == read_number("twelve")
    assert Read() == read_number("")


def test_kept_answers_come_back_into_their_boxes() -> None:
    """Boxes show a kept answer as it was given, by England's clocks."""
    assert date_parts("2026-03-09") == ("9", "3", "2026", False)
    assert date_parts({"about": "2026-03"}) == ("", "3", "2026", True)
    assert date_parts({"none": "not_known"}) == ("", "", "", False)
    assert clock_part("2026-06-27T13:32:00+00:00") == "14:32"
