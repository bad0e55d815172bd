"""What needs deciding about a child's education: at home, and missing from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct

from casework.forms.moments import span
from casework.practice.education_deadlines import Absence
from desktop.flows.by_the_day import ByTheDay
from desktop.flows.case_file import CaseFile
from desktop.flows.due.education_clock import EducationClock, is_announced
from desktop.flows.due.home_education import CASE, REPORT, Contact, contact_of, home_education_clocks
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_education import absence_of, missing_education_clocks

_KINDS = frozenset(EducationClock)


class EducationDay(Struct, frozen=True):
    """What education says of one child on a day: `contacts` and `absences` by case, and every clock that runs."""

    contacts: Mapping[str, Contact]
    absences: Mapping[str, Absence | None]
    home: tuple[Matter, ...]
    missing: tuple[Matter, ...]


def education_day(file: CaseFile) -> EducationDay:
    """Its clocks count days: nothing of them changes before midnight but what the hour of a visit brings."""
    return _DAY.of(file, _work_out)


def _work_out(file: CaseFile) -> EducationDay:
    contacts = {case.record_id: contact_of(file, case) for case in file.of(CASE)}
    cases = (*file.missing_education(), *file.waiting_referrals())
    absences = {case.record_id: absence_of(file, case) for case in cases}
    home = tuple(home_education_clocks(file, contacts))
    return EducationDay(contacts, absences, home, tuple(missing_education_clocks(file, absences)))


def hours_of_visits(file: CaseFile) -> Iterator[datetime]:
    """What is agreed for later has not been yet."""
    found = (span(one.answers.get("visit_at")) for one in file.of(REPORT))
    return (at.first for at in found if at is not None and at.first >= file.now)


_DAY = ByTheDay[EducationDay](hours_of_visits)


def education_clocks(file: CaseFile) -> tuple[Matter, ...]:
    """Every clock that runs, however far off its day."""
    found = education_day(file)
    return found.home + found.missing


def education_matters(file: CaseFile) -> Iterator[Matter]:
    """Those whose day has come, or comes soon."""
    yield from (matter for matter in education_clocks(file) if is_announced(matter, file.today))


def is_education(matter: Matter) -> bool:
    return matter.kind in _KINDS
