"""What the store will not take from this officer: a step of enforcement, typed into the case or taken out of it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from casework.canonical import JSON
from casework.identifiers import OfficerId
from desktop.flows.record import editing
from desktop.store.database.remembered import OFFICER, Officer
from tests.desktop.ui.conftest import Driven

CASE: dict[str, JSON] = {"stage": "enquiry", "s436a_asked_on": "2026-01-05"}
SAY = (
    "Only these may serve a notice and take the steps after it: Attendance lead, Home education lead. "
    "Ask them to enter it."
)


def opened(driven: Driven, role: str, known: dict[str, JSON]) -> str:
    desk = driven.shell.desk
    desk.vault.settings.put(OFFICER, Officer(id=OfficerId("o1"), name="Helen Marchbanks", role=role, council="Ashmere"))
    desk.joined_anew()
    child = editing.new_record(desk, "child", known={"given_name": "Ivo", "date_of_birth": "2014-05-04"})
    case = editing.new_record(desk, "ehe_case", child, known)
    driven.go("form", case, "education_law")
    return case


def type_day(driven: Driven, name: str, *parts: str) -> None:
    for part, text in zip(("day", "month", "year"), parts, strict=True):
        driven.type(f"{name}/{part}", text)
    driven.autosaved()


@pytest.mark.parametrize(("role", "said"), [("ehe_officer", SAY), ("attendance_lead", "")])
def test_the_day_of_service_is_kept_only_from_who_may_serve(driven: Driven, role: str, said: str) -> None:
    case = opened(driven, role, CASE)
    type_day(driven, "f/s437_served_on", "2", "2", "2026")
    problem = driven.window.findChild(QLabel, "f/s437_served_on/problem")
    answers = editing.open_record(driven.shell.desk, case).answers

    assert (problem.text() if problem is not None and problem.isVisible() else "") == said
    assert answers.get("s437_served_on") == (None if said else "2026-02-02")


def test_a_step_that_somebody_took_is_not_taken_out_by_another(driven: Driven) -> None:
    step: dict[str, JSON] = {"step": "considered", "on": "2026-02-17", "decided_by": "L", "why": "No work was seen."}
    notice: dict[str, JSON] = {"s437_served_on": "2026-02-02", "s437_served_by": "L", "s437_last_day": "2026-02-16"}
    case = opened(driven, "ehe_officer", {**CASE, **notice, "enforcement": [step]})
    (row,) = editing.open_record(driven.shell.desk, case).view.rows("enforcement")
    driven.click(f"r/enforcement/{row.id}/toggle")
    driven.click(f"r/enforcement/{row.id}/remove")
    driven.autosaved()
    driven.autosaved()

    assert len(editing.open_record(driven.shell.desk, case).view.rows("enforcement")) == 1
    assert driven.shows(f"r/enforcement/{row.id}/toggle")
    assert any(SAY in found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())
