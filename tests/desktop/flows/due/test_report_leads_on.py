"""Each of the nine next steps of a report opens its record, filled in, and opens the same one the second time."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.due.report_leads_on import next_steps, take_step
from desktop.flows.record import editing
from desktop.flows.signing import signing
from tests.desktop.flows.letters.made import as_role, child

STEPS = {
    "none_until_annual_contact": "ehe_case",
    "amend_and_revisit": "appointment",
    "return_to_school": "ehe_case",
    "other_education_setting": "ehe_case",
    "early_help": "action",
    "send_or_ehcp_review": "action",
    "refer_for_s437": "ehe_case",
    "cme_referral": "cme_referral",
    "mash": "action",
}
FAMILY = [code for code in STEPS if code not in ("cme_referral", "mash")]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "ehe_officer")


def report(desk: Desk, *, signed: bool = True) -> str:
    who = child(desk)
    editing.new_record(desk, "ehe_case", who, {"stage": "current", "ehe_start": "2025-09-01"})
    answers: dict[str, JSON] = {"next": list(FAMILY), "next_council": ["cme_referral", "mash"]}
    record = editing.new_record(desk, "ehe_visit", who, answers)
    if signed:
        signing.lock_record(desk, record, name="Bryony Cutler", ink=None)
    return record


def test_every_step_of_the_form_leads_somewhere(desk: Desk) -> None:
    form = desk.catalogue.form("ehe_visit")
    named = {option.code for name in ("next", "next_council") for option in form.question(name).options}

    assert named == set(STEPS)
    assert {step.code for step in next_steps(desk, report(desk))} == set(STEPS)


@pytest.mark.parametrize("code", sorted(STEPS))
def test_a_step_opens_its_record_once(desk: Desk, code: str) -> None:
    record = report(desk)
    opened = take_step(desk, record, code)
    again = take_step(desk, record, code)

    assert opened == again
    assert desk.vault.view(opened.record_id).form_id == STEPS[code]
    assert opened.letter == ("s436a_enquiry" if code == "refer_for_s437" else "")


def test_an_action_says_what_who_and_where_it_comes_from(desk: Desk) -> None:
    record = report(desk)
    found = desk.vault.view(take_step(desk, record, "early_help").record_id).answers()

    assert (found["what"], found["who"], found["from_record"]) == ("Early Help", "Bryony Cutler", record)


def test_a_step_that_the_report_does_not_name_and_a_draft_lead_nowhere(desk: Desk) -> None:
    assert next_steps(desk, report(desk, signed=False)) == ()
    with pytest.raises(KnownError, match="names no step “holiday”"):
        take_step(desk, report(desk), "holiday")
