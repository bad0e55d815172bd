"""What the law asks next of a family's education: the informal enquiry, the notice, and each step up to court."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from casework.forms.moments import day_said
from casework.practice.deadlines import Deadline
from casework.practice.education_deadlines import s437_earliest_end
from casework.practice.education_waits import enforcement_goes_on, s436a_answered, school_chosen
from casework.practice.lives.enforcement import IN_WORDS, EnforcementStep, StepTaken, enforcement_state, steps_taken
from desktop.flows.case_file import CaseFile
from desktop.flows.due.education_clock import EducationClock, clock, letter_days
from desktop.flows.due.matter import Matter
from desktop.store.vault import Summary

REPORT = "ehe_visit"
_THEN: Mapping[EnforcementStep, str] = {
    EnforcementStep.CONSIDERED: "propose an order, or stop",
    EnforcementStep.PROPOSED: "make it, or stop",
    EnforcementStep.MADE: "is the child at the school?",
    EnforcementStep.PROCEEDINGS: "what has the court decided?",
    EnforcementStep.COURT_OUTCOME: "what follows?",
}
_KINDS: Mapping[EnforcementStep, EducationClock] = {
    EnforcementStep.CONSIDERED: EducationClock.PROPOSE,
    EnforcementStep.PROPOSED: EducationClock.MAKE,
}


def law_stage(case: Summary) -> str:
    """The step a case of home education stands at, in words; empty before a notice and after enforcement stopped."""
    return IN_WORDS.get(enforcement_state(case.answers), "")


def legal_clocks(file: CaseFile, case: Summary) -> Iterator[Matter]:
    """G10: the informal enquiry first; then a notice; then a step at a time, each with its day."""
    answers, taken = case.answers, steps_taken(case.answers)
    notices = letter_days(file, case.record_id, "s437_notice")
    served = day_said(answers, "s437_served_on") or (notices[0] if notices else None)
    asked = _asked(file, case)
    if asked and not answers.get("s436a_reply") and served is None:
        title = "Informal enquiry (section 436A): no answer"
        yield clock(s436a_answered(asked, file.council), file, EducationClock.S436A, title, case.record_id)
    if taken:
        yield from _next_step(file, case, taken[-1])
    elif served:
        earliest = s437_earliest_end(served, file.council)
        last = max(earliest.due, day_said(answers, "s437_last_day") or earliest.due)
        found = replace(earliest, what="Decision after the notice", due=last + timedelta(days=1))
        yield clock(found, file, EducationClock.S437, "Notice (section 437): run out", case.record_id)


def _next_step(file: CaseFile, case: Summary, last: StepTaken) -> Iterator[Matter]:
    """Nothing more is owed where enforcement has stopped, nor by a case of before, in which no further step can be
    said; a day that was said wins, where the law leaves it."""
    if last.step not in _THEN or not last.row:
        return
    found = _when(file, last, last.on or file.today)
    title = f"{IN_WORDS[enforcement_state(case.answers)]}: {_THEN[last.step]}"
    yield clock(found, file, _KINDS.get(last.step, EducationClock.ENFORCEMENT), title, case.record_id)


def _when(file: CaseFile, last: StepTaken, on: date) -> Deadline:
    said = day_said(last.row, "next_on")
    if last.step is EnforcementStep.PROPOSED:
        choice = school_chosen(on, file.council)
        return replace(choice, due=max(choice.due, said or choice.due))
    found = enforcement_goes_on(on, file.council)
    return replace(found, due=said or found.due)


def _asked(file: CaseFile, case: Summary) -> date | None:
    """When the family was last asked informally, by letter, by the case and by the reports beside it."""
    said = [day_said(one.answers, "s436a_asked_on") for one in (case, *file.of(REPORT))]
    wrote = letter_days(file, case.record_id, "s436a_enquiry")
    return max([*wrote, *(day for day in said if day)], default=None)
