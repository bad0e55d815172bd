"""Every clock of education that can run on a child's records, and how long before its day it is announced."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from casework.forms.moments import day_said
from casework.practice.deadlines import Deadline
from desktop.flows.case_file import CaseFile
from desktop.flows.due.matter import Matter, matter_by
from desktop.store.vault import Summary

LETTER = "letter"


class EducationClock(StrEnum):
    """The kind of a matter of education, as the command line and the screens sort by it."""

    CONTACT = "ehe_contact"
    NEVER_CONTACTED = "never_contacted"
    REPORT = "ehe_report"
    REVISIT = "revisit"
    COOLING_OFF = "cooling_off"
    ENQUIRY = "enquiry_old"
    PENDING = "pending_old"
    UNSEEN = "child_not_seen"
    S436A = "s436a_unanswered"
    S437 = "s437_run_out"
    PROPOSE = "order_to_propose"
    MAKE = "order_to_make"
    ENFORCEMENT = "enforcement_step"
    COLLEGE = "college_possible"
    REAPPLY = "college_again"
    FLEXI = "flexi_review"
    ABSENCE = "absence"
    REGISTER = "register"
    LAST_DAY = "last_day_unknown"
    ARRIVED = "referral_arrived"
    RECEIPT = "receipt"
    COUNCIL = "council_not_answered"
    OUTCOME = "outcome_not_told"
    REMOVAL = "removal_letter"
    TRACKED = "tracked_after_roll"
    TEAM_FIRST = "team_first"
    START_DAY = "start_day"
    SCHOOL_FILE = "school_file"
    PLACE_PARENT = "place_parent"
    PLACE_SCHOOL = "place_school"
    SAFE_WELL = "safe_well_not_tried"
    QUIET = "quiet_case"


_AHEAD = {
    EducationClock.CONTACT: 14,
    EducationClock.REPORT: 7,
    EducationClock.REVISIT: 14,
    EducationClock.COLLEGE: 14,
    EducationClock.REAPPLY: 14,
    EducationClock.FLEXI: 14,
    EducationClock.PROPOSE: 7,
    EducationClock.MAKE: 7,
    EducationClock.ENFORCEMENT: 7,
    EducationClock.ARRIVED: 14,
    EducationClock.RECEIPT: 14,
    EducationClock.OUTCOME: 14,
    EducationClock.COUNCIL: 2,
    EducationClock.REMOVAL: 14,
    EducationClock.SCHOOL_FILE: 7,
    EducationClock.SAFE_WELL: 14,
}


def is_announced(matter: Matter, today: date) -> bool:
    """Whether it belongs on a worker's day: from so many days before it is due, most from the day itself."""
    return matter.due <= today + timedelta(days=_AHEAD.get(EducationClock(matter.kind), 0))


def clock(found: Deadline, file: CaseFile, kind: EducationClock, title: str, record_id: str) -> Matter:
    return matter_by(found, file, kind=kind, title=title, act=_act(kind), record_id=record_id)


def created_on(file: CaseFile, record: Summary) -> date:
    """Never after today: a colleague's laptop may run ahead."""
    return min(day_said({"at": record.created_at}, "at") or file.today, file.today)


def _act(kind: EducationClock) -> str:
    if kind is EducationClock.ARRIVED:
        return "Open the referral"
    return "Open the report" if kind in (EducationClock.REPORT, EducationClock.REVISIT) else "Open the record"


def letter_days(file: CaseFile, record_id: str, *kinds: str) -> tuple[date, ...]:
    """The days on which signed letters of these kinds about a record went, the first of them first."""
    sent = [one for one in file.of(LETTER) if one.locked and one.answers.get("about") == record_id]
    days = (day_said(one.answers, "sent_on") for one in sent if one.answers.get("kind") in kinds)
    return tuple(sorted(day for day in days if day))
