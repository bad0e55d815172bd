"""Which signed records want a check, and where it stands."""

from __future__ import annotations

import pytest

from casework.practice.manager_check import CheckState, Given, check_state, checkers, is_wanted, may_check
from casework.practice.roles import REACHES, Role
from tests.casework.practice.council import rotherham

CHECKS = rotherham().checks


@pytest.mark.parametrize(
    ("form_id", "answers", "wanted"),
    [
        ("return_home_interview", {"interviewer_type": "commissioned_agency"}, True),
        ("return_home_interview", {"interviewer_type": "missing_team"}, False),
        ("find_me_plan", {}, True),
        ("ehe_visit", {"suitability": "appears_unsuitable"}, True),
        ("ehe_visit", {"suitability": "suitable"}, False),
        ("action", {}, False),
    ],
)
def test_the_council_says_what_wants_a_check(form_id: str, answers: dict[str, object], wanted: bool) -> None:
    assert is_wanted(form_id, answers, CHECKS) is wanted


def test_only_a_manager_of_the_work_checks_it() -> None:
    """A senior manager reads alerts, and an advocate does not check a colleague."""
    assert checkers("return_home_interview") == (Role.MISSING_MANAGER,)
    assert not may_check("senior_manager", "find_me_plan")
    assert all(reach.opens(form, strand_of(form)) for reach in REACHES.values() for form in reach.checks)


def strand_of(form_id: str) -> str:
    return "education" if form_id.startswith("ehe") else "missing"


def state(*given: Given, corrections: int = 0) -> CheckState:
    return check_state(given, wanted=True, signed_hash="h", corrections=corrections)


def test_returned_stands_and_a_correction_makes_it_due_again() -> None:
    """Of verdicts that did not see each other; one about other content counts for nothing."""
    approved, returned = Given("approved", "h", 0, "1"), Given("returned", "h", 0, "2")

    assert state() is CheckState.WAITING
    assert state(approved) is CheckState.APPROVED
    assert state(approved, returned) is CheckState.RETURNED
    assert state(approved, corrections=1) is CheckState.WAITING
    assert state(Given("approved", "other", 0, "1")) is CheckState.WAITING
