"""The agenda of a group for a chair whose laptop does not hold every child: worked out by the service by a laptop's own
rules, told and not held, there without a network, and told to nobody else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casework.canonical import JSON
from casework.errors import KnownError, NotThisRole
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import ITEM, MADE_BY_SERVICE, GroupKind
from casework.practice.roles import Role
from desktop.cli import parse_arguments
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.groups import minutes as minutes_flow
from desktop.flows.groups.meeting_list import meetings
from desktop.flows.groups.minutes import minutes
from desktop.flows.record import editing
from desktop.flows.signing import signing
from desktop.store.database.remembered import AGENDAS
from desktop.sync.errors import Refusal
from desktop.sync.told.agenda_heard import LOOKED, ask_agenda, name_chair
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council
from tests.desktop.ui.conftest import Driven, Planted
from tests.desktop.ui.joined_window import joined_window
from tests.together.laptops import Laptop
from tests.together.test_notices import Join, join, officer_of

__all__ = ["join"]
SECRET = "Behind the old cinema"
LONG: dict[str, JSON] = {"last_seen_at": "2026-03-25T20:00:00+00:00", "last_seen_where": SECRET}
BACK: dict[str, JSON] = {
    "last_seen_at": "2026-03-24T20:00:00+00:00", "found_at": "2026-03-24T23:30:00+00:00", "outcome": "real",
}  # fmt: skip
OLD: dict[str, JSON] = {
    "last_seen_at": "2026-01-04T20:00:00+00:00", "found_at": "2026-01-04T23:30:00+00:00", "outcome": "real",
}  # fmt: skip
ROUND: list[dict[str, JSON]] = [LONG, BACK, OLD]


def child(desk: Desk, name: str, *episodes: dict[str, JSON]) -> str:
    facts: dict[str, JSON] = {"given_name": name, "family_name": "Moss", "date_of_birth": "2011-06-09"}
    found = editing.new_record(desk, "child", "", {**facts, "allocated_worker": "Imogen Sallow"})
    for known in episodes:
        editing.new_record(desk, "missing_episode", found, known)
    return found


def run(desk: Desk, *typed: str) -> Any:
    return DEEDS[typed[0]](parse_arguments(typed), desk)


@pytest.fixture
def managed(join: Join) -> tuple[Laptop, Desk]:
    """A manager's laptop: Ada is away, Bo is back without a plan, Cy was away long ago, Di has an agreed plan."""
    laptop, desk = join(Role.MISSING_MANAGER)
    child(desk, "Ada", LONG)
    child(desk, "Bo", BACK)
    child(desk, "Cy", OLD)
    planned = child(desk, "Di", BACK)
    plan = editing.new_record(desk, "find_me_plan", planned, {"missing_when": SECRET, "steps": [
        {"after": "At once", "what": SECRET, "who": "Sam Tindle"}]})  # fmt: skip
    signing.lock_record(desk, plan, name="Tom", ink=None)
    laptop.synced()
    return laptop, desk


@pytest.fixture
def chair(council: Council, tmp_path: Path, qtbot: QtBot, managed: tuple[Laptop, Desk]) -> Iterator[Driven]:
    """The window of Carl, an advocate who holds one child of his own and is not named yet."""
    council.officer("carl", Role.MISSING_ADVOCATE.value)

    def plant(desk: Desk) -> Planted:
        own = child(desk, "Otis", BACK)
        assert sending.sync(desk).problem is None
        return Planted(tmp_path / "home", own, "", "")

    with joined_window(council, tmp_path / "home", qtbot, "carl", plant) as found:
        yield found


def words(driven: Driven, picture: str = "") -> str:
    driven.settle()
    if picture and (folder := os.environ.get("PICTURES")):
        driven.window.grab().save(str(Path(folder) / f"{picture}.png"))
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def reasons_of(values: Any) -> dict[str, list[str]]:
    listed = [*values["children"], *values["elsewhere"]]
    return {one["name"]: [each["why"] for each in one["why"]] for one in listed}


