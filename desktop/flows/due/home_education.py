"""What is due in a family's education at home: contact, reports, promises, and the law's own days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from casework.dates_in_words import local, month_day
from casework.forms.moments import day_said, span
from casework.practice.deadlines import Deadline, ehe_report
from casework.practice.education_deadlines import (
    college_from,
    cooling_off_ends,
    ehe_revisit,
    first_ehe_contact,
    home_consideration,
    next_ehe_contact,
    reapply_from,
)
from casework.practice.education_waits import child_seen_again, enquiry_answered, pending_decided
from casework.practice.lives.states import rows
from desktop.flows.case_file import INTERVIEW, CaseFile
from desktop.flows.due.education_clock import LETTER, EducationClock, clock, created_on, letter_days
from desktop.flows.due.enforcement_due import legal_clocks
from desktop.flows.due.matter import Matter
from desktop.store.vault import Summary

CASE, REPORT = "ehe_case", "ehe_visit"
ENDED = ("returned_school", "referred_cme", "transferred_la", "y11_leaver", "not_ehe")
_AT_HOME = ("current", "cooling_off")
_COLLEGE_AGE = 14
_COLLEGE_STAYS = timedelta(days=28)  # that a place is possible is news for so long, and nothing that is late


class Contact(Struct, frozen=True):
    """When a family was last talked with and when that is agreed again, by its case and by the reports beside it.

    `began` is the start of home education or, while that is not known, the first day we heard of it."""

    began: date
    last: date | None
    agreed: date | None
    seen: date | None


def stage_of(case: Summary) -> str:
    return str(case.answers.get("stage") or "enquiry")


def contact_of(file: CaseFile, case: Summary) -> Contact:
    own = case.answers
    heard = [(day, visit) for visit in file.of(REPORT) if (day := _heard(file, visit))]
    last = max([*(day for day, _ in heard), *_known(day_said(own, "last_contact"))], default=None)
    said = [(day_said(own, "last_contact") or date.min, day_said(own, "next_contact"))]
    said += [(day, day_said(visit.answers, "next_contact")) for day, visit in heard]
    agreed = [day for _, day in sorted(said, key=lambda one: one[0]) if day and (last is None or day > last)]
    return Contact(_began(file, case), last, agreed[-1] if agreed else None, _seen(file, case))


def home_education_clocks(file: CaseFile, contacts: Mapping[str, Contact]) -> Iterator[Matter]:
    """Every clock that runs, however far off its day; none where the letters or reports that end it are not kept.
    `contacts`: of each case, by its id."""
    if not file.holds(CASE, REPORT, LETTER):
        return
    yield from _reports(file)
    for case in file.of(CASE):
        stage = stage_of(case)
        yield from _flexi(file, case)
        if stage in ENDED:
            continue
        yield from _beginning(file, case, stage)
        if stage in _AT_HOME:
            yield from _contact(file, case, contacts[case.record_id], stage)
            yield from _college(file, case)
        yield from legal_clocks(file, case)


def _contact(file: CaseFile, case: Summary, found: Contact, stage: str) -> Iterator[Matter]:
    """D12: the day agreed with the family, or a year after the last contact; the start while there was none."""
    if stage == "current":
        if found.agreed is None and found.last is None:
            yield _never(file, case, found.began)
        else:
            title = "Education at home: next contact"
            yield clock(_next_contact(file, found), file, EducationClock.CONTACT, title, case.record_id)
    unseen = child_seen_again(found.seen or found.began, file.council)
    title = f"Education at home: child not seen {'by anybody' if file.holds(INTERVIEW) else 'in education’s records'}"
    yield clock(unseen, file, EducationClock.UNSEEN, title, case.record_id)


def _never(file: CaseFile, case: Summary, began: date) -> Matter:
    found = first_ehe_contact(began, file.council)
    title = "Education at home: no contact yet"
    matter = clock(found, file, EducationClock.NEVER_CONTACTED, title, case.record_id)
    wrote = letter_days(file, case.record_id, "first_letter_to_family")
    letter = f". First letter {month_day(wrote[-1], file.today)}" if wrote else ""
    return replace(matter, line=f"Began {month_day(began, file.today)}{letter}")


def _next_contact(file: CaseFile, found: Contact) -> Deadline:
    source = file.council.source("ehe_contact_months")
    if found.agreed is not None:
        return Deadline("D12", "Contact agreed with the family", found.agreed, source)
    return next_ehe_contact(found.last or found.began, file.council)


def _beginning(file: CaseFile, case: Summary, stage: str) -> Iterator[Matter]:
    told = day_said(case.answers, "notified_on") or created_on(file, case)
    if stage == "enquiry":
        found, kind, title = enquiry_answered(told, file.council), EducationClock.ENQUIRY, "still an enquiry"
    elif stage == "pending":
        found, kind, title = pending_decided(told, file.council), EducationClock.PENDING, "still pending"
    elif stage == "cooling_off":
        from_day = day_said(case.answers, "cooling_off_from") or told
        considered = home_consideration(from_day, file.council)
        found, kind = considered or cooling_off_ends(from_day, file.council), EducationClock.COOLING_OFF
        title = "home consideration is over" if considered else "cooling-off is over"
    else:
        return
    yield clock(found, file, kind, f"Education at home: {title}", case.record_id)


def _reports(file: CaseFile) -> Iterator[Matter]:
    """C: a report goes to the family, of a visit and of what they wrote; and a promise to come again is kept."""
    days = {visit.record_id: day for visit in file.of(REPORT) if (day := _heard(file, visit))}
    for visit in file.of(REPORT):
        day = days.get(visit.record_id)
        if day is None:
            continue
        if not visit.answers.get("report_sent") and not letter_days(file, visit.record_id, "report_cover"):
            title = "Home education report: to send"
            yield clock(ehe_report(day, file.council), file, EducationClock.REPORT, title, visit.record_id)
        later = any(other > day for other in days.values()) or _contacted_after(file, day)
        if _promised(visit) and not later:
            title = "Education at home: visit again, as promised"
            yield clock(ehe_revisit(day, file.council), file, EducationClock.REVISIT, title, visit.record_id)


def _promised(visit: Summary) -> bool:
    steps = visit.answers.get("next")
    again = isinstance(steps, list) and "amend_and_revisit" in steps
    return again or visit.answers.get("suitability") == "suitable_with_advice"


def _contacted_after(file: CaseFile, day: date) -> bool:
    """Also a case that has ended since: nobody visits again then."""
    return any(
        stage_of(case) in ENDED or (day_said(case.answers, "last_contact") or day) > day for case in file.of(CASE)
    )


def _college(file: CaseFile, case: Summary) -> Iterator[Matter]:
    """S1 EHE 2.5.2: after six months at home; and, for one who was asked to leave, twelve months after that."""
    if file.child.age is None or file.child.age < _COLLEGE_AGE:
        return
    left = [row for row in rows(case.answers, "college") if not row.get("applied_again_on")]
    asked = max((day for row in left if (day := day_said(row, "asked_to_leave_on"))), default=None)
    start = day_said(case.answers, "ehe_start")
    if asked is not None:
        found, kind = reapply_from(asked, file.council), EducationClock.REAPPLY
        title = "Education at home: college, a new application"
    elif start is not None:
        found, kind = college_from(start, file.council), EducationClock.COLLEGE
        title = "Education at home: college"
    else:
        return
    if found.due >= file.today - _COLLEGE_STAYS:
        yield clock(found, file, kind, title, case.record_id)


def _flexi(file: CaseFile, case: Summary) -> Iterator[Matter]:
    """S1 EHE 2.5.6: an agreement with a school is looked at again on the day agreed; its child stays on that roll."""
    for row in rows(case.answers, "flexi"):
        review = day_said(row, "review_on")
        if review is None or row.get("ended_on"):
            continue
        found = Deadline("D12", "Agreement with the school looked at again", review, "S1 EHE 2.5.6")
        matter = clock(found, file, EducationClock.FLEXI, "School part of the week: look again", case.record_id)
        yield replace(matter, line=f"{matter.line}. Agreed by {row.get('school') or 'the school'}")


def _heard(file: CaseFile, visit: Summary) -> date | None:
    """The day of a visit that has been, or of what the family wrote; the later of the two."""
    at = span(visit.answers.get("visit_at"))
    days = [local(at.first).date()] if at is not None and at.first <= file.now else []
    wrote = day_said(visit.answers, "report_received")
    return max([*days, *(day for day in _known(wrote) if day <= file.today)], default=None)


def _seen(file: CaseFile, case: Summary) -> date | None:
    visits = [v for v in file.of(REPORT) if v.answers.get("child_seen") is True]
    checks = [v.answers for v in file.of("safe_well_visit")]
    checks = [found for found in checks if any(child.get("seen") is True for child in rows(found, "children_seen"))]
    tried = [day for found in checks for row in rows(found, "attempts") for day in _known(day_said(row, "at"))]
    own = _known(day_said(case.answers, "child_last_seen"))
    return max([*own, *(day for v in visits if (day := _heard(file, v))), *tried], default=None)


def _began(file: CaseFile, case: Summary) -> date:
    starts = (day_said(visit.answers, "ehe_start") for visit in file.of(REPORT))
    said = day_said(case.answers, "ehe_start") or next((day for day in starts if day), None)
    return said or day_said(case.answers, "notified_on") or created_on(file, case)


def _known(day: date | None) -> tuple[date, ...]:
    return (day,) if day else ()
