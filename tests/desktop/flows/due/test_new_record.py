"""What a role may not write is neither offered nor begun, and the reason given is the true one."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from casework.errors import AnswerError, NotThisRole
from casework.practice.roles import REACHES, Role
from desktop.flows.child.child_page import child_page
from desktop.flows.desk import Desk
from desktop.flows.due.new_record import begin, begins_anything, forms_to_begin
from desktop.flows.record import editing
from tests.desktop.flows.due.test_missing_now import become


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_what_it_writes_and_nothing_else(desk: Desk, role: Role) -> None:
    """New record showed eleven forms to everybody."""
    become(desk, role)
    offered = forms_to_begin(desk)

    assert bool(offered) is REACHES[role].writes
    assert all(
        REACHES[role].opens(form, "missing") or REACHES[role].opens(form, _strand(desk, form)) for form in offered
    )


def _strand(desk: Desk, form: str) -> str:
    return desk.catalogue.form(form).strand


def test_a_refusal_gives_the_true_reason(desk: Desk) -> None:
    """It said that the child was not allocated, when the role writes no such form."""
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    become(desk, "missing_coordinator")
    with pytest.raises(NotThisRole, match="“Missing coordinator” does not write this form: Find Me Plan"):
        begin(desk, "find_me_plan", child)

    assert [s.form_id for s in desk.vault.summaries(child_id=child)] == ["child"]
    assert desk.vault.view(begin(desk, "missing_episode", child)).form_id == "missing_episode"


def test_a_role_that_reads_is_asked_to_write_nothing(desk: Desk) -> None:
    """Neither by a button, nor by a double to decide, nor by a line of the command; and the reason is the true one."""
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    for _ in range(2):
        editing.new_record(desk, "missing_episode", child, {"last_seen_at": "2026-03-26T10:00:00+00:00"})
    assert child_page(desk, child).doubles
    become(desk, "iro")

    found = child_page(desk, child)
    assert (found.doubles, found.matters, begins_anything(desk)) == ((), (), False)
    with pytest.raises(AnswerError, match="reads records and does not write in them"):
        editing.answer(desk, child, {"known_as": "Wrennie"})
    with pytest.raises(AnswerError, match="Reviewing officer"):
        editing.save(desk, child, "f/known_as", "Wrennie")


def test_a_lane_is_not_empty_because_its_records_are_elsewhere(desk: Desk) -> None:
    """It drew “was due” for each interview that others had held, and an empty lane says why it is one."""
    child = editing.new_record(desk, "child", known={"given_name": "Wren"})
    times: dict[str, JSON] = {"last_seen_at": "2026-03-01T10:00:00+00:00", "found_at": "2026-03-02T10:00:00+00:00"}
    editing.new_record(desk, "missing_episode", child, {**times, "outcome": "real"})
    assert [mark.words for mark in child_page(desk, child).timeline.of("Interview")] == ["was due"]
    become(desk, "missing_coordinator")

    shown = child_page(desk, child).timeline

    assert shown.of("Interview") == ()
    assert shown.not_kept == "Interviews and plans are not kept on this laptop."
