"""What a signed report on home education, or a request for a visit, leads on to: each step opens its record, once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.canonical import JSON
from casework.errors import KnownError
from casework.forms import option_label
from casework.forms.conditions import codes
from casework.practice.lives.case_shapes import REFERRAL
from casework.practice.roles import MISSING, strands_of
from desktop.flows.desk import Desk
from desktop.flows.due.new_record import begin, forms_to_begin
from desktop.flows.record.editing import current_view, new_record
from desktop.flows.record.linked_records import open_case
from desktop.flows.visits.making_visit import begin_visit, may_visit

REPORT, CASE = "ehe_visit", "ehe_case"
_ASKED = ("next", "next_council")


class Opens(StrEnum):
    """What a step opens."""

    CASE = "ehe_case"
    APPOINTMENT = "appointment"
    ACTION = "action"
    REFERRAL = "cme_referral"
    MASH = "mash_referral"
    LETTER = "letter"
    VISIT = "safe_well_visit"


_STEPS: Mapping[str, Opens] = {
    "none_until_annual_contact": Opens.CASE,
    "amend_and_revisit": Opens.APPOINTMENT,
    "return_to_school": Opens.CASE,
    "other_education_setting": Opens.CASE,
    "early_help": Opens.ACTION,
    "send_or_ehcp_review": Opens.ACTION,
    "cme_referral": Opens.REFERRAL,
    "mash": Opens.MASH,
    "refer_for_s437": Opens.LETTER,
}
_ENQUIRY, _NOTICE = "s436a_enquiry", "s437_notice"
_NAMES_REPORT: Mapping[Opens, str] = {Opens.APPOINTMENT: "about", Opens.ACTION: "from_record"}


@dataclass(frozen=True, slots=True)
class NextStep:
    code: str
    title: str
    opens: Opens


@dataclass(frozen=True, slots=True)
class StepOpened:
    """`letter` is the kind of letter to write about the record; empty where the record itself is opened."""

    record_id: str
    letter: str = ""


def next_steps(desk: Desk, report_id: str) -> tuple[NextStep, ...]:
    """Of a signed report, in the order of its form; nothing before it is signed."""
    view = current_view(desk, report_id)
    if may_visit(desk, view):
        return (NextStep("visit", "Make the visit", Opens.VISIT),)
    if view.form_id != REPORT or not view.locked:
        return ()
    form = desk.catalogue.form(view.form_id, view.form_version)
    asked = [form.by_id[name] for name in _ASKED if name in form.by_id]
    found = [(question, code) for question in asked for code in codes(view.answers().get(question.id))]
    return tuple(NextStep(code, option_label(q, code), _opens(desk, code)) for q, code in found if code in _STEPS)


def take_step(desk: Desk, report_id: str, code: str) -> StepOpened:
    """The record the step is done in, begun the first time. Raises KnownError for a step the report does not name."""
    step = next((one for one in next_steps(desk, report_id) if one.code == code), None)
    if step is None:
        named = ", ".join(one.code for one in next_steps(desk, report_id)) or "none"
        message = f"This report names no step “{code}”. It names: {named}."
        raise KnownError(message)
    if step.opens is Opens.VISIT:
        return StepOpened(begin_visit(desk, report_id))
    child_id = current_view(desk, report_id).child_id
    if step.opens is Opens.CASE:
        return StepOpened(_case(desk, child_id))
    if step.opens is Opens.LETTER:
        role = desk.officer.role
        may_serve = role in desk.catalogue.letters.letter(_NOTICE).senders
        return StepOpened(_case(desk, child_id), _NOTICE if may_serve else _ENQUIRY)
    if step.opens is Opens.REFERRAL and (case := open_case(desk, REFERRAL, child_id)):
        return StepOpened(case)
    if step.opens in (Opens.REFERRAL, Opens.MASH):
        return StepOpened(begin(desk, step.opens, child_id))
    return StepOpened(_begun(desk, step, report_id, child_id))


def _opens(desk: Desk, code: str) -> Opens:
    """Who may not write a referral to MASH has the step as an action to follow."""
    opens = _STEPS[code]
    if opens is Opens.MASH and (MISSING not in strands_of(desk.officer.role) or opens not in forms_to_begin(desk)):
        return Opens.ACTION
    return opens


def _case(desk: Desk, child_id: str) -> str:
    return open_case(desk, CASE, child_id) or begin(desk, CASE, child_id)


def _begun(desk: Desk, step: NextStep, report_id: str, child_id: str) -> str:
    """One record for each step of a report, however often it is pressed."""
    named = _NAMES_REPORT[step.opens]
    for held in desk.vault.summaries(form_id=step.opens, child_id=child_id):
        if held.answers.get(named) == report_id and held.answers.get("what") == step.title:
            return held.record_id
    known: dict[str, JSON] = {named: report_id, "what": step.title}
    known |= {"who": desk.officer.name} if step.opens is Opens.ACTION else {}
    return new_record(desk, step.opens, child_id, known)
