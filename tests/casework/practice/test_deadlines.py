"""D1, D2, D5 and D14: the worked examples, and what holds for every return."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.errors import AnswerError
from casework.practice.calendar import (
    LONDON,
    add_working_days,
    bank_holidays,
    london_day,
    london_moment,
    london_moments,
    working_days_between,
)
from casework.practice.deadlines import (
    ehe_report,
    next_plan_review,
    plan_review,
    referral_chase,
    rhi_clocks,
    told_late,
    urgent_concern,
)
from tests.casework.practice.council import at, day, rotherham

# The return, the end of 72 hours by London's clocks, and the third working day.
EXAMPLES = [
    ("2026-06-15T10:00", "Thu 18 Jun 2026 10:00", "2026-06-18"),
    ("2026-04-02T22:30", "Sun 05 Apr 2026 22:30", "2026-04-09"),  # Easter
    ("2026-12-24T16:00", "Sun 27 Dec 2026 16:00", "2026-12-31"),  # 25 and 28 December are holidays
    ("2026-08-28T16:00", "Mon 31 Aug 2026 16:00", "2026-09-03"),  # the late summer bank holiday
    ("2026-03-27T20:00", "Mon 30 Mar 2026 21:00", "2026-04-01"),  # clocks go forward
    ("2026-10-23T20:00", "Mon 26 Oct 2026 19:00", "2026-10-28"),  # clocks go back
]


def is_working(day: date) -> bool:
    """Asked of one day by itself, as the calendar is not."""
    return day.weekday() < 5 and day not in bank_holidays(day.year) and day not in rotherham().closures


RETURNS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(("returned", "hours", "days"), EXAMPLES)
def test_worked_examples_of_both_clocks(returned: str, hours: str, days: str) -> None:
    """D1: both clocks, side by side."""
    clocks = rhi_clocks(at(returned), at(returned), rotherham())

    assert clocks.h72.due is not None
    assert f"{clocks.h72.due:%a %d %b %Y %H:%M}" == hours
    assert clocks.working.due == day(days)


def test_the_two_clock_changes_keep_their_offsets() -> None:
    """GMT becomes BST and back; 72 true hours pass both times."""
    forward = rhi_clocks(at("2026-03-27T20:00"), at("2026-03-27T20:00"), rotherham()).h72.due
    back = rhi_clocks(at("2026-10-23T20:00"), at("2026-10-23T20:00"), rotherham()).h72.due

    assert forward is not None
    assert back is not None
    assert (forward.tzname(), back.tzname()) == ("BST", "GMT")


def test_the_sources_of_both_readings_are_named() -> None:
    """Neither clock hides the other's source."""
    source = rhi_clocks(None, at("2026-03-27T12:00"), rotherham()).source

    assert "S1 flowchart" in source
    assert "S1 5.3" in source


def test_the_drawn_examples_of_today() -> None:
    """Friday 27 March 2026, 14:32: 32 hours over, 2 h 33 min left, 31 hours left, and a return without its time."""
    now = at("2026-03-27T14:32")
    otis, milo, wren = (
        rhi_clocks(at(text), now, rotherham()) for text in ("2026-03-23T06:15", "2026-03-24T17:05", "2026-03-25T21:40")
    )
    isla = rhi_clocks(day("2026-03-26"), now, rotherham())

    assert otis.h72.overdue
    assert otis.h72.left == timedelta(hours=-32, minutes=-17)
    assert (otis.working.due, otis.working.over) == (day("2026-03-26"), 1)
    assert milo.h72.left == timedelta(hours=2, minutes=33)
    assert (milo.working.due, milo.working.left, milo.working.overdue) == (day("2026-03-27"), 0, False)
    assert wren.h72.left == timedelta(hours=31, minutes=8)
    assert (wren.working.due, wren.working.left) == (day("2026-03-30"), 1)
    assert (isla.h72.due, isla.h72.unknown_reason) == (None, "Needs the time of return")
    assert (isla.working.due, isla.working.left) == (day("2026-03-31"), 2)


def test_the_boxes_of_the_working_day_clock_are_named() -> None:
    """One named box a day: past, today, ahead."""
    clocks = rhi_clocks(at("2026-03-25T21:40"), at("2026-03-27T14:32"), rotherham())

    assert [(box.label, box.state) for box in clocks.working.days] == [
        ("Thu 26", "past"),
        ("Fri 27", "today"),
        ("Mon 30", "ahead"),
    ]


def test_nothing_is_counted_while_the_day_is_unknown() -> None:
    """And it says what is missing."""
    clocks = rhi_clocks(None, at("2026-03-27T12:00"), rotherham())

    assert (clocks.h72.due, clocks.working.due, clocks.first_due) == (None, None, None)
    assert (clocks.h72.unknown_reason, clocks.working.unknown_reason) == ("Needs the day of return",) * 2
    assert not clocks.h72.overdue
    assert not clocks.working.overdue


