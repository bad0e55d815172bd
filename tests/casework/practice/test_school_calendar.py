"""School days: each school year's own dates, bank holidays, single schools, and how far the calendar reaches."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from msgspec import structs

from casework.errors import DefinitionError
from casework.practice.council import Council, OneSchoolClosed, load_council
from casework.practice.school_calendar import (
    calendar_runs_out,
    is_school_day,
    knows_school_days,
    nth_school_day,
    school_days,
    school_days_left,
)
from tests.casework.practice.council import day, rotherham

EARLY_MAY = day("2026-05-04")


def test_schools_are_closed_on_bank_holidays_that_nobody_wrote_down() -> None:
    """The early May holiday counted as a school day: 19 of 253 start days were wrong, and called certain."""
    assert not is_school_day(EARLY_MAY, rotherham())
    assert is_school_day(EARLY_MAY, reading("open"))
    assert nth_school_day(day("2026-04-20"), 20, rotherham()) == day("2026-05-18")


def reading(holidays: str) -> Council:
    council = rotherham()
    return replace(council, readings={**council.readings, "school_bank_holidays": holidays})


def test_one_school_may_be_closed_while_the_others_are_open() -> None:
    """By its name, however it is written; the counts of other schools stay as they are."""
    flood = OneSchoolClosed("St Osyth’s Primary", day("2026-03-16"), day("2026-03-18"), "Flood")
    council = replace(rotherham(), one_school_closed=(flood,))

    assert not is_school_day(day("2026-03-17"), council, "st osyths primary")
    assert is_school_day(day("2026-03-17"), council, "Millgate Primary")
    assert school_days(day("2026-03-16"), day("2026-03-20"), council, "St Osyth's Primary") == 2
    assert school_days(day("2026-03-16"), day("2026-03-20"), council) == 5


def test_a_count_over_the_years_is_the_count_of_each_day() -> None:
    """Sums by years against the question asked day by day."""
    first, last = day("2025-11-03"), day("2026-11-30")
    days = (first + timedelta(days=step) for step in range((last - first).days + 1))

    assert school_days(first, last, rotherham()) == sum(is_school_day(one, rotherham()) for one in days)
    assert school_days(last, first, rotherham()) == 0


def test_the_summer_between_two_known_years_is_known_and_closed() -> None:
    assert knows_school_days(day("2026-07-01"), day("2026-10-01"), rotherham())
    assert not is_school_day(day("2026-08-12"), rotherham())


def test_a_year_that_nobody_wrote_down_between_two_is_not_known() -> None:
    first, second = rotherham().school_years
    later = structs.replace(second, first=date(2027, 9, 2), last=date(2028, 7, 20), closed=())
    council = replace(rotherham(), school_years=(first, later))

    assert not knows_school_days(day("2026-07-01"), day("2027-10-01"), council)
    assert is_school_day(day("2027-03-03"), council)


def test_it_is_said_before_the_calendar_runs_out() -> None:
    assert school_days_left(day("2026-12-16"), rotherham()) == 2
    assert "only 2 school days" in calendar_runs_out(day("2026-12-16"), rotherham())
    assert "only 0 school days" in calendar_runs_out(day("2027-06-01"), replace(rotherham(), school_years=()))
    assert calendar_runs_out(day("2026-03-02"), rotherham()) == ""


TEXT = rotherham().text


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("ehe_contact_months = { value = 12", "ehe_contact_months = { value = 0", "should be 1 or more"),
        ("s437_days = { value = 15", 's437_days = { value = "0.5"', "should be 1 or more"),
        ("first = 2026-09-02", "first = 2026-07-20", "begins before 2025 to 2026 has ended"),
        ("closures = []", "closures = []\nschool_closed = []", "one [[calendar.school_year]] for each school year"),
        ("last = 2026-07-20", "last = 2025-07-20", "ends before it begins"),
    ],
)
def test_a_council_file_that_would_count_wrongly_is_refused(was: str, now: str, said: str) -> None:
    assert was in TEXT
    with pytest.raises(DefinitionError, match=re.escape(said)):
        load_council(TEXT.replace(was, now, 1), file="council.toml")
