"""What the overview group of home education asks about a child, from the records of education on this laptop alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from casework.dates_in_words import day
from casework.forms import option_label
from casework.practice.education_waits import child_seen_again
from casework.practice.groups.agenda_rules import AtHome, Seen
from desktop.flows.case_file import CaseFile
from desktop.flows.desk import Desk
from desktop.flows.due.education_clock import EducationClock
from desktop.flows.due.enforcement_due import law_stage, legal_clocks
from desktop.flows.due.home_education import CASE, ENDED, contact_of, stage_of
from desktop.store.vault import Summary

_AT_HOME = ("cooling_off", "current")
_WISHED = ("enquiry", "pending", "cooling_off")
_RUN_OUT = (EducationClock.S437, EducationClock.PROPOSE, EducationClock.MAKE, EducationClock.ENFORCEMENT)
_LEVELS = {"cse_level": "CSE", "cce_level": "CCE"}


def seen_at_home(file: CaseFile, given: Sequence[tuple[date, date | None]], carried_from: date | None) -> Seen:
    """A child without a case that goes on is on the agenda only for what the group left over."""
    case = _open_case(file)
    found = _of_case(file, case) if case is not None else None
    return Seen((), given=given, carried_from=carried_from, holds=file.held, at_home=found)


def case_stands(desk: Desk, file: CaseFile) -> str:
    """“Current. Last contact 9 December 2025”; what is not kept here is said to be so."""
    case = _open_case(file)
    if case is None:
        return "No case goes on" if file.holds(CASE) else "Cases are not kept on this laptop"
    stage = option_label(desk.catalogue.form(CASE).question("stage"), stage_of(case))
    last = contact_of(file, case).last
    contact = f"Last contact {day(last)}" if last else "No contact yet"
    return ". ".join(part for part in (stage, law_stage(case), contact) if part)


def _open_case(file: CaseFile) -> Summary | None:
    return next((case for case in file.of(CASE) if stage_of(case) not in ENDED), None)


def _of_case(file: CaseFile, case: Summary) -> AtHome:
    wished = stage_of(case) in _WISHED
    return AtHome(
        unseen_since=_unseen_since(file, case) if stage_of(case) in _AT_HOME else None,
        run_out=tuple(
            f"{matter.title}, since {day(matter.due)}"
            for matter in legal_clocks(file, case)
            if matter.kind in _RUN_OUT and matter.due <= file.today
        ),
        expression=str(case.answers.get("expression") or "") if wished else "",
        flags=tuple(_flags(file, case)),
    )


def _unseen_since(file: CaseFile, case: Summary) -> date | None:
    contact = contact_of(file, case)
    last = contact.seen or contact.began
    return last if child_seen_again(last, file.council).due <= file.today else None


def _flags(file: CaseFile, case: Summary) -> Iterator[str]:
    """That a child is known, and never what of: a level is not a flag (domain A)."""
    facts = file.child.facts
    if facts.get("known_to_missing") is True or case.answers.get("known_to_missing") is True:
        yield "known to the missing team"
    for question, name in _LEVELS.items():
        if isinstance(level := facts.get(question), str) and level != "none":
            yield name
