"""What is due around a school place: the team asked first, the start day, and a child tracked after the roll."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casework.forms.moments import day_said
from casework.forms.versions import STEP
from casework.practice.deadlines import Deadline
from casework.practice.education_waits import team_answered, team_asked, tracked_again
from casework.practice.lives.case_shapes import CASE
from casework.practice.lives.schooling import (
    DID_NOT_START,
    SINCE,
    is_tracked,
    last_tracked,
    new_school_state,
    team_state,
)
from desktop.flows.case_file import CaseFile
from desktop.flows.due.education_clock import EducationClock, clock, created_on
from desktop.flows.due.matter import Matter
from desktop.store.vault import Summary


def asks_places(referral: Summary) -> bool:
    """Whether its form asks for these days: in one of before they could never be said, so nothing waits for them."""
    return referral.form_id == CASE or referral.form_version % STEP >= SINCE


def still_tracked(referral: Summary) -> bool:
    """Also after its outcome, where that is that enquiries are exhausted (S2 §8)."""
    return asks_places(referral) and is_tracked(referral.answers)


def place_clocks(file: CaseFile, referral: Summary) -> Iterator[Matter]:
    """Every clock that runs, however far off its day."""
    if not asks_places(referral):
        return
    yield from _team(file, referral)
    start = day_said(referral.answers, "start_on")
    if start is not None and new_school_state(referral.answers) == "start_agreed":
        found = Deadline("D10", "Start day", start, "D10, S2 §6")
        title = "New school: has the child come, and is the name on the roll?"
        yield clock(found, file, EducationClock.START_DAY, title, referral.record_id)
    if is_tracked(referral.answers):
        last = last_tracked(referral.answers) or file.today
        title = "School roll: track the child after the name has left"
        yield clock(tracked_again(last, file.council), file, EducationClock.TRACKED, title, referral.record_id)


def _team(file: CaseFile, referral: Summary) -> Iterator[Matter]:
    """S2 §5: asked at once, and asked again while it does not answer."""
    answers, state = referral.answers, team_state(referral.answers)
    if answers.get("referral_ground") != DID_NOT_START or answers.get("outcome"):
        return
    if state == "nobody_asked":
        came = day_said(answers, "submitted_on") or created_on(file, referral)
        found, title = team_asked(came, file.council), "Did not come to school: ask Early Help’s team first"
    elif state == "team_asked":
        asked = day_said(answers, "team_asked_on") or file.today
        found, title = team_answered(asked, file.council), "Did not come to school: no answer of the team yet"
    else:
        return
    matter = clock(found, file, EducationClock.TEAM_FIRST, title, referral.record_id)
    team = _team_of(file, referral)
    yield replace(matter, line=f"{matter.line}. {team}") if team else matter


def _team_of(file: CaseFile, referral: Summary) -> str:
    locality = referral.answers.get("locality") or file.child.facts.get("locality")
    found = file.council.teams.get(file.council.localities.get(str(locality or ""), ""))
    return found.name if found else ""
