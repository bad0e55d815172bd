"""What is due about a child missing education: the register, letters, the outcome, the roll, and a case gone quiet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from casework.dates_in_words import counted, month_day
from casework.forms.moments import day_said
from casework.practice.education_deadlines import Absence, absence, place_letter, school_file
from casework.practice.education_waits import (
    case_looked_at,
    council_answered,
    receipt_sent,
    referrer_told,
    removal_letter_sent,
    safe_well_tried,
)
from casework.practice.lives.case_shapes import CASE, SHAPES
from casework.practice.lives.states import Beside, rows
from casework.practice.notices.notice_table import NOTICE, VISIT, VISIT_REQUEST
from casework.practice.school_calendar import nth_school_day
from casework.practice.standing import state_of
from desktop.flows.case_file import CaseFile
from desktop.flows.due.education_clock import LETTER, EducationClock, clock, created_on, letter_days
from desktop.flows.due.matter import Matter, due_words
from desktop.flows.due.school_places_due import place_clocks
from desktop.flows.rule_sources import said_source
from desktop.flows.visits.request_standing import AskedStanding, VisitAsked, visits_among
from desktop.store.vault import Summary

_PASSED_ON = ("found_transferred_admissions_tracking", "found_new_school_rotherham")
_ROW_OF_LETTER = 16  # of the id of a letter: the id of the row it makes
_DAYS_OF_WORK = ("submitted_on", "logged_on", "receipt_sent_on", "outcome_on")


@dataclass(frozen=True, slots=True)
class _Limit:
    """One of the two marks of an absence: by which number of the council, on which day, and what to do then."""

    kind: EducationClock
    number: str
    due: date
    then: str


def absence_of(file: CaseFile, referral: Summary) -> Absence | None:
    """None while the last day at school is not known: such a count is never nought."""
    last = day_said(referral.answers, "last_attended")
    if last is None:
        return None
    school = str(referral.answers.get("school") or "")
    first = nth_school_day(last + timedelta(days=1), 1, file.council, school)
    return absence(first, file.today, file.council, school)


def missing_education_clocks(file: CaseFile, absences: Mapping[str, Absence | None]) -> Iterator[Matter]:
    """Every clock that runs, however far off its day; of cases only where the letters are kept that end some.
    `absences`: of today, of each case, by its id."""
    if file.holds(*SHAPES, LETTER):
        yield from _waiting(file, absences)
    for referral in file.missing_education() if file.holds(*SHAPES, LETTER) else ():
        if not referral.answers.get("outcome"):
            yield from _open(file, referral, absences[referral.record_id])
        yield from place_clocks(file, referral)
        yield from _letters(file, referral)
        yield from _roll(file, referral)
    yield from _safe_well(file)


def _waiting(file: CaseFile, absences: Mapping[str, Absence | None]) -> Iterator[Matter]:
    """What arrived and no case answers yet: its absence is counted all the same, and the case is to be opened."""
    for referral in file.waiting_referrals():
        about, answers = referral.record_id, referral.answers
        found = absences[about]
        if found and (limit := _limit(file, answers, found)):
            yield _absent(file, referral, found, limit)
        came = day_said(answers, "submitted_on") or created_on(file, referral)
        is_here = referral.locked or state_of("cme_received", answers, Beside()) == "received"
        title = "Missing education: open the case" if is_here else "Missing education: finish the referral"
        yield clock(receipt_sent(came, file.council), file, EducationClock.ARRIVED, title, about)


def _open(file: CaseFile, referral: Summary, found: Absence | None) -> Iterator[Matter]:
    created = created_on(file, referral)
    limit = _limit(file, referral.answers, found) if found else None
    if found is None:
        yield _last_day_unknown(file, referral, created)
    elif limit:
        yield _absent(file, referral, found, limit)
    if limit is None or limit.due > file.today:
        quiet = case_looked_at(_last_act(referral) or created, file.council)
        title = "Missing education: nothing recorded lately"
        yield clock(quiet, file, EducationClock.QUIET, title, referral.record_id)


def _limit(file: CaseFile, answers: Mapping[str, object], found: Absence) -> _Limit | None:
    """D9: the tenth school day of absence, then the twentieth. Nothing that is not yet said makes a case silent."""
    logged = day_said(answers, "logged_on")
    away, elsewhere = answers.get("absence_unauthorised"), answers.get("evidence_elsewhere") is True
    register, tell, number = EducationClock.REGISTER, EducationClock.ABSENCE, "register_school_days"
    if elsewhere and found.earlier and logged is None:
        told = min(found.register, day_said(answers, "submitted_on") or file.today)
        return _Limit(register, number, told, "evidence of being elsewhere, so the register need not wait")
    if logged is None and not found.on_register(file.today, unauthorised=away is True, evidence_elsewhere=elsewhere):
        return _Limit(tell, "absence_school_days", found.tell_council, "tell the council")
    if _worked_since(answers, found.register):
        return None
    if elsewhere and not found.earlier:
        return _Limit(register, number, found.register, "is the evidence of being elsewhere confirmed?")
    return _Limit(register, number, found.register, _next_by_absence(away))


def _next_by_absence(unauthorised: object) -> str:
    if unauthorised is True:
        return "CME register"
    return "authorised until now, ask the school again" if unauthorised is False else "is the absence authorised?"


def _worked_since(answers: Mapping[str, object], register: date) -> bool:
    """Entered, or enquired about, since the day of the register: somebody has had it in hand."""
    asked = (day_said(row, "on") for row in rows(answers, "enquiries"))
    return any(day is not None and day >= register for day in (day_said(answers, "logged_on"), *asked))


def _absent(file: CaseFile, referral: Summary, found: Absence, limit: _Limit) -> Matter:
    number = file.council.number(limit.number)
    days = found.days if limit.due <= file.today else number
    unsure = "" if found.certain else " The council’s school calendar does not cover all these days, so check them."
    return Matter(
        kind=limit.kind,
        child=file.child,
        title=f"{counted(days, 'school day')} absent: {limit.then}",
        line=f"{due_words(limit.due, file.today, 'Due')}.{unsure}",
        rule=f"{number} continuous school days",
        source=said_source(file.council.source(limit.number)),
        due=limit.due,
        act=_act(referral),
        record_id=referral.record_id,
        decides=True,
        age=(file.today - limit.due).days,
    )


def _last_day_unknown(file: CaseFile, referral: Summary, created: date) -> Matter:
    source = file.council.source("absence_school_days")
    return Matter(
        kind=EducationClock.LAST_DAY,
        child=file.child,
        title="Last day at school not known: ask the school",
        line="School days cannot be counted before it is",
        rule=f"{file.council.number('absence_school_days')} continuous school days",
        source=said_source(source),
        due=created,
        act=_act(referral),
        record_id=referral.record_id,
        decides=True,
        age=(file.today - created).days,
    )


def _act(referral: Summary) -> str:
    return "Open the case" if referral.form_id == CASE else "Open the referral"


def _last_act(referral: Summary) -> date | None:
    answers = referral.answers
    days = [day_said(answers, name) for name in _DAYS_OF_WORK]
    days += [day_said(row, "on") for group in ("enquiries", "contacts") for row in rows(answers, group)]
    return max((day for day in days if day), default=None)


def _letters(file: CaseFile, referral: Summary) -> Iterator[Matter]:
    """S2 §8 and §15: the school has its receipt, and whoever referred is told the outcome."""
    answers, about = referral.answers, referral.record_id
    came = day_said(answers, "submitted_on", "logged_on")
    if came and not answers.get("receipt_sent_on") and not letter_days(file, about, "receipt_to_school"):
        title = f"Missing education: receipt to {_who_referred(answers)}"
        yield clock(receipt_sent(came, file.council), file, EducationClock.RECEIPT, title, about)
    offered = letter_days(file, about, "place_offered", "place_reminder")
    agreed = answers.get("start_on") or answers.get("file_sent_on")  # with the school, so nobody has to ask
    if offered and not agreed:
        yield from _place(file, about, offered[-1])
    if not answers.get("outcome"):
        yield from _councils(file, referral)
        return
    ended = day_said(answers, "outcome_on") or day_said({"at": referral.updated_at}, "at") or file.today
    if not answers.get("told_referrer_on") and not letter_days(file, about, "outcome_to_referrer"):
        title = f"Missing education: tell {_who_referred(answers)} the outcome"
        yield clock(referrer_told(ended, file.council), file, EducationClock.OUTCOME, title, about)
    if answers.get("outcome") in _PASSED_ON and not offered and not agreed:
        yield from _place(file, about, ended)


def _who_referred(answers: Mapping[str, object]) -> str:
    """A referral of before it said who referred is a school’s (S2 §8)."""
    return "the school" if answers.get("referrer") in (None, "school") else "whoever referred"


def _councils(file: CaseFile, referral: Summary) -> Iterator[Matter]:
    """S2 §15: another council was asked, and nothing has come of it yet."""
    letters = {one.record_id[:_ROW_OF_LETTER]: one.answers for one in file.of(LETTER) if one.locked}
    for row in rows(referral.answers, "enquiries"):
        asked = day_said(row, "on")
        if row.get("of") != "other_la" or row.get("result") or asked is None:
            continue
        letter = letters.get(str(row.get("id")), {})
        found = council_answered(asked, file.council)
        found = replace(found, due=day_said(letter, "answer_by") or found.due)
        who = str(letter.get("to_name") or "another council")
        matter = clock(found, file, EducationClock.COUNCIL, "Missing education: no answer yet", referral.record_id)
        yield replace(matter, line=f"{matter.line}. Asked {who} on {month_day(asked, file.today)}")


def _place(file: CaseFile, about: str, offered: date) -> Iterator[Matter]:
    """S2 §6, from the day of the last letter about a place; without one, from the day the child was passed on."""
    parent, school = place_letter(offered, file.council)
    yield clock(parent, file, EducationClock.PLACE_PARENT, "School place: has the family contacted the school?", about)
    yield clock(school, file, EducationClock.PLACE_SCHOOL, "School place: has the school told admissions?", about)


def _roll(file: CaseFile, referral: Summary) -> Iterator[Matter]:
    """D10: the letter before the name leaves the roll, and the file within fifteen school days after."""
    answers, about = referral.answers, referral.record_id
    authorised, removed = day_said(answers, "authorised_on"), day_said(answers, "removed_on")
    went = answers.get("letter_sent_on") or letter_days(file, about, "deregistration")
    if (day := authorised or removed) and not went:
        title = "School roll: de-registration letter to send"
        yield clock(removal_letter_sent(day, file.council), file, EducationClock.REMOVAL, title, about)
    if removed and not answers.get("file_sent_on"):
        found = school_file(removed, file.council, str(answers.get("school") or ""))
        yield clock(found, file, EducationClock.SCHOOL_FILE, "School roll: the pupil’s file to follow", about)


def _safe_well(file: CaseFile) -> Iterator[Matter]:
    """S2 §15: a visit that was asked for, by its own record or by a word in the case, and that nobody has tried."""
    told = [one for form in (NOTICE, VISIT_REQUEST, VISIT) for one in file.of(form)]
    asked_for = visits_among(told) if told else ()
    yield from _asked_for(file, asked_for)
    answering = {one.visit_id for one in asked_for}
    visits = [visit for visit in file.of(VISIT) if visit.strand == "education" and visit.record_id not in answering]
    title = "Safe-and-well visit: asked for and not tried"
    for visit in visits:
        if not rows(visit.answers, "attempts") and not visit.answers.get("outcome"):
            asked = day_said(visit.answers, "requested_at") or created_on(file, visit)
            found = safe_well_tried(asked, file.council)
            yield clock(found, file, EducationClock.SAFE_WELL, title, visit.record_id)
    for referral in file.missing_education():
        by_word = referral.answers.get("safe_well_requested") is True and not visits and not asked_for
        if by_word and not referral.answers.get("outcome"):
            asked = _last_act(referral) or created_on(file, referral)
            matter = clock(
                safe_well_tried(asked, file.council), file, EducationClock.SAFE_WELL, title, referral.record_id
            )
            yield replace(matter, line=f"{matter.line}. There is no record of a visit")


def _asked_for(file: CaseFile, found: Iterable[VisitAsked]) -> Iterator[Matter]:
    """What a team was asked and has not told back comes to the asker on its day; whoever accepted it has it as well."""
    for one in found:
        if not one.is_open or one.by_day is None or not one.opens:
            continue
        title = {
            AskedStanding.ASKED: "Safe-and-well visit: asked for and not accepted",
            AskedStanding.ACCEPTED: f"Safe-and-well visit: accepted by {one.accepted_by or 'a colleague'}, not tried",
            AskedStanding.TRIED: "Safe-and-well visit: tried, no result yet",
        }[one.standing]
        usual = safe_well_tried(file.today, file.council)
        yield clock(replace(usual, what="Visit", due=one.by_day), file, EducationClock.SAFE_WELL, title, one.opens)
