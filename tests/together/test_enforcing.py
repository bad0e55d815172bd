"""Who may serve a notice and take the steps after it: asked by the laptop, and by the service for itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casework.canonical import JSON
from casework.errors import AnswerError
from casework.practice.roles import Role
from casework.records import Change
from desktop.cli import parse_arguments
from desktop.flows.council.not_taken_in import returned
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.record.life_refused import LifeRefused, refuse_forbidden_beginning
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council
from tests.together.test_notices import Join, join

__all__ = ["join"]
CASE: dict[str, JSON] = {
    "stage": "current",
    "notified_on": "2025-09-01",
    "ehe_start": "2025-09-08",
    "no_cooling_off": "family_declined",
    "s436a_asked_on": "2026-01-05",
}
NOTICE: dict[str, JSON] = {"s437_served_on": "2026-02-02", "s437_served_by": "L", "s437_last_day": "2026-02-16"}


@pytest.fixture
def officer(join: Join) -> tuple[Any, Desk, str]:
    """The laptop of somebody who looks after home education, and a case that has gone as far as the enquiry."""
    laptop, desk = join(Role.EHE_OFFICER)
    child = editing.new_record(desk, "child", "", {"given_name": "Ivo", "date_of_birth": "2014-05-04"})
    return laptop, desk, editing.new_record(desk, "ehe_case", child, CASE)


def answer(desk: Desk, folder: Path, case: str, said: dict[str, JSON]) -> Any:
    file = folder / "answers.json"
    file.write_text(json.dumps(said))
    return DEEDS["answer"](parse_arguments(("answer", case, str(file))), desk)


def test_the_verb_refuses_and_keeps_nothing_of_it(officer: tuple[Any, Desk, str], tmp_path: Path) -> None:
    _laptop, desk, case = officer

    with pytest.raises(
        AnswerError,
        match="Only these may serve a notice and take the steps after it: Attendance lead, Home education lead",
    ):
        answer(desk, tmp_path, case, {"visit_declined": [{"on": "2026-02-01"}], **NOTICE})
    assert "visit_declined" not in editing.open_record(desk, case).answers
    with pytest.raises(LifeRefused, match="Only these may serve a notice"):
        refuse_forbidden_beginning(desk, "ehe_case", desk.vault.view(case).child_id, {**CASE, **NOTICE})


def test_what_a_laptop_let_pass_waits_for_a_supervisor_and_the_rest_goes_in(
    council: Council, officer: tuple[Any, Desk, str], join: Join, tmp_path: Path
) -> None:
    """As a laptop of an older version would: the service asks the role of whoever wrote it."""
    laptop, desk, case = officer
    laptop.synced()
    view, author = desk.vault.view(case), desk.author
    said = [Change(f"f/{name}", value) for name, value in NOTICE.items()]
    desk.vault.author(lambda stamp: author.say(stamp, view, said))
    laptop.sync()
    (item,) = returned(desk)
    assert (
        "Only these may serve a notice and take the steps after it: Attendance lead, Home education lead." in item.why
    )

    lead_laptop, lead = join(Role.ATTENDANCE_LEAD)
    council.allocate(lead.officer.id, view.child_id)
    lead_laptop.synced()
    assert "s437_served_on" not in lead.vault.view(case).answers()
    answer(lead, tmp_path, case, {**NOTICE})
    lead_laptop.synced()
    laptop.synced()

    assert desk.vault.view(case).answers()["s437_served_on"] == "2026-02-02"
    answer(desk, tmp_path, case, {"enforcement": [_stopped()]})
    laptop.synced()
    assert [one.op_id for one in returned(desk)] == [item.op_id]


def _stopped() -> dict[str, JSON]:
    return {"step": "stopped", "on": "2026-02-20", "decided_by": "Helen Marchbanks", "why": "Work was seen."}
