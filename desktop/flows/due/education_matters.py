"""What needs deciding about a child's education: at home, and missing from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from weakref import WeakKeyDictionary

from msgspec import Struct

from casework.dates_in_words import LONDON
from casework.forms.moments import span
from casework.practice.council import Council
from casework.practice.education_deadlines import Absence
from desktop.flows.case_file import CaseFile, ChildRecords
from desktop.flows.due.education_clock import EducationClock, is_announced
from desktop.flows.due.home_education import CASE, REPORT, Contact, contact_of, home_education_clocks
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_education import absence_of, missing_education_clocks

_KINDS = frozenset(EducationClock)


class EducationDay(Struct, frozen=True):
    """What education says of one child for the rest of a day: `contacts` and `absences` by case.

    Its clocks count days, so that nothing of them changes before midnight but what the hour of a visit brings.
    """

    council: Council
    held: frozenset[str]
    first: datetime
    until: datetime
    contacts: Mapping[str, Contact]
    absences: Mapping[str, Absence | None]
    home: tuple[Matter, ...]
    missing: tuple[Matter, ...]

    def holds_for(self, file: CaseFile) -> bool:
        same = self.council is file.council and self.held == file.held
        return same and self.first <= file.now < self.until


# What was worked out of a child's records, for as long as those are kept as they were read.
_WORKED_OUT: WeakKeyDictionary[ChildRecords, EducationDay] = WeakKeyDictionary()


def education_day(file: CaseFile) -> EducationDay:
    """Worked out once a day, and again when something of the child has changed."""
    found = _WORKED_OUT.get(file.sorted_out)
    if found is None or not found.holds_for(file):
        found = _WORKED_OUT[file.sorted_out] = _work_out(file)
    return found


def _work_out(file: CaseFile) -> EducationDay:
    contacts = {case.record_id: contact_of(file, case) for case in file.of(CASE)}
    cases = (*file.missing_education(), *file.waiting_referrals())
    absences = {case.record_id: absence_of(file, case) for case in cases}
    home = tuple(home_education_clocks(file, contacts))
    missing = tuple(missing_education_clocks(file, absences))
    return EducationDay(file.council, file.held, file.now, _until(file), contacts, absences, home, missing)


def _until(file: CaseFile) -> datetime:
    """Midnight, or the visit before it: what is agreed for later today has not been yet."""
    visits = (at.first for one in file.of(REPORT) if (at := span(one.answers.get("visit_at"))) and at.first > file.now)
    midnight = datetime.combine(file.today + timedelta(days=1), time.min, LONDON)
    return min((midnight, *visits))


def education_clocks(file: CaseFile) -> tuple[Matter, ...]:
    """Every clock that runs, however far off its day."""
    found = education_day(file)
    return found.home + found.missing


def education_matters(file: CaseFile) -> Iterator[Matter]:
    """Those whose day has come, or comes soon."""
    yield from (matter for matter in education_clocks(file) if is_announced(matter, file.today))


def is_education(matter: Matter) -> bool:
    return matter.kind in _KINDS
