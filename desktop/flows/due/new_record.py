"""Beginning a record by hand: with the episode, the plan or the strand it belongs to, so that nobody types an id."""

from __future__ import annotations

from casework.errors import KnownError, NotThisRole
from casework.practice.copies.copy_table import COPIES
from casework.practice.groups.group_table import ITEM
from casework.practice.homes.of_no_child import OF_NO_CHILD
from casework.practice.letters.letter_shelf import RECORD_OF_LETTER
from casework.practice.lives.case_shapes import CASE, REFERRAL, SHAPES
from casework.practice.manager_check import CHECK
from casework.practice.notices.notice_table import NOTICE, VISIT_REQUEST
from casework.practice.placements.placement_rules import MOVE
from casework.practice.roles import Reach, reach_of, role_name, strands_of
from desktop.flows.case_file import INTERVIEW, asked_until, case_file
from desktop.flows.desk import Desk
from desktop.flows.due.find_me_plans import EPISODE, PLAN, open_plan
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.record.editing import new_record
from desktop.flows.record.linked_records import ONE_OPEN, cases_of, open_case
from desktop.flows.record.notes import NOTE
from desktop.flows.signing.roll_decided import DECISION

VISIT = "safe_well_visit"
MADE_BY_DEEDS = (
    NOTICE,
    CHECK,
    RECORD_OF_LETTER,
    VISIT_REQUEST,
    MOVE,
    CASE,
    *OF_NO_CHILD,
    ITEM,
    *COPIES,
)
_EDUCATION = (*SHAPES, "ehe_case", "ehe_visit", VISIT_REQUEST)


def forms_to_begin(desk: Desk) -> tuple[str, ...]:
    """What this officer's role may write; nothing else is offered. A letter begins from its case."""
    reach = reach_of(desk.officer.role)
    own = (form for form in desk.catalogue.ids() if form not in MADE_BY_DEEDS)
    return tuple(form for form in own if reach.writes_form(form) and _is_open_to(desk, reach, form))


def begins_anything(desk: Desk) -> bool:
    """A role that only reads is not offered to begin a record; before joining there is no role yet."""
    return not desk.officer.role or bool(forms_to_begin(desk))


NOTHING_TO_BEGIN = "Your role reads records and does not write them."


def refuse_other_roles(desk: Desk, form_id: str) -> None:
    """Raises NotThisRole, with the true reason: it is not that the child is somebody else's. A laptop that has not
    joined has no role yet, and is told so when it writes."""
    if form_id == RECORD_OF_LETTER:
        message = "A letter begins from the record it is about, on its page or with: homeward letter KIND RECORD"
        raise KnownError(message)
    if form_id == VISIT_REQUEST:
        message = "A visit is asked for from the case it is about, on its page or with: homeward ask-visit RECORD"
        raise KnownError(message)
    if form_id == MOVE and reach_of(desk.officer.role).writes_form(MOVE):
        message = "A move is written down on the child’s page, Placements, or with: homeward move CHILD"
        raise KnownError(message)
    if form_id == CASE:
        message = "A case is opened from its referral, on its page or with: homeward open-case REFERRAL"
        raise KnownError(message)
    if not desk.officer.role or form_id in forms_to_begin(desk):
        return
    role = role_name(desk.officer.role)
    what = desk.catalogue.form(form_id).title
    message = f"The role “{role}” does not write this form: {what}. Ask your manager who does."
    raise NotThisRole(message)


def begin(desk: Desk, form_id: str, child_id: str) -> str:
    """The record to open: the one that is open already, where there can be only one. Raises NotThisRole."""
    refuse_other_roles(desk, form_id)
    if form_id == PLAN:
        return open_plan(desk, child_id)
    if form_id == REFERRAL and (waiting := case_file(desk, child_id).waiting_referrals()):
        return waiting[0].record_id
    if form_id in ONE_OPEN and form_id != REFERRAL and (case := open_case(desk, form_id, child_id)):
        return case
    if form_id == DECISION and (case := open_case(desk, CASE, child_id) or _last_case(desk, child_id)):
        school = desk.vault.view(case).answers().get("school")
        return new_record(desk, form_id, child_id, {"about": case, **({"school": school} if school else {})})
    if form_id == INTERVIEW and (episode := _latest_return(desk, child_id) or _episode_asked_about(desk, child_id)):
        return start_interview(desk, episode)
    return new_record(desk, form_id, child_id, strand=_strand(desk, form_id, child_id))


def _last_case(desk: Desk, child_id: str) -> str:
    """Ended, and the roll is still to be decided."""
    before = cases_of(desk, CASE, child_id)
    return max(before, key=lambda summary: summary.created_at).record_id if before else ""


def _is_open_to(desk: Desk, reach: Reach, form_id: str) -> bool:
    """A safe-and-well visit takes the strand of what asked for it, so either will do. Notes of a commission begin
    beside its interview alone."""
    if form_id == NOTE and reach.by_commission:
        return False
    strand = desk.catalogue.form(form_id).strand
    return reach.opens(form_id, strand) or (form_id == VISIT and reach.opens(form_id, "missing"))


def _episode_asked_about(desk: Desk, child_id: str) -> str:
    """Of a commission: the interview is about that one, whether or not its return is recorded yet."""
    held = desk.vault.summaries(form_id=EPISODE, child_id=child_id) if child_id in asked_until(desk) else ()
    return next((episode.record_id for episode in held), "")


def _latest_return(desk: Desk, child_id: str) -> str:
    """The last episode the child came back from; empty when there is none."""
    back = [s for s in desk.vault.summaries(form_id=EPISODE, child_id=child_id) if s.answers.get("found_at")]
    back.sort(key=lambda summary: summary.created_at)
    return back[-1].record_id if back else ""


def _strand(desk: Desk, form_id: str, child_id: str) -> str:
    """A safe-and-well visit is of the strand that asked for it, and nobody writes where they may not read."""
    own = desk.catalogue.form(form_id).strand
    if form_id != VISIT:
        return own
    if own not in strands_of(desk.officer.role):
        return "missing"
    asked = any(s.form_id in _EDUCATION for s in desk.vault.summaries(child_id=child_id))
    away = any(desk.vault.summaries(form_id=EPISODE, child_id=child_id))
    return "missing" if away and not asked else own
