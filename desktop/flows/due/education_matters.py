"""What needs deciding about a child's education: at home, and missing from it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.flows.case_file import CaseFile
from desktop.flows.due.education_clock import EducationClock, is_announced
from desktop.flows.due.home_education import home_education_clocks
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_education import missing_education_clocks

_KINDS = frozenset(EducationClock)


def education_clocks(file: CaseFile) -> Iterator[Matter]:
    """Every clock that runs, however far off its day."""
    yield from home_education_clocks(file)
    yield from missing_education_clocks(file)


def education_matters(file: CaseFile) -> Iterator[Matter]:
    """Those whose day has come, or comes soon."""
    yield from (matter for matter in education_clocks(file) if is_announced(matter, file.today))


def is_education(matter: Matter) -> bool:
    return matter.kind in _KINDS
