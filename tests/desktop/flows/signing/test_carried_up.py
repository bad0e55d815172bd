"""A signed report says to its case when the family was heard, when next, and how it was judged."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.signing import signing
from tests.desktop.flows.letters.made import as_role, child

CASE: dict[str, JSON] = {"stage": "current", "ehe_start": "2025-09-01", "next_contact": "2026-03-20"}
MET: dict[str, JSON] = {
    "mode": "home",
    "visit_at": "2026-03-24T10:00:00+00:00",
    "suitability": "suitable_with_advice",
    "next_contact": "2026-06-15",
}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return as_role(desk, "ehe_officer")


def report(desk: Desk, who: str, answers: dict[str, JSON]) -> None:
    record = editing.new_record(desk, "ehe_visit", who, answers)
    signing.lock_record(desk, record, name="Bryony Cutler", ink=None)


def said(desk: Desk, case: str) -> tuple[JSON, ...]:
    answers = desk.vault.view(case).answers()
    return tuple(answers.get(name) for name in ("last_contact", "next_contact", "suitability"))


def test_the_case_has_its_days_and_judgement_from_the_signed_report(desk: Desk) -> None:
    who = child(desk)
    case = editing.new_record(desk, "ehe_case", who, CASE)
    report(desk, who, MET)

    assert said(desk, case) == ("2026-03-24", "2026-06-15", "suitable_with_advice")
    assert desk.vault.drafts.of(case) == {}


def test_an_older_report_signed_later_changes_nothing(desk: Desk) -> None:
    who = child(desk)
    case = editing.new_record(desk, "ehe_case", who, {**CASE, "last_contact": "2026-03-25"})
    report(desk, who, MET)

    assert said(desk, case) == ("2026-03-25", "2026-03-20", None)


def test_a_family_that_wrote_was_heard_and_an_ended_case_stays_as_it_is(desk: Desk) -> None:
    who = child(desk)
    ended = editing.new_record(
        desk, "ehe_case", who, {**CASE, "stage": "returned_school", "end_school": "Weir Primary"}
    )
    wrote: dict[str, JSON] = {"mode": "parent_report_only", "report_received": "2026-03-26"}
    report(desk, who, wrote)
    going_on = editing.new_record(desk, "ehe_case", who, CASE)
    report(desk, who, wrote)

    assert said(desk, ended)[0] is None
    assert said(desk, going_on)[0] == "2026-03-26"
