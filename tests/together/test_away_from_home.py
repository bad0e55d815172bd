"""Harbouring notices and moves over a real service: who receives them, and who not one word of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.canonical import JSON
from casework.practice.roles import Role
from desktop.compose import build_catalogue
from desktop.flows.children import children
from desktop.flows.desk import Desk
from desktop.flows.due.missing_now import missing_now
from desktop.flows.harbouring.harbouring_listed import harbouring_notices
from desktop.flows.placements.placement_history import placed_elsewhere
from desktop.flows.placements.recording_move import NewMove, record_move
from desktop.flows.record import editing
from desktop.flows.sheet_reading import day_typed
from tests.central.running import Council
from tests.together.laptops import Laptop

CATALOGUE = build_catalogue()
ADULT, ADDRESS, OLD_PLACE = "Marlon Pryce", "14 Mill Lane", "Larkfield House"
NOTICE: dict[str, JSON] = {
    "given_to": ADULT, "address": ADDRESS, "issued_on": "2026-03-02", "stands_until": "2026-04-20",
}  # fmt: skip
AWAY: dict[str, JSON] = {"last_seen_at": "2026-03-27T11:25:00+00:00", "care_status": "lac"}
FACTS: dict[str, JSON] = {
    "given_name": "Wren", "family_name": "Hollowby", "care_status": "lac", "placement_name": OLD_PLACE,
}  # fmt: skip
HOLD_NOTICES = (Role.OUT_OF_HOURS, Role.MISSING_COORDINATOR, Role.ALLOCATED_WORKER)
HOLD_NEITHER = (Role.EHE_OFFICER, Role.EARLY_HELP, Role.MASH, Role.SENIOR_MANAGER)
Join = Callable[[Role], Desk]


@pytest.fixture
def join(council: Council, tmp_path: Path) -> Iterator[tuple[Join, dict[Role, Laptop]]]:
    made: dict[Role, Laptop] = {}

    def joined(role: Role) -> Desk:
        council.officer(role.value.replace("_", "-"), role.value)
        made[role] = Laptop.joined(council, role.value.replace("_", "-"), tmp_path / role.value)
        return Desk(made[role].vault, CATALOGUE, council.clock)

    yield joined, made
    for laptop in made.values():
        laptop.vault.close()


def everything(desk: Desk) -> str:
    """All that this laptop holds of any record, as its operations say it."""
    return "".join(
        op.payload.decode() if hasattr(op, "payload") else repr(op)
        for summary in desk.vault.summaries()
        for op in desk.vault.operations(summary.record_id)
    )


def test_each_role_holds_what_is_its_own_and_no_word_besides(
    council: Council, join: tuple[Join, dict[Role, Laptop]]
) -> None:
    """The night, the coordinator and the worker hold the notice; the reviewing officer the move and no notice; who has
    no part in missing work holds neither, though the child is allocated to them."""
    joined, laptops = join
    desk = joined(Role.MISSING_MANAGER)
    child = editing.new_record(desk, "child", "", FACTS)
    notice = editing.new_record(desk, "harbouring_notice", child, NOTICE)
    editing.new_record(desk, "missing_episode", child, AWAY)
    on = day_typed("2026-03-26")
    assert on is not None
    record_move(desk, child, NewMove(on, "Beech Grove", host="Leeds City Council"))
    laptops[Role.MISSING_MANAGER].synced()

    for role in (*HOLD_NOTICES, Role.IRO, *HOLD_NEITHER):
        other = joined(role)
        council.allocate(role.value.replace("_", "-"), child)
        laptops[role].synced()
        said = everything(other)
        assert (ADULT in said, ADDRESS in said) == (role in HOLD_NOTICES, role in HOLD_NOTICES), role
        if role in HOLD_NOTICES:
            assert [one.record_id for one in harbouring_notices(other)] == [notice]
            lines = dict(missing_now(other)[0].lines)
            assert lines["Harbouring notice"] == f"Stands against {ADULT}, {ADDRESS}, until 20 April 2026"
        if role in (*HOLD_NOTICES, Role.IRO):
            assert placed_elsewhere(other, children(other)) == {child: "Ours, placed in the area of Leeds City Council"}
        else:
            assert other.vault.summaries(form_id="placement_move") == []
            assert placed_elsewhere(other, children(other)) == {}
