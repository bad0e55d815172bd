"""A group's meeting over a real service: whose laptop it reaches, and of which children; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from casework.canonical import JSON
from casework.practice.groups.group_table import ITEM, MEETING, GroupKind, is_group
from casework.practice.notices.notice_table import NoticeKind
from casework.practice.roles import REACHES, Role
from central.database.tables import bucket
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.groups import minutes as flow
from desktop.flows.groups.group_actions import give_action
from desktop.flows.groups.meeting_list import meetings
from desktop.flows.groups.minutes import minutes
from desktop.flows.notices import inbox
from desktop.flows.record import editing
from tests.central.pushing import Pusher
from tests.central.running import Council
from tests.desktop.ui.conftest import Planted
from tests.desktop.ui.joined_window import joined_window
from tests.together.laptops import Laptop
from tests.together.test_notices import FACTS, Join, join, officer_of

__all__ = ["join"]
SECRET = "The house behind the old cinema"
AWAY: dict[str, JSON] = {"last_seen_at": "2026-03-26T11:25:00+00:00", "outcome": "real"}


@pytest.fixture
def chaired(council: Council, join: Join) -> tuple[Laptop, Desk, str, str]:
    """A manager's laptop that holds two children, both spoken of; sent. One child is allocated."""
    laptop, desk = join(Role.MISSING_MANAGER)
    seen = [editing.new_record(desk, "child", "", {**FACTS, "given_name": name}) for name in ("Wren", "Otis")]
    for child in seen:
        editing.new_record(desk, "missing_episode", child, AWAY)
    laptop.synced()
    council.officer("worker", Role.ALLOCATED_WORKER.value)
    council.allocate("worker", seen[0])
    meeting = flow.keep_agenda(desk, GroupKind.OPERATIONAL)
    for item in minutes(desk, meeting).items:
        flow.decide(desk, item.record_id, f"{SECRET} {item.child.first_name}")
        flow.settle(desk, item.record_id)
    laptop.synced()
    return laptop, desk, meeting, seen[0]


def test_a_worker_hears_of_their_own_child_and_of_no_other(
    council: Council, chaired: tuple[Laptop, Desk, str, str], join: Join
) -> None:
    """With the item to open, and nothing of the meeting itself; the action they were given by name reaches them."""
    laptop, desk, meeting, child = chaired
    theirs, worker = join(Role.ALLOCATED_WORKER)
    council.allocate(officer_of(Role.ALLOCATED_WORKER), child)
    own = next(one for one in minutes(desk, meeting).items if one.child.child_id == child)
    give_action(desk, own.record_id, what="Take the plan to her", who="Allocated-Worker", by=council.clock().date())
    laptop.synced()

    theirs.synced()
    theirs.synced()  # the buckets of notices are told with the first

    told = {one.kind: one for one in inbox.inbox(worker)}
    assert told[NoticeKind.GROUP_DECIDED].about_here
    assert NoticeKind.ACTION_GIVEN in told
    assert [s.child_id for s in worker.vault.summaries(form_id=ITEM)] == [child]
    assert worker.vault.summaries(form_id=MEETING) == []
    assert theirs.vault.search("cinema Otis") == []


@pytest.mark.parametrize("sees", [True, False], ids=["sees the child", "sees nothing of it"])
def test_a_colleague_never_heard_of_is_found_by_a_few_letters(
    council: Council, tmp_path: Path, qtbot: QtBot, join: Join, sees: bool
) -> None:
    """The council tells who can be given something to do. Who may not see the child hears nothing; its worker does."""
    theirs, advocate = join(Role.MISSING_ADVOCATE)
    others, worker = join(Role.ALLOCATED_WORKER)
    join(Role.ANALYST)
    council.officer("tom", Role.MISSING_MANAGER.value)

    def plant(desk: Desk) -> Planted:
        child = editing.new_record(desk, "child", "", FACTS)
        editing.new_record(desk, "missing_episode", child, AWAY)
        assert sending.sync(desk).problem is None
        return Planted(tmp_path / "home", child, "", "")

    with joined_window(council, tmp_path / "home", qtbot, "tom", plant) as driven:
        council.allocate(officer_of(Role.ALLOCATED_WORKER), driven.planted.child_id)
        if sees:
            council.allocate(officer_of(Role.MISSING_ADVOCATE), driven.planted.child_id)
        driven.go("groups")
        driven.click("groups/agenda/operational")
        driven.type("meeting/action/what", "Take the plan to her")
        driven.type("meeting/action/who", "advoc")
        who = driven.find("meeting/action/who")
        assert isinstance(who, QLineEdit)
        popup = who.completer().popup()
        assert popup is not None
        assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())] == ["Missing-Advocate"]
        QTest.keyClick(popup, Qt.Key.Key_Down)
        with qtbot.waitActive(driven.window):  # this platform has nobody to give the keyboard back to the window
            QTest.keyClick(popup, Qt.Key.Key_Return)
            driven.window.activateWindow()
        driven.settle()
        assert who.text() == "Missing-Advocate"
        for part, typed in (("day", "3"), ("month", "4"), ("year", "2026")):
            driven.type(f"meeting/action/by/{part}", typed)
        driven.click("meeting/action/add")
        assert sending.sync(driven.shell.desk).problem is None
        assert {"Allocated-Worker", "Missing-Advocate", "Tom"} < set(driven.shell.desk.serving())
        assert "Analyst" not in driven.shell.desk.serving(), "who may open no action is given none"

    for laptop in (theirs, theirs, others, others):  # the buckets of notices are told with the first
        laptop.synced()
    assert (NoticeKind.ACTION_GIVEN in {one.kind for one in inbox.inbox(advocate)}) is sees
    assert NoticeKind.ACTION_GIVEN in {one.kind for one in inbox.inbox(worker)}


