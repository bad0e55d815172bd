"""When things are due. Each deadline carries the number of its rule, its source, and the other reading if there is one.

Rule numbers are those of docs/practice.md. `now` is always handed in.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from casework.dates_in_words import weekday
from casework.practice.calendar import (
    LONDON,
    add_months,
    add_working_days,
    after_hours,
    london_day,
    working_days_after,
    working_days_between,
)
from casework.practice.council import Council

PAST, TODAY, AHEAD = "past", "today", "ahead"
_NEEDS_TIME = "Needs the time of return"
_NEEDS_DAY = "Needs the day of return"


@dataclass(frozen=True, slots=True)
class Clock72:
    """The 72-hour clock. While the time of return is not known, `due` is None and `unknown_reason` says so."""

    due: datetime | None
    left: timedelta | None
    spent: timedelta | None
    overdue: bool
    unknown_reason: str = ""
    soonest: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """One named box of the working-day clock. `state` is past, today or ahead."""

    date: date
    label: str
    state: str


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working-day clock; `left` counts working days after today, `over` those since it was due."""

    days: tuple[WorkingDay, ...]
    due: date | None
    left: int | None
    over: int
    overdue: bool
    unknown_reason: str = ""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Both clocks of one return (D1), side by side because the sources differ."""

    h72: Clock72
    working: WorkingDays
    source: str

    @property
    def first_due(self) -> datetime | None:
        """The earlier of the two, for sorting; None when neither can be counted."""
        end = _end_of(self.working.due) if self.working.due else None
        known = [moment for moment in (self.h72.due or self.h72.soonest, end) if moment]
        return min(known, default=None)


class Occasion(Enum):
    """What makes a thing due: it happened, or the calendar came round to it."""

    AFTER_AN_EVENT = "after an event"
    BY_THE_CALENDAR = "by the calendar"
    AFTER_A_MOVE = "after a move"


class Deadline(Struct, frozen=True):
    """One thing that is due on a day; `other_reading` says what another source would make of it."""

    rule: str
    what: str
    due: date
    source: str
    other_reading: str = ""
    occasion: Occasion = Occasion.AFTER_AN_EVENT

    def overdue(self, today: date) -> bool:
        """True from the day after it was due."""
        return today > self.due


def rhi_clocks(returned: datetime | date | None, now: datetime, council: Council) -> Clocks:
    """D1: an interview within 72 hours and three working days of the return. Work to the hours, report the days."""
    moment = returned if isinstance(returned, datetime) else None
    day = london_day(moment) if moment else returned
    source = f"{council.source('rhi_hours')}; {council.source('rhi_working_days')}"
    return Clocks(_hours(moment, day, now, council), _working(day, london_day(now), council), source)


def at_this_hour(clocks: Clocks, now: datetime, council: Council) -> Clocks:
    """The same clocks later on the day on which they were read."""
    due = clocks.h72.due
    if due is None:
        return clocks
    left = _apart(due, now)
    spent = timedelta(hours=council.number("rhi_hours")) - left
    return dataclasses.replace(
        clocks,
        h72=dataclasses.replace(clocks.h72, left=left, spent=max(spent, timedelta()), overdue=left < timedelta()),
    )


def _hours(moment: datetime | None, day: date | None, now: datetime, council: Council) -> Clock72:
    hours = council.number("rhi_hours")
    if moment is None:
        soonest = after_hours(datetime.combine(day, datetime.min.time(), LONDON), hours) if day else None
        return Clock72(None, None, None, False, _NEEDS_TIME if day else _NEEDS_DAY, soonest)
    due = after_hours(moment, hours)
    left, spent = _apart(due, now), _apart(now, moment)
    return Clock72(due, left, max(spent, timedelta()), left < timedelta())


def _apart(later: datetime, earlier: datetime) -> timedelta:
    """True time between two moments; subtracting two London times would count clock hands instead."""
    return timedelta(seconds=later.timestamp() - earlier.timestamp())


def _working(day: date | None, today: date, council: Council) -> WorkingDays:
    if day is None:
        return WorkingDays((), None, None, 0, False, _NEEDS_DAY)
    dates = tuple(islice(working_days_after(day, council), council.number("rhi_working_days")))
    due = dates[-1]
    return WorkingDays(
        tuple(WorkingDay(date, f"{weekday(date)[:3]} {date.day}", _state(date, today)) for date in dates),
        due,
        working_days_between(today, due, council) if today <= due else 0,
        working_days_between(due, today, council) if today > due else 0,
        today > due,
    )


def _state(day: date, today: date) -> str:
    return TODAY if day == today else PAST if day < today else AHEAD


def _end_of(day: date) -> datetime:
    return datetime.combine(day, datetime.max.time(), LONDON)


def told_late(found_at: datetime, told_at: datetime, council: Council) -> timedelta | None:
    """D2: how late the council heard of a return, or None when it was not late."""
    late = _apart(told_at, found_at)
    return late if late > timedelta(hours=council.number("late_told_hours")) else None


def plan_review(returned: date, council: Council) -> Deadline:
    """D5: the Find Me Plan is made, or reviewed, after each return."""
    days = council.number("plan_review_working_days")
    source = council.source("plan_review_working_days")
    return Deadline(
        "D5",
        "Review of the Find Me Plan",
        add_working_days(returned, days, council),
        source,
        "The sources give no deadline.",
    )


def plan_review_after_move(moved: date, council: Council) -> Deadline:
    """D5, F11: a plan says where the child lives and who does what there, so a move makes it due too (S4 ¶79)."""
    found = plan_review(moved, council)
    return replace(found, what="Review of the Find Me Plan after a move", occasion=Occasion.AFTER_A_MOVE)


def next_plan_review(agreed: date, council: Council) -> Deadline:
    """D5: a plan is reviewed within three months even when nothing happens."""
    due = add_months(agreed, council.number("plan_review_months"))
    source = council.source("plan_review_months")
    return Deadline("D5", "Planned review of the Find Me Plan", due, source, occasion=Occasion.BY_THE_CALENDAR)


def urgent_concern(known: date) -> Deadline:
    """D14: an urgent concern is passed on the same day, before the form is finished."""
    return Deadline("D14", "Tell the worker, a manager or MASH", known, "D14, S1; the same day is J")


def referral_chase(sent: date, council: Council) -> Deadline:
    """A referral with no acknowledgement is chased."""
    days = council.number("referral_chase_working_days")
    due = add_working_days(sent, days, council)
    return Deadline("B", "Chase the acknowledgement", due, council.source("referral_chase_working_days"))


def ehe_report(visited: date, council: Council) -> Deadline:
    """A visit's report goes to the parent."""
    days = council.number("ehe_report_working_days")
    due = add_working_days(visited, days, council)
    return Deadline("C", "Report to the parent", due, council.source("ehe_report_working_days"))
