"""The steps after a section 437 notice, up to court: which were taken, in what order, and what each may not skip.

A case of before version 3 has the day of an order and no more; it is read as an order that was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from casework.forms.conditions import is_answered
from casework.forms.moments import day_said
from casework.practice.lives.states import Answers, rows


class EnforcementStep(StrEnum):
    """In the order in which they may be taken; enforcement may stop after any of them."""

    CONSIDERED = "considered"
    PROPOSED = "proposed"
    MADE = "made"
    PROCEEDINGS = "proceedings"
    COURT_OUTCOME = "court_outcome"
    STOPPED = "stopped"


IN_WORDS: Mapping[str, str] = {
    "notice_served": "Notice (section 437) served",
    "order_considered": "Attendance order considered",
    "order_proposed": "Attendance order proposed",
    "attendance_order": "Attendance order made",
    "proceedings": "Court proceedings",
    "court_decided": "Court has decided",
}
_STATES: Mapping[EnforcementStep, str] = {
    EnforcementStep.CONSIDERED: "order_considered",
    EnforcementStep.PROPOSED: "order_proposed",
    EnforcementStep.MADE: "attendance_order",
    EnforcementStep.PROCEEDINGS: "proceedings",
    EnforcementStep.COURT_OUTCOME: "court_decided",
    EnforcementStep.STOPPED: "ended",
}
_ORDER = tuple(EnforcementStep)
_CHOICE = timedelta(days=14)  # fifteen days that begin with the day of the proposal: Education Act 1996, section 438


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step. `on` is None while its day is not known; `row` is what else was said of it."""

    step: EnforcementStep
    on: date | None
    row: Mapping[str, object]


def steps_taken(answers: Answers) -> tuple[StepTaken, ...]:
    """In the order of the law, and of their days."""
    found = [StepTaken(EnforcementStep(str(row["step"])), day_said(row, "on"), row) for row in _named(answers)]
    if is_answered(answers.get("attendance_order_on")):
        found.append(StepTaken(EnforcementStep.MADE, day_said(answers, "attendance_order_on"), {}))
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.step), one.on or date.max)))


def enforcement_state(answers: Answers) -> str:
    """By the furthest step; by the notice while there is none."""
    taken = steps_taken(answers)
    if taken:
        return _STATES[taken[-1].step]
    return "notice_served" if is_answered(answers.get("s437_served_on")) else "informal_enquiry"


def enforcement_facts(answers: Answers) -> dict[str, object]:
    """Whether each step is there, has who decided it, and comes after what the law puts before it."""
    taken = steps_taken(answers)
    first = {one.step: one for one in reversed(taken)}
    on = {step: one.on for step, one in first.items()}
    return {
        **{f"step_{step}": on.get(step) for step in EnforcementStep},
        "considered_after_notice": _is_after(on.get(EnforcementStep.CONSIDERED), day_said(answers, "s437_last_day")),
        "made_after_choice": _is_after(on.get(EnforcementStep.MADE), on.get(EnforcementStep.PROPOSED), _CHOICE),
        "steps_in_order": _in_order(taken),
        "steps_decided": all(is_answered(one.row.get("decided_by")) for one in taken if one.row),
        "stopped_why": first[EnforcementStep.STOPPED].row.get("why") if EnforcementStep.STOPPED in first else None,
    }


def _named(answers: Answers) -> Iterator[Mapping[str, object]]:
    yield from (row for row in rows(answers, "enforcement") if row.get("step") in set(EnforcementStep))


def _in_order(taken: tuple[StepTaken, ...]) -> bool:
    days = [one.on for one in taken if one.on is not None]
    return days == sorted(days)


def _is_after(day: date | None, before: date | None, by: timedelta = timedelta()) -> bool:
    return day is not None and before is not None and day > before + by