def test_an_advocate_sees_the_meeting_and_says_how_many_children_they_may_not_see(
    council: Council, chaired: tuple[Laptop, Desk, str, str], join: Join
) -> None:
    _laptop, _desk, meeting, child = chaired
    theirs, advocate = join(Role.MISSING_ADVOCATE)
    council.allocate(officer_of(Role.MISSING_ADVOCATE), child)
    theirs.synced()
    theirs.synced()

    found = minutes(advocate, meeting)

    assert [item.child.child_id for item in found.items] == [child]
    assert found.elsewhere_line == "1 child you may not see"
    flow.note_member(advocate, meeting, "PC Anand", "police")
    theirs.synced()
    assert advocate.vault.outbox.waiting() == []


def test_a_meeting_reaches_those_of_its_group_alone(
    council: Council, chaired: tuple[Laptop, Desk, str, str], join: Join
) -> None:
    """Of each role, asked for by a real laptop; and an item nobody who does not hold its child."""
    for role in set(REACHES) - {Role.MISSING_MANAGER}:
        theirs, desk = join(role)
        theirs.synced()

        assert bool(meetings(desk)) == (role is Role.MISSING_ADVOCATE), role
        assert desk.vault.summaries(form_id=ITEM) == [], role
        assert not theirs.vault.search("cinema"), role


def test_the_director_reads_of_a_strategic_meeting_and_writes_nothing_in_it(council: Council, join: Join) -> None:
    laptop, desk = join(Role.MISSING_MANAGER)
    meeting = flow.keep_agenda(desk, GroupKind.STRATEGIC)
    laptop.synced()
    theirs, director = join(Role.SENIOR_MANAGER)
    theirs.synced()

    assert [one.record_id for one in meetings(director)] == [meeting]
    assert not minutes(director, meeting).may_write


@pytest.mark.parametrize(
    ("form", "child", "strand"),
    [
        ("child", "group.operational", "core"),
        ("meeting", "child-1", "missing"),
        ("meeting", "group.operational", "missing"),
        ("meeting", "group.strategic", "group"),
    ],
    ids=["a child called as a group", "a meeting with a child", "beside a group", "of another group"],
)
def test_what_is_no_meeting_of_theirs_is_not_taken_in(council: Council, form: str, child: str, strand: str) -> None:
    """A group's name is no child's, and no way to a bucket."""
    council.officer("eve")
    eve = Pusher.of(council, "eve")
    (answer,) = eve.push(eve.create(child, record="r1", strand=strand, form=form))

    assert answer.status == "quarantined"
    with council.service.database.reading() as connection:
        held = {name for name in connection.execute(select(bucket.c.bucket)).scalars() if is_group(name)}
    assert held == set()


def test_the_overview_group_of_home_education_reaches_education_and_the_director(council: Council, join: Join) -> None:
    """The items lie in the children's records of education: the missing team is given none, the director no child."""
    laptop, desk = join(Role.EHE_OFFICER)
    seen = [editing.new_record(desk, "child", "", {**FACTS, "given_name": name}) for name in ("Sage", "Ivo")]
    for child in seen:
        known: dict[str, JSON] = {"stage": "current", "ehe_start": "2024-09-02", "child_last_seen": "2025-01-10"}
        editing.new_record(desk, "ehe_case", child, known)
    laptop.synced()
    meeting = flow.keep_agenda(desk, GroupKind.EHE_OVERVIEW)
    for item in minutes(desk, meeting).items:
        flow.decide(desk, item.record_id, SECRET)
        flow.settle(desk, item.record_id)
    laptop.synced()

    assert laptop.vault.outbox.waiting() == []
    assert laptop.vault.quarantine.open_items() == []
    held = {}
    for role in (Role.CME_OFFICER, Role.SENIOR_MANAGER, Role.MISSING_MANAGER):
        theirs, other = join(role)
        theirs.synced()
        theirs.synced()
        items = [one.child.child_id for one in minutes(other, meeting).items] if meetings(other) else []
        held[role] = (len(meetings(other)), sorted(items), bool(theirs.vault.search("cinema")))
    assert held == {
        Role.CME_OFFICER: (1, sorted(seen), True),
        Role.SENIOR_MANAGER: (1, [], False),
        Role.MISSING_MANAGER: (0, [], False),
    }
