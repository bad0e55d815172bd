"""D9 to D12: absence, the roll, compulsory age, education at home."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.practice.education_deadlines import (
    Absence,
    absence,
    college_from,
    compulsory_from,
    compulsory_until,
    cooling_off,
    cooling_off_ends,
    ehe_revisit,
    home_consideration,
    is_compulsory_age,
    movement_return,
    next_ehe_contact,
    place_letter,
    reapply_from,
    s437_earliest_end,
    school_file,
)
from casework.practice.school_calendar import is_school_day, nth_school_day, school_days
from tests.casework.practice.council import day, rotherham

BIRTHS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(("born", "begins"), [("2021-08-31", "2026-08-31"), ("2021-09-01", "2026-12-31")])
def test_compulsory_age_begins(born: str, begins: str) -> None:
    """D11: the first of the three days on or after the fifth birthday."""
    assert compulsory_from(day(born)) == day(begins)


@pytest.mark.parametrize(("born", "ends"), [("2010-07-15", "2026-06-26"), ("2010-09-01", "2027-06-25")])
def test_compulsory_age_ends(born: str, ends: str) -> None:
    """D11: the last Friday of June in the school year of the sixteenth birthday."""
    assert compulsory_until(day(born)) == day(ends)


@given(BIRTHS)
def test_compulsory_age_is_a_stretch_of_about_eleven_years(born: date) -> None:
    """It begins at five and ends at fifteen or sixteen, both ends counted."""
    begins, ends = compulsory_from(born), compulsory_until(born)

    assert (begins.month, begins.day) in {(3, 31), (8, 31), (12, 31)}
    assert -1 <= (begins - born).days - 5 * 365.25 <= 154
    assert (ends.month, ends.weekday()) == (6, 4)
    assert (ends + timedelta(days=7)).month == 7
    assert is_compulsory_age(born, begins)
    assert is_compulsory_age(born, ends)
    assert not is_compulsory_age(born, begins - timedelta(days=1))
    assert not is_compulsory_age(born, ends + timedelta(days=1))


@given(BIRTHS, st.integers(0, 400))
def test_a_younger_child_never_begins_or_ends_earlier(born: date, later: int) -> None:
    """Both ends are monotone in the date of birth."""
    younger = born + timedelta(days=later)

    assert compulsory_from(born) <= compulsory_from(younger)
    assert compulsory_until(born) <= compulsory_until(younger)


def test_ten_and_twenty_school_days_by_the_school_calendar() -> None:
    """D9: Monday 16 March 2026 is the first day absent; Easter closes schools from 30 March to 10 April."""
    found = absence(day("2026-03-16"), day("2026-03-27"), rotherham())

    assert (found.days, found.tell_council, found.register) == (10, day("2026-03-27"), day("2026-04-24"))
    assert found.certain
    assert found.tell_council == day("2026-03-27")


def by_reading(reading: str) -> Absence:
    council = rotherham()
    read = replace(council, readings={**council.readings, "evidence_elsewhere": reading})
    return absence(day("2026-03-16"), day("2026-04-24"), read)


def test_twenty_unauthorised_days_come_on_the_register() -> None:
    """D9: the twentieth school day, and not while the absence is authorised."""
    found = by_reading("registers_earlier")

    assert found.on_register(day("2026-04-24"), unauthorised=True, evidence_elsewhere=False)
    assert not found.on_register(day("2026-04-23"), unauthorised=True, evidence_elsewhere=False)
    assert not found.on_register(day("2026-04-24"), unauthorised=False, evidence_elsewhere=False)


def test_evidence_of_being_elsewhere_registers_earlier_or_keeps_off_as_the_council_reads_it() -> None:
    """S2 §7 and its letter: after twenty days “unless there is evidence which places the child elsewhere”."""
    earlier, off = by_reading("registers_earlier"), by_reading("keeps_off")

    assert earlier.on_register(day("2026-03-20"), unauthorised=True, evidence_elsewhere=True)
    assert not off.on_register(day("2026-03-20"), unauthorised=True, evidence_elsewhere=True)
    assert not off.on_register(day("2026-04-24"), unauthorised=True, evidence_elsewhere=True)


def test_a_count_beyond_either_end_of_the_school_calendar_says_so() -> None:
    """A day nobody has put in the calendar is not certain, before its first day as after its last."""
    assert not absence(day("2027-01-04"), day("2027-01-08"), rotherham()).certain
    assert not absence(day("2025-08-20"), day("2025-10-30"), rotherham()).certain
    assert not absence(day("2026-11-02"), day("2027-01-08"), rotherham()).certain


@given(st.dates(date(2025, 9, 1), date(2026, 12, 1)), st.integers(1, 40))
def test_the_nth_school_day_is_a_school_day_and_can_be_counted_back(first: date, number: int) -> None:
    """Counting from the first day to the nth gives n."""
    found = nth_school_day(first, number, rotherham())

    assert is_school_day(found, rotherham())
    assert school_days(first, found, rotherham()) == number


def test_the_roll() -> None:
    """D10: fifteen school days for the file, two and four weeks after a letter."""
    parent, school = place_letter(day("2026-05-01"), rotherham())

    assert school_file(day("2026-03-13"), rotherham()).due == day("2026-04-17")
    assert (parent.due, school.due) == (day("2026-05-15"), day("2026-05-29"))


@pytest.mark.parametrize(
    ("year", "month", "due"),
    [(2026, 6, "2026-06-26"), (2026, 5, "2026-05-22"), (2026, 10, "2026-10-23"), (2026, 12, "2026-12-18")],
)
def test_the_movement_return_falls_on_a_day_schools_are_open(year: int, month: int, due: str) -> None:
    """D10: the last Friday of the month; in half-term or at Christmas the last one before."""
    found = movement_return(year, month, rotherham())

    assert found is not None
    assert found.due == day(due)


def test_no_movement_return_is_due_in_a_month_without_school() -> None:
    assert movement_return(2026, 8, rotherham()) is None


def test_the_five_days_of_cooling_off_in_every_reading() -> None:
    """D12: the source does not say which kind of day; all three are shown, the council follows one."""
    told = day("2026-03-26")
    ends = {kind: deadline.due for kind, deadline in cooling_off(told, rotherham()).items()}

    assert ends == {"school": day("2026-04-16"), "working": day("2026-04-02"), "calendar": day("2026-03-31")}
    assert cooling_off_ends(told, rotherham()).due == ends["school"]
    assert "not which kind" in cooling_off_ends(told, rotherham()).other_reading


def test_section_437_gives_fifteen_days_beginning_with_service() -> None:
    """D12: served 6 May 2026, earliest last day 20 May."""
    assert s437_earliest_end(day("2026-05-06"), rotherham()).due == day("2026-05-20")


def test_months_of_education_at_home() -> None:
    """D12: six for college, twelve to re-apply, contact at least yearly; a revisit after six weeks."""
    assert college_from(day("2026-08-31"), rotherham()).due == day("2027-02-28")
    assert reapply_from(day("2024-02-29"), rotherham()).due == day("2025-02-28")
    assert next_ehe_contact(day("2026-03-26"), rotherham()).due == day("2027-03-26")
    assert ehe_revisit(day("2026-03-26"), rotherham()).due == day("2026-05-07")


def test_the_2026_act_is_off_until_a_council_switches_it_on() -> None:
    """D12: enacted, found not commenced."""
    council = rotherham()
    on = replace(council, readings={**council.readings, "act_2026": "on"})

    assert home_consideration(day("2026-03-26"), council) is None
    switched = home_consideration(day("2026-03-26"), on)
    assert switched is not None
    assert switched.due == day("2026-04-10")
