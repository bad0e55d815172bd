"""The caseload as tables, a row a case: where it stands, how long, last contact and next act; now or at a day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import NotThisRole
from casework.forms.moments import day_said
from casework.identifiers import OfficerId
from casework.practice.education_deadlines import Absence, absence
from casework.practice.lives.case_shapes import CASE as EDUCATION_CASE
from casework.practice.lives.case_shapes import is_what_arrived
from casework.practice.lives.real_episodes import NO_EPISODE, ended
from casework.practice.lives.schooling import team_state
from casework.practice.lives.states import Beside, rows
from casework.practice.roles import EDUCATION, MISSING, Role, reach_of
from casework.practice.standing import state_of
from desktop.flows.case_file import EPISODE, CaseFile, every_case_file, who_began
from desktop.flows.caseload.case_row import CaseRow, CaseTable, NextLetter
from desktop.flows.desk import Desk
from desktop.flows.due.education_clock import created_on
from desktop.flows.due.education_matters import education_day
from desktop.flows.due.enforcement_due import law_stage
from desktop.flows.due.home_education import CASE, ENDED, stage_of
from desktop.flows.due.matter import Matter
from desktop.flows.due.missing_matters import missing_only
from desktop.flows.due.missing_now import missing_child
from desktop.flows.due.next_letter import next_letter
from desktop.flows.due.school_places_due import still_tracked
from desktop.store.vault import Summary

NOT_KNOWN = "Not known"
TRACKED = "Tracked after the roll"
FORMS = {CaseTable.HOME: CASE, CaseTable.MISSING_EDUCATION: EDUCATION_CASE, CaseTable.MISSING: EPISODE}
_SAID_BY_TABLE = re.compile(
    r"Missing education|Education at home|School roll|New school|Did not come to school|Last day at school not known"
    r"|\d+ school days? absent"
)
_LATER = ("outcome", "told_referrer_on", "closed_on", "enquiries")  # of a case that was open then, not said yet
_STAGES = {
    "logged": "Logged",
    "open": "Logged",
    "not_logged": "To be logged",
    "submitted": "Just arrived",
    "received": "Just arrived",
}
_FIRST = {
    Role.CME_OFFICER: CaseTable.MISSING_EDUCATION,
    Role.CME_LEAD: CaseTable.MISSING_EDUCATION,
    Role.MISSING_ADVOCATE: CaseTable.MISSING,
}


@dataclass(frozen=True, slots=True)
class Caseload:
    """Every open case the officer may see, its own table first. `marks` are the school days a bar is marked at."""

    today: date
    tables: Mapping[CaseTable, tuple[CaseRow, ...]]
    marks: tuple[int, ...]


def tables_for(role: str) -> tuple[CaseTable, ...]:
    """Its own first; one episode is no caseload."""
    reach = reach_of(role)
    if reach.by_commission:
        return ()
    strands = {CaseTable.HOME: EDUCATION, CaseTable.MISSING_EDUCATION: EDUCATION, CaseTable.MISSING: MISSING}
    found = [table for table in CaseTable if reach.opens(FORMS[table], strands[table])]
    own = _FIRST.get(Role(role)) if role in set(Role) else None
    return tuple(sorted(found, key=lambda table: table != own))


def caseload(desk: Desk, *, on: date | None = None) -> Caseload:
    """The store is read once. At a day, the cases that were open then, counted as of that day."""
    today = local(desk.now()).date()
    files = every_case_file(desk).values()
    made = _Making(desk, on or today, who_began(desk, files))
    tables = tables_for(desk.officer.role)
    found = {table: tuple(row for file in files for row in made.rows(table, file)) for table in tables}
    limits = tuple(desk.catalogue.council.number(name) for name in ("absence_school_days", "register_school_days"))
    return Caseload(on or today, found, limits)


def _act(title: str) -> str:
    """A title as it reads in its own table, which says already what the case is."""
    before, _, after = title.partition(": ")
    return f"{after[:1].upper()}{after[1:]}" if _SAID_BY_TABLE.fullmatch(before) else title


def _contacts(answers: Mapping[str, JSON]) -> Iterator[date]:
    """With whoever was asked, and with the family."""
    for row in (*rows(answers, "enquiries"), *rows(answers, "contacts")):
        if day := day_said(row, "on"):
            yield day


NO_CASES = "Your role has no caseload of its own. Find a child by name under Find."


def refuse_without_cases(desk: Desk) -> None:
    """Raises NotThisRole."""
    if not tables_for(desk.officer.role):
        raise NotThisRole(NO_CASES)


class _Making:
    """One reading of the store made into rows, as of a day."""

    def __init__(self, desk: Desk, on: date, begun_by: Mapping[str, OfficerId]) -> None:
        self._desk, self._on, self._begun_by = desk, on, begun_by
        self._labels: dict[tuple[str, str], dict[str, str]] = {}
        self._name_of = desk.names()

    def rows(self, table: CaseTable, file: CaseFile) -> Iterator[CaseRow]:
        make = {
            CaseTable.HOME: self._home,
            CaseTable.MISSING_EDUCATION: self._missing_education,
            CaseTable.MISSING: self._missing,
        }[table]
        yield from make(file)

    def _home(self, file: CaseFile) -> Iterator[CaseRow]:
        for case in file.of(CASE):
            day = education_day(file)
            found, stage = day.contacts[case.record_id], stage_of(case)
            end = day_said(case.answers, "ended_on")
            if found.began > self._on or (stage in ENDED and (end is None or end <= self._on)):
                continue
            line = "" if found.last else "Never"
            yield self._row(
                CaseTable.HOME, file, case, day.home, stage=law_stage(case) or self._label(CASE, "stage", stage),
                school=str(case.answers.get("last_school") or ""), contact=(found.last, line),
            )  # fmt: skip

    def _missing_education(self, file: CaseFile) -> Iterator[CaseRow]:
        for case in (*file.missing_education(), *file.waiting_referrals()):
            answers, on = case.answers, self._on
            came = day_said(answers, "submitted_on", "logged_on") or created_on(file, case)
            end = day_said(answers, "outcome_on")
            over = bool(answers.get("outcome")) and (end is None or end <= on)
            tracked = still_tracked(case) and on == file.today
            if came > on or (over and not tracked):
                continue
            found = self._absence(file, case)
            registered = not over and found is not None and self._is_registered(answers, found)
            asked = [day for day in _contacts(answers) if day <= on]
            clocks = [one for one in education_day(file).missing if one.record_id == case.record_id]
            yield self._row(
                CaseTable.MISSING_EDUCATION, file, case, clocks,
                stage=TRACKED if tracked else self._stage(case, registered=registered, asked=bool(asked)),
                school=str(answers.get("school") or ""), absent=found,
                contact=(max(asked, default=None), "None yet"), on_register=registered,
            )  # fmt: skip

    def _missing(self, file: CaseFile) -> Iterator[CaseRow]:
        """A child who is away, or about whom something is still due."""
        episodes = [one for one in file.of(EPISODE) if one.answers.get("outcome") not in NO_EPISODE]
        if not episodes:
            return
        clocks = list(missing_only(file))
        away = [one for one in episodes if ended(one) is None]
        if not (away or clocks):
            return
        latest, stage = (away or episodes)[0], "Missing now" if away else "Back"
        seen = next((day for one in episodes if (day := day_said(one.answers, "found_at"))), None)
        if away and self._on == file.today and (now := missing_child(self._desk, file)) and now.next:
            clocks = [now.next]  # who is away comes before whatever else is owed, as on Today
        yield self._row(CaseTable.MISSING, file, latest, clocks, stage=stage, contact=(seen, ""))

    def _absence(self, file: CaseFile, case: Summary) -> Absence | None:
        if self._on == file.today:
            return education_day(file).absences[case.record_id]
        last = day_said(case.answers, "last_attended")
        if last is None or last >= self._on:
            return None
        school = str(case.answers.get("school") or "")
        return absence(date.fromordinal(last.toordinal() + 1), self._on, file.council, school)

    def _is_registered(self, answers: Mapping[str, JSON], found: Absence) -> bool:
        logged = day_said(answers, "logged_on")
        away, elsewhere = answers.get("absence_unauthorised") is True, answers.get("evidence_elsewhere") is True
        due = found.on_register(self._on, unauthorised=away, evidence_elsewhere=elsewhere)
        return logged is not None and logged <= self._on and due

    def _stage(self, case: Summary, *, registered: bool, asked: bool) -> str:
        if registered:
            return "On register"
        if asked:
            return "Enquiries"
        open_now = {name: value for name, value in case.answers.items() if name not in _LATER}
        life = "cme_received" if is_what_arrived(case.form_id, case.form_version) else case.form_id
        state = state_of(life, open_now, Beside())
        if state in ("submitted", "not_logged") and team_state(case.answers) in ("team_asked", "team_answered"):
            return "With Early Help’s team"
        return _STAGES.get(state, "School’s checklist")

    def _row(
        self, table: CaseTable, file: CaseFile, case: Summary, clocks: Sequence[Matter], *, stage: str,
        contact: tuple[date | None, str], school: str = "", absent: Absence | None = None, on_register: bool = False,
    ) -> CaseRow:  # fmt: skip
        first = min(clocks, key=lambda one: one.due, default=None)
        letter = next_letter(self._desk, first.kind) if first else None
        counts = table is CaseTable.MISSING_EDUCATION
        facts = file.child.facts
        return CaseRow(
            table=table,
            record_id=case.record_id,
            child=file.child,
            school=school or str(facts.get("school") or ""),
            stage=stage,
            school_days=absent.days if absent else None,
            clock=("" if absent.certain else "not certain") if absent else NOT_KNOWN if counts else "",
            last_contact=contact[0],
            contact_line=contact[1],
            next_act=_act(first.title) if first else "",
            next_due=first.due if first else None,
            locality=self._locality(case, facts),
            officer=self._name_of(self._begun_by.get(case.record_id, OfficerId(""))),
            flags=tuple(self._flags(case, facts)),
            on_register=on_register,
            letter=NextLetter(letter.id, letter.title, first.record_id) if first and letter else None,
            takes_letters=not is_what_arrived(case.form_id, case.form_version),
        )

    def _locality(self, case: Summary, facts: Mapping[str, JSON]) -> str:
        code = case.answers.get("locality") or facts.get("locality")
        return self._label(EDUCATION_CASE, "locality", str(code)) if isinstance(code, str) else ""

    def _flags(self, case: Summary, facts: Mapping[str, JSON]) -> Iterator[str]:
        if case.answers.get("previous_cme") is True:
            yield "Back again"
        if facts.get("known_to_missing") is True or case.answers.get("known_to_missing") is True:
            yield "Known to the missing team"
        if case.answers.get("ehcp", facts.get("ehcp")) is True:
            yield "EHCP"
        flagged = case.answers.get("flags")
        for code in flagged if isinstance(flagged, list) else ():
            yield self._label(EDUCATION_CASE, "flags", str(code))
        if case.conflicts:
            yield "Decision needed"

    def _label(self, form: str, question: str, code: str) -> str:
        """An option's words, looked up once for a whole table."""
        known = self._labels.get((form, question))
        if known is None:
            known = {o.code: o.label for o in self._desk.catalogue.form(form).question(question).options}
            self._labels[form, question] = known
        return known.get(code, code)