def test_the_chair_sees_every_child_carries_on_without_a_network_and_writes_the_minutes(
    council: Council, chair: Driven, managed: tuple[Laptop, Desk]
) -> None:
    laptop, manager = managed
    chair.go("groups")
    assert "The list holds only the children of this laptop. Whoever manages" in words(chair, "agenda-not-named")
    assert run(chair.shell.desk, "agenda")[0]["elsewhere"] == []
    run(manager, "chair", "operational", "--to", "carl", "--until", "2026-04-03")

    chair.go("today")
    chair.go("groups")
    line = "3 more children are not on this laptop. Worked out by the central service on 27 March 2026 at 14:32."
    assert line in words(chair, "agenda-told")
    council.stop()
    chair.click("groups/agenda/operational")
    said = words(chair, "agenda-of-the-chair")
    for name, why in (
        ("Ada", "Missing now, 42 hours"),
        ("Bo", "Back, and no agreed plan"),
        ("Di", "Missing once since"),
    ):
        assert f"{name} Moss, 14" in said
        assert why in said, name
    assert "Cy Moss" not in said
    assert line in said

    desk = chair.shell.desk
    (meeting,) = meetings(desk)
    assert (meeting.children, len(minutes(desk, meeting.record_id).told)) == (4, 3)
    chair.type("meeting/decided", "The plan is made with Otis before Friday.")
    chair.autosaved()
    chair.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    ada = next(one for one in minutes(desk, meeting.record_id).told if one.child.name == "Ada Moss")
    chair.click(f"meeting/item/told:{ada.child.child_id}")
    said = words(chair, "agenda-child-told")
    assert "Away 42 h, still missing" in said
    assert "Worker Imogen Sallow" in said
    assert "Somebody of the group whose laptop holds it" in said
    assert not chair.shows("meeting/decided")
    chair.go("groups")
    assert line in words(chair), "without a network, and with its moment"

    council.restart()
    assert sending.sync(desk).problem is None
    laptop.synced()
    minutes_flow.keep_agenda(manager, GroupKind.OPERATIONAL)
    theirs = minutes(manager, meeting.record_id)
    assert sorted(one.child.name for one in theirs.items) == ["Ada Moss", "Bo Moss", "Di Moss", "Otis Moss"]
    item = next(one for one in theirs.items if one.child.name == "Ada Moss")
    minutes_flow.decide(manager, item.record_id, SECRET)
    laptop.synced()
    assert sending.sync(desk).problem is None
    kept = desk.vault.settings.get(AGENDAS)
    assert kept is not None
    assert SECRET.encode() not in kept.to_bytes()
    assert desk.vault.search("cinema") == []

    chair.go("meeting", meeting.record_id)
    chair.click("meeting/item/here")
    chair.click("meeting/end")
    found = minutes(desk, meeting.record_id)
    assert (found.meeting.ended, len(found.items), found.told) == (True, 1, ())
    assert found.elsewhere_line == "3 children you may not see"


def test_it_is_the_list_of_a_laptop_that_holds_every_child(
    council: Council, chair: Driven, managed: tuple[Laptop, Desk]
) -> None:
    """Reason by reason; carried over and given at the last meeting, and counted from its day, too."""
    laptop, manager = managed
    run(manager, "chair", "operational", "--to", "carl", "--until", "2026-04-30")
    meeting = minutes_flow.keep_agenda(manager, GroupKind.OPERATIONAL)
    items = {one.child.name: one.record_id for one in minutes(manager, meeting).items}
    minutes_flow.carry_over(manager, items["Ada Moss"])
    for name in ("Bo Moss", "Di Moss"):
        minutes_flow.settle(manager, items[name])
    run(manager, "give-action", items["Bo Moss"], "--what", SECRET, "--who", "Imogen Sallow", "--by", "2026-03-30")
    minutes_flow.end_meeting(manager, meeting)
    council.clock.move(days=7)
    chair.clock.at = council.clock()
    laptop.synced()
    desk = chair.shell.desk
    assert sending.sync(desk).problem is None
    laptop.synced()

    theirs, (own, said) = run(manager, "agenda")[0], run(desk, "agenda")

    assert reasons_of(own) == reasons_of(theirs)
    assert set(reasons_of(own)) == {"Ada Moss", "Bo Moss"}, said
    assert own["since"] == theirs["since"] == "2026-03-27"
    assert {one["name"]: one["plan"] for one in own["elsewhere"]} == {
        one["name"]: one["plan"] for one in theirs["children"]
    }
    assert SECRET not in said
    assert "1 action overdue, the first since 30 March 2026" in said