def test_a_return_whose_time_is_unknown_is_due_by_the_safe_reading() -> None:
    """The soonest the 72 hours can end is 72 hours after that midnight."""
    clocks = rhi_clocks(day("2026-03-26"), at("2026-03-27T12:00"), rotherham())

    assert clocks.h72.soonest == at("2026-03-29T00:00")
    assert clocks.first_due == clocks.h72.soonest


@given(RETURNS, st.integers(0, 24 * 30))
def test_clocks_never_end_before_the_return_and_never_disagree_with_themselves(moment: datetime, hours: int) -> None:
    """72 true hours; three working days after the London day; overdue exactly when the end has passed."""
    now = moment + timedelta(hours=hours)
    clocks = rhi_clocks(moment, now, rotherham())

    assert clocks.h72.due is not None
    assert clocks.working.due is not None
    assert clocks.h72.due - moment == timedelta(hours=72)
    assert clocks.h72.overdue is (now > clocks.h72.due)
    assert clocks.working.due > london_day(moment)
    assert [box.date for box in clocks.working.days] == sorted({box.date for box in clocks.working.days})
    assert all(is_working(box.date) for box in clocks.working.days)
    assert clocks.working.overdue is (london_day(now) > clocks.working.due)
    assert clocks.h72.left is not None
    assert clocks.h72.spent is not None
    assert clocks.h72.left + clocks.h72.spent == timedelta(hours=72)


@given(RETURNS, st.timedeltas(timedelta(), timedelta(days=40)))
def test_a_later_return_is_never_due_earlier(moment: datetime, later: timedelta) -> None:
    """Both clocks are monotone."""
    first, second = (rhi_clocks(when, moment, rotherham()) for when in (moment, moment + later))

    assert first.h72.due is not None
    assert second.h72.due is not None
    assert first.working.due is not None
    assert second.working.due is not None
    assert first.h72.due <= second.h72.due
    assert first.working.due <= second.working.due


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
def test_adding_working_days_and_counting_them_agree(start: date, count: int) -> None:
    """What is added can be counted back."""
    end = add_working_days(start, count, rotherham())

    assert is_working(end)
    assert working_days_between(start, end, rotherham()) == count


def test_a_council_may_close_on_a_day_of_its_own() -> None:
    """A local closure is no working day."""
    council = rotherham()
    closed = type(council)(
        **{name: getattr(council, name) for name in council.__dataclass_fields__ if name != "closures"},
        closures=frozenset({day("2026-06-16")}),
    )

    assert add_working_days(day("2026-06-15"), 3, closed) == day("2026-06-19")


def test_an_hour_that_happens_twice_asks_which() -> None:
    """25 October 2026, 01:30: two moments, an hour apart."""
    twice = datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001 - a London clock face

    first, second = london_moments(twice)
    assert second.timestamp() - first.timestamp() == 3600
    with pytest.raises(AnswerError, match="happens twice"):
        london_moment(twice)
    assert london_moment(twice, second=False).tzname() == "BST"
    assert london_moment(twice, second=True).tzname() == "GMT"


def test_an_hour_that_does_not_exist_is_refused() -> None:
    """29 March 2026, 01:30."""
    never = datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001 - a London clock face

    assert london_moments(never) == ()
    with pytest.raises(AnswerError, match="does not exist"):
        london_moment(never)


@given(RETURNS)
def test_every_real_moment_is_among_those_its_clock_face_can_mean(moment: datetime) -> None:
    """No moment is lost between the laptop's clock and UTC."""
    face = moment.astimezone(LONDON)

    assert moment in [meant.astimezone(UTC) for meant in london_moments(face)]


def test_a_plan_is_reviewed_five_working_days_after_the_return() -> None:
    """D5, J; as drawn: back on Wednesday 25 March, review by Wednesday 1 April 2026."""
    assert plan_review(day("2026-03-25"), rotherham()).due == day("2026-04-01")
    assert plan_review(day("2026-04-02"), rotherham()).due == day("2026-04-13")
    assert next_plan_review(day("2026-11-30"), rotherham()).due == day("2027-02-28")


def test_hearing_late_of_a_return_is_counted() -> None:
    """D2: a day exactly is not late; a minute more is, and the lateness is what passed."""
    found = at("2026-03-27T20:00")

    assert told_late(found, found + timedelta(hours=24), rotherham()) is None
    assert told_late(found, found + timedelta(hours=24, minutes=1), rotherham()) == timedelta(hours=24, minutes=1)


def test_short_deadlines() -> None:
    """D14 is the same day; a referral is chased the next working day; a report takes seven."""
    friday = day("2026-04-02")

    assert urgent_concern(friday).due == friday
    assert urgent_concern(friday).overdue(day("2026-04-03"))
    assert referral_chase(friday, rotherham()).due == day("2026-04-07")
    assert ehe_report(day("2026-03-26"), rotherham()).due == day("2026-04-08")
