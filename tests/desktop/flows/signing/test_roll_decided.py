"""A removal from the roll is decided in a signed record, by who may, after the checks; its letter follows from it."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from casework.errors import SignatureRefused
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.case_file import case_file
from desktop.flows.desk import Desk
from desktop.flows.due.education_clock import EducationClock
from desktop.flows.due.education_matters import education_clocks
from desktop.flows.due.new_record import begin
from desktop.flows.record import editing
from desktop.flows.signing import signing
from tests.casework.practice.test_forbidden_states import IN_CASE as LOGGED
from tests.desktop.flows.letters.made import as_role, child, sent, words

DECIDED: dict[str, JSON] = {
    "pupil_name": "Reuben Tansley",
    "school": "Millgate Primary",
    "removal_ground": "left_uk",
    "deletion": "ceased_to_attend",
    "shown_by": "A school in Brno confirms that he started on 9 March.",
    "authorised_on": "2026-03-26",
    "authorised_by": "Bryony Cutler",
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "cme_officer")


def referral(desk: Desk, who: str, **more: JSON) -> str:
    return editing.new_record(desk, "cme_case", who, {**LOGGED, "pupil_name": "Reuben Tansley", **more})


def decision(desk: Desk, who: str) -> str:
    record = begin(desk, "roll_decision", who)
    editing.answer(desk, record, DECIDED)
    return record


def sign(desk: Desk, record: str) -> None:
    signing.sign(desk, record, name="Bryony Cutler", passphrase=PASSPHRASE)


def test_the_case_has_the_decision_from_the_signed_record_and_the_letter_follows(desk: Desk) -> None:
    who = child(desk)
    case = referral(desk, who)
    record = decision(desk, who)
    sign(desk, record)
    found = desk.vault.view(case).answers()
    due = {matter.kind for matter in education_clocks(case_file(desk, who))}

    assert editing.open_record(desk, record).answers["about"] == case
    assert {name: found[name] for name in ("removal_ground", "deletion", "authorised_on", "authorised_by")} == {
        name: DECIDED[name] for name in ("removal_ground", "deletion", "authorised_on", "authorised_by")
    }
    assert EducationClock.REMOVAL in due
    sent(desk, "deregistration", case, words("The head teacher", "post", leaves_on="30 March 2026"))
    assert desk.vault.view(case).answers()["letter_sent_on"] == "2026-03-27"


def test_only_who_may_authorise_it_signs(desk: Desk) -> None:
    who = child(desk)
    referral(desk, who)
    record = decision(desk, who)
    as_role(desk, "ehe_officer")

    with pytest.raises(
        SignatureRefused,
        match="removal: Children missing education lead, Children missing education officer, Education manager",
    ):
        sign(desk, record)


@pytest.mark.parametrize("role", ["cme_lead", "education_manager"])
def test_who_manages_missing_education_authorises_it_and_sends_the_letter(desk: Desk, role: str) -> None:
    who = child(desk)
    case = referral(desk, who)
    record = decision(desk, who)
    as_role(desk, "ehe_lead")
    with pytest.raises(SignatureRefused, match="Only these may authorise a removal"):
        sign(desk, record)
    as_role(desk, role)
    sign(desk, record)

    assert desk.vault.view(case).answers()["authorised_by"] == "Bryony Cutler"


def test_a_removal_before_any_check_is_not_signed(desk: Desk) -> None:
    who = child(desk)
    case = referral(desk, who, enquiries=[])
    record = decision(desk, who)

    with pytest.raises(SignatureRefused, match="In the case: Record the checks that were made"):
        sign(desk, record)
    assert "authorised_on" not in desk.vault.view(case).answers()


def test_a_child_in_custody_is_talked_about_with_the_youth_offending_service_first(desk: Desk) -> None:
    """S2 §19: schools are asked to, before the name goes."""
    who = child(desk)
    referral(desk, who)
    record = decision(desk, who)
    editing.answer(desk, record, {"deletion": "in_custody"})
    with pytest.raises(SignatureRefused, match="youth offending service"):
        sign(desk, record)
    editing.answer(desk, record, {"custody_talked": "Amrit Gill, on 25 March"})
    sign(desk, record)
    assert desk.vault.view(record).locked