def test_a_child_of_another_laptop_appears_at_the_next_contact_and_nothing_is_made_anew_for_nothing(
    council: Council, chair: Driven, managed: tuple[Laptop, Desk]
) -> None:
    laptop, manager = managed
    run(manager, "chair", "operational", "--to", "carl", "--until", "2026-04-03")
    desk = chair.shell.desk
    assert sending.sync(desk).problem is None
    assert desk.vault.settings.get(AGENDAS) is None, "nobody has looked"
    run(desk, "agenda")
    first = desk.vault.settings.get(AGENDAS)
    council.clock.move(minutes=5)
    chair.clock.at = council.clock()
    editing.new_record(manager, "note", next(iter(manager.vault.summaries(form_id="child"))).child_id, {})
    laptop.synced()
    assert sending.sync(desk).problem is None
    run(desk, "agenda")
    assert desk.vault.settings.get(AGENDAS) == first, "no rule asks for notes"

    child(manager, "Edda", LONG)
    laptop.synced()
    assert sending.sync(desk).problem is None
    council.stop()
    values, said = run(desk, "agenda")
    assert sorted(reasons_of(values)) == ["Ada Moss", "Bo Moss", "Di Moss", "Edda Moss", "Otis Moss"]
    assert "Worked out by the central service on 27 March 2026 at 14:32, with what has changed until 14:37." in said
    council.restart()

    run(manager, "chair", "operational", "--end", "carl")
    assert sending.sync(desk).problem is None
    assert desk.vault.settings.get(AGENDAS) is None, "who chairs no more keeps nothing of it"
    assert run(desk, "agenda")[0]["elsewhere"] == []


def test_before_the_service_was_reached_it_says_so(council: Council, chair: Driven) -> None:
    council.stop()
    chair.go("groups")
    said = "The central service could not be reached yet. The list holds only the children of this laptop."
    chair.qtbot.waitUntil(lambda: said in words(chair), timeout=20_000)
    assert said in run(chair.shell.desk, "agenda")[1]
    council.restart()


def test_nobody_names_themselves_and_no_other_role_is_told(
    council: Council, join: Join, managed: tuple[Laptop, Desk]
) -> None:
    """Asked for by real laptops that sign their requests; `tests/central/test_scope_walk.py` walks every role."""
    _laptop, manager = managed
    council.officer("carl", Role.MISSING_ADVOCATE.value)
    for role in (Role.MISSING_ADVOCATE, Role.EHE_LEAD, Role.SENIOR_MANAGER, Role.OUT_OF_HOURS, Role.IRO):
        theirs, desk = join(role)
        with pytest.raises(Refusal) as refused:
            name_chair(desk.vault, council.clock, GroupKind.OPERATIONAL, OfficerId(officer_of(role)), "2026-04-03")
        assert refused.value.status == 403, role
        with pytest.raises(Refusal, match="not named as the chair"):
            ask_agenda(theirs.vault, council.clock)
        assert desk.vault.settings.get(AGENDAS) is None
        assert desk.vault.settings.get(LOOKED) == ""
        with pytest.raises(NotThisRole):
            run(desk, "chair", "operational")
    able = {
        kind: {one["officer"] for one in run(manager, "chair", kind)[0]["officers"]}
        for kind in ("operational", "strategy")
    }
    assert able == {kind: {"ann", "ben", "cas", "carl", officer_of(Role.MISSING_ADVOCATE)} for kind in able}
    for kind in MADE_BY_SERVICE:
        with pytest.raises(KnownError):
            run(manager, "chair", kind, "--to", officer_of(Role.SENIOR_MANAGER), "--until", "2026-04-03")
    assert manager.vault.summaries(form_id=ITEM) == []


def test_a_chair_is_named_and_ended_in_the_window(
    council: Council, tmp_path: Path, qtbot: QtBot, managed: tuple[Laptop, Desk]
) -> None:
    council.officer("dana", Role.MISSING_MANAGER.value)
    with joined_window(council, tmp_path / "dana", qtbot, "dana", lambda _desk: None) as driven:
        driven.go("groups")
        words(driven, "groups-of-manager")
        driven.click("groups/chair/operational")
        driven.qtbot.waitUntil(lambda: driven.shows("chair/name"), timeout=20_000)
        driven.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert "Choose who is to chair" in words(driven)
        who = driven.find("chair/who")
        assert isinstance(who, DropDown)
        who.put("ann")
        driven.click("chair/name")
        driven.qtbot.waitUntil(lambda: driven.shows("chair/end/ann"), timeout=20_000)
        assert "Ann, until 3 April 2026" in words(driven, "chair-named")
        driven.click("chair/end/ann")
        driven.qtbot.waitUntil(lambda: not driven.shows("chair/end/ann"), timeout=20_000)
        who = driven.find("chair/who")
        assert isinstance(who, DropDown)
        who.put("ann")
        council.stop()
        driven.click("chair/name")  # what becomes of it nobody can say before there is an answer
        driven.qtbot.waitUntil(lambda: "Ask again to see who chairs now." in words(driven), timeout=20_000)
        assert "Nobody was named" not in words(driven)
        driven.click("chair/again")
        driven.qtbot.waitUntil(lambda: "Nobody was named" in words(driven), timeout=20_000)
        council.restart()
