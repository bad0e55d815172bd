"""Which letter is the next step of something that is due, where one is and this officer sends it."""

from __future__ import annotations

from collections.abc import Mapping

from casework.practice.letters.letter_template import LetterTemplate
from casework.practice.roles import EDUCATION, strands_of
from desktop.flows.desk import Desk
from desktop.flows.due.education_clock import EducationClock

_NEXT: Mapping[str, str] = {
    EducationClock.RECEIPT: "receipt_to_school",
    EducationClock.OUTCOME: "outcome_to_referrer",
    EducationClock.REMOVAL: "deregistration",
    EducationClock.COUNCIL: "request_to_council",
    EducationClock.PLACE_PARENT: "place_reminder",
    EducationClock.NEVER_CONTACTED: "first_letter_to_family",
    EducationClock.REPORT: "report_cover",
    EducationClock.S436A: "s437_notice",
    EducationClock.PROPOSE: "order_proposed",
    EducationClock.MAKE: "attendance_order",
}


def next_letter(desk: Desk, kind: str) -> LetterTemplate | None:
    """By the kind of what is due."""
    if kind not in _NEXT:
        return None
    letter, role = desk.catalogue.letters.letter(_NEXT[kind]), desk.officer.role
    return letter if role in (letter.senders or (role,)) else None


def writes_letters(desk: Desk, form_id: str, version: int | None = None) -> bool:
    """Whether this officer sends any letter about records of a form."""
    letters = desk.catalogue.letters.about(form_id, desk.officer.role, version)
    return EDUCATION in strands_of(desk.officer.role) and bool(letters)
