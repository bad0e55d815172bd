"""Who holds episodes and no interviews is told by the council which are still to be had, and no word more."""

from __future__ import annotations

import pytest

from casework.canonical import JSON
from casework.practice.roles import Role
from casework.wire.status_messages import StatusTold
from desktop.flows.desk import Desk
from desktop.flows.due.interviews.interviews_due import due_interviews
from desktop.flows.due.today import today
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import TOLD
from desktop.sync import identity
from desktop.sync.reaching import way_of
from tests.central.running import Council
from tests.together.test_notices import Join, join

__all__ = ["join"]
BACK: dict[str, JSON] = {
    "last_seen_at": "2026-03-25T20:00:00+00:00",
    "found_at": "2026-03-26T09:00:00+00:00",
    "outcome": "real",
}


def child_back(desk: Desk, name: str, **known: JSON) -> tuple[str, str]:
    child = editing.new_record(desk, "child", "", {"given_name": name, "allocated_worker": "Imogen Sallow"})
    return child, editing.new_record(desk, "missing_episode", child, {**BACK, **known})


def interview(desk: Desk, child: str, episode: str, **said: JSON) -> str:
    return editing.new_record(desk, "return_home_interview", child, {"episode_id": episode, **said})


def offer(reply: str) -> dict[str, JSON]:
    return {"offer_decision": "yes", "offers": [{"at": "2026-03-26T12:00:00+00:00", "how": "phone", "reply": reply}]}


@pytest.mark.parametrize("role", [Role.MISSING_COORDINATOR, Role.OUT_OF_HOURS, Role.MASH, Role.IRO])
def test_the_day_of_a_role_without_interviews_is_as_the_managers(council: Council, join: Join, role: Role) -> None:
    """Offered and silent, accepted, begun, declined, signed, not right, of no episode, and one nobody has begun."""
    holder, manager = join(Role.MISSING_MANAGER)
    states: dict[str, dict[str, JSON]] = {
        "Ada": {}, "Bo": offer("no_reply"), "Cy": offer("accepted"), "Di": offer("declined"),
        "Ed": {**offer("accepted"), "started_at": "2026-03-27T10:00:00+00:00", "push_factors": [
            {"code": "bullying", "said_by": ["child_said"]}], "before": "A SECRET of hers"},
        "Fi": {"offer_decision": "not_applicable", "no_offer_reason": "turned_18"},
        "Gil": {**offer("accepted"), "started_at": "2026-03-27T10:00:00+00:00"},
    }  # fmt: skip
    children = []
    for name, said in states.items():
        child, episode = child_back(manager, name)
        children.append(child)
        one = interview(manager, child, episode, **said)
        if name == "Gil":
            signing.lock_record(manager, one, name="Dana", ink=None)
    children.append(child_back(manager, "Hal")[0])
    children.append(child_back(manager, "Ida", outcome="entered_in_error")[0])
    holder.synced()
    laptop, desk = join(role)
    for child in children:
        council.allocate(str(desk.officer.id), child)
    laptop.synced()
    laptop.synced()

    def lines(of: Desk) -> list[tuple[str, str]]:
        return [(one.child.name, one.state_line.partition(",")[0]) for one in due_interviews(of)]

    expected = dict(lines(manager))
    assert set(expected) == {"Ada", "Bo", "Cy", "Ed", "Hal"}
    found = {name: line.partition(". Times")[0] for name, line in lines(desk)}
    assert found == expected
    assert today(desk).interviews_known
    assert all(one.told_at == council.clock() for one in due_interviews(desk))
    told = desk.vault.settings.get(TOLD)
    assert told is not None
    assert b"SECRET" not in told.to_bytes()
    assert b"bullying" not in told.to_bytes()


def test_it_is_told_anew_at_each_contact_and_says_of_when_it_is(council: Council, join: Join) -> None:
    holder, manager = join(Role.MISSING_MANAGER)
    child, episode = child_back(manager, "Ada")
    holder.synced()
    laptop, desk = join(Role.MISSING_COORDINATOR)
    assert not today(desk).interviews_known or today(desk).told_line, "before the first contact nothing is concluded"
    laptop.synced()
    laptop.synced()
    (before,) = due_interviews(desk)
    interview(manager, child, episode, **offer("declined"))
    holder.synced()
    assert due_interviews(desk) == (before,), "as it was told, of its moment, while there is no network"
    council.clock.move(hours=1)
    laptop.synced()
    assert due_interviews(desk) == ()


@pytest.mark.parametrize("role", [Role.MISSING_ADVOCATE, Role.EHE_OFFICER, Role.SENIOR_MANAGER, Role.EARLY_HELP])
def test_who_holds_interviews_or_no_episodes_is_told_nothing(council: Council, join: Join, role: Role) -> None:
    """Asked by hand, at the address itself."""
    holder, manager = join(Role.MISSING_MANAGER)
    child_back(manager, "Ada")
    holder.synced()
    laptop, desk = join(role)
    laptop.synced()
    transport = way_of(desk.vault, identity.service_of(desk.vault), desk.now)
    try:
        found = transport.get("/v1/status-told", StatusTold, identity.signer_of(desk.vault))
    finally:
        transport.close()
    assert found.interviews == []
    assert desk.vault.settings.get(TOLD) is None
