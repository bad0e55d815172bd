"""A notice and what follows it are a lead’s, of attendance or of home education; all else of the case is anybody’s."""

from __future__ import annotations

from typing import Any

import pytest

from casework.practice.lives.who_enforces import MAY_ENFORCE, is_step_of_others, touches_enforcement

NOTICE: dict[str, Any] = {"s437_served_on": "2026-02-02", "s437_last_day": "2026-02-16"}
CONSIDERED = {"id": "a", "step": "considered", "on": "2026-02-17"}
STOPPED = {"id": "b", "step": "stopped", "on": "2026-02-20", "why": "Work was seen."}


def with_steps(*steps: dict[str, Any]) -> dict[str, Any]:
    return {**NOTICE, "enforcement": list(steps)}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, NOTICE),
        (NOTICE, {}),
        (NOTICE, {**NOTICE, "s437_last_day": "2026-03-16"}),
        (NOTICE, with_steps(CONSIDERED)),
        (with_steps(CONSIDERED), NOTICE),
        (with_steps(CONSIDERED), with_steps({**CONSIDERED, "on": "2026-02-18"})),
        (with_steps(CONSIDERED), with_steps({**CONSIDERED, "step": "stopped"})),
    ],
)
def test_a_step_taken_changed_or_taken_back_is_not_everybodys(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert {"attendance_lead", "ehe_lead"} == MAY_ENFORCE
    for role in ("ehe_officer", "cme_lead", "education_manager"):
        assert is_step_of_others(role, before, after)
    assert not is_step_of_others("ehe_lead", before, after)
    assert not is_step_of_others("attendance_lead", before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({}, {"s436a_asked_on": "2026-01-05", "stage": "current"}),
        (NOTICE, with_steps(STOPPED)),
        (with_steps(CONSIDERED), with_steps(CONSIDERED, STOPPED)),
        (NOTICE, with_steps({"id": "c", "on": "2026-02-18"})),
    ],
)
def test_the_enquiry_a_line_without_its_step_and_an_end_are_anybodys(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert not is_step_of_others("ehe_officer", before, after)


def test_only_its_own_places_of_a_case_since_version_3_are_looked_at() -> None:
    assert touches_enforcement("ehe_case", 3, "f/s437_served_on")
    assert touches_enforcement("ehe_case", 2003, "r/enforcement/ab12/step")
    assert not touches_enforcement("ehe_case", 2, "f/s437_served_on")
    assert not touches_enforcement("ehe_case", 3, "f/s436a_asked_on")
    assert not touches_enforcement("ehe_visit", 3, "f/s437_served_on")
