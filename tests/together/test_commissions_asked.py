"""A manager gives an episode to another agency from the window and the command line; the service refuses all others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casework.canonical import JSON
from casework.errors import AnswerError, KnownError, NotThisRole
from casework.identifiers import OfficerId, RecordId
from casework.practice.roles import Role
from casework.wire.commission_messages import CommissionAsked
from desktop.cli import parse_arguments
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.due.today import today
from desktop.flows.record import editing
from desktop.sync.errors import Refusal, Unreachable
from desktop.sync.reviewing import ask_interviewers, commission
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.verbs.deeds import DEEDS
from tests.central.running import Council
from tests.desktop.ui.conftest import Driven, Planted
from tests.desktop.ui.joined_window import joined_window
from tests.together.laptops import Laptop
from tests.together.test_notices import CATALOGUE, Join, join

__all__ = ["join"]
BACK: dict[str, JSON] = {
    "last_seen_at": "2026-03-25T20:00:00+00:00", "found_at": "2026-03-26T09:00:00+00:00", "outcome": "real",
}  # fmt: skip


@pytest.fixture
def manager(council: Council, tmp_path: Path, qtbot: QtBot) -> Iterator[Driven]:
    """Dana’s window, with a child who is back; Eve of another agency serves."""
    council.officer("dana", Role.MISSING_MANAGER.value)
    council.officer("eve", Role.COMMISSIONED_INTERVIEWER.value)
    with joined_window(council, tmp_path / "home", qtbot, "dana", lambda desk: planted(desk, tmp_path)) as found:
        yield found


def planted(desk: Desk, folder: Path) -> Planted:
    child = editing.new_record(desk, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})
    episode = editing.new_record(desk, "missing_episode", child, BACK)
    assert sending.sync(desk).problem is None
    return Planted(folder / "home", child, episode, "")


def words(driven: Driven, picture: str = "") -> str:
    driven.settle()
    if picture and (folder := os.environ.get("PICTURES")):
        driven.window.grab().save(str(Path(folder) / f"{picture}.png"))
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def heard(driven: Driven) -> None:
    driven.qtbot.waitUntil(lambda: "Asking the council" not in words(driven), timeout=20_000)


def test_an_episode_is_given_and_ended_in_the_window(manager: Driven, council: Council, tmp_path: Path) -> None:
    eve = Laptop.joined(council, "eve", tmp_path / "eve")
    desk = Desk(eve.vault, CATALOGUE, council.clock)
    manager.go("form", manager.planted.episode_id)
    manager.click("record/commission")
    heard(manager)
    words(manager, "commission")
    manager.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "Choose who is to hold the interview" in words(manager)
    who = manager.find("commission/who")
    assert isinstance(who, DropDown)
    who.put("eve")
    manager.click("commission/give")
    heard(manager)
    assert "Eve, until 3 April 2026" in words(manager, "commission-given")
    eve.synced()
    (due,) = today(desk).due
    assert (due.episode_id, due.asked) == (manager.planted.episode_id, True)

    manager.click("commission/end/eve")
    heard(manager)
    assert not manager.shows("commission/end/eve")
    eve.synced()
    assert today(desk).due == ()
    eve.vault.close()


def test_without_the_council_it_says_so_and_nothing_is_given(manager: Driven, council: Council) -> None:
    council.stop()
    manager.go("commission", manager.planted.episode_id)
    heard(manager)
    said = words(manager, "commission-offline")
    assert "Give the episode" not in said
    assert manager.find("commission/said").isVisible()
    assert "Nothing was given or ended." in said
    council.restart()
    manager.click("commission/again")
    heard(manager)
    assert "Give this episode" in words(manager)


def run(desk: Desk, *typed: str) -> Any:
    return DEEDS["commission"](parse_arguments(("commission", *typed)), desk)


def test_the_verb_lists_gives_and_ends(council: Council, join: Join) -> None:
    holder, desk = join(Role.MISSING_MANAGER)
    child = editing.new_record(desk, "child", "", {"given_name": "Ada"})
    episode = editing.new_record(desk, "missing_episode", child, BACK)
    holder.synced()
    assert "No interviewer of another agency" in run(desk, episode)[1]
    council.officer("eve", Role.COMMISSIONED_INTERVIEWER.value)
    last = council.clock().date() + timedelta(days=2)
    assert run(desk, episode)[1] == "eve  Eve, not asked"
    given = run(desk, episode, "--to", "eve", "--until", last.isoformat())[0]
    assert [(one["officer"], one["until"]) for one in given["interviewers"]] == [("eve", last.isoformat())]
    assert run(desk, episode, "--end", "eve")[0]["interviewers"][0]["until"] is None
    for typed in (("--to", "eve"), ("--until", "2026-04-01"), ("--to", "eve", "--until", "2026-04-01", "--end", "eve")):
        with pytest.raises(AnswerError):
            run(desk, episode, *typed)
    with pytest.raises(KnownError, match="is over"):
        run(desk, episode, "--to", "eve", "--until", "2026-03-26")
    with pytest.raises(AnswerError, match="Only a missing episode"):
        run(desk, child)
    with pytest.raises(Refusal, match="not that interviewer’s"):
        run(desk, episode, "--end", "eve")


@pytest.mark.parametrize(
    "role", [one for one in Role if one not in {Role.MISSING_MANAGER, Role.ANALYST, Role.ADMINISTRATOR}]
)
def test_the_service_itself_refuses_everybody_else(council: Council, join: Join, role: Role) -> None:
    """Asked past the window, of an episode that is theirs to read and of one that is not there: one answer by role."""
    holder, manager = join(Role.MISSING_MANAGER)
    child = editing.new_record(manager, "child", "", {"given_name": "Ada"})
    episode = RecordId(editing.new_record(manager, "missing_episode", child, BACK))
    holder.synced()
    council.officer("eve", Role.COMMISSIONED_INTERVIEWER.value)
    laptop, desk = join(role)
    if role is not Role.COMMISSIONED_INTERVIEWER:
        council.allocate(str(desk.officer.id), child)
    laptop.synced()
    asked = CommissionAsked(officer=OfficerId("eve"), last=date(2026, 4, 3).isoformat())
    for which in (episode, RecordId("not-there")):
        with pytest.raises(Refusal) as who:
            ask_interviewers(desk.vault, desk.now, which)
        with pytest.raises(Refusal) as given:
            commission(desk.vault, desk.now, which, asked)
        assert who.value.status == given.value.status == 403
    if role is not Role.COMMISSIONED_INTERVIEWER and desk.vault.summary(episode):
        with pytest.raises(NotThisRole):
            run(desk, episode)


def test_an_episode_that_is_not_there_and_a_colleague_who_is_no_interviewer(council: Council, join: Join) -> None:
    _holder, desk = join(Role.MISSING_MANAGER)
    with pytest.raises(Refusal, match="No episode with that id") as refused:
        ask_interviewers(desk.vault, desk.now, RecordId("not-there"))
    assert refused.value.status == 404
    child = editing.new_record(desk, "child", "", {"given_name": "Ada"})
    episode = RecordId(editing.new_record(desk, "missing_episode", child, BACK))
    _holder.synced()
    council.officer("ann2", Role.MISSING_ADVOCATE.value)
    with pytest.raises(Refusal, match="Only a commissioned interviewer"):
        commission(desk.vault, desk.now, episode, CommissionAsked(officer=OfficerId("ann2"), last="2026-04-03"))
    with pytest.raises(Refusal, match="No officer has the id"):
        commission(desk.vault, desk.now, episode, CommissionAsked(officer=OfficerId("nobody"), last="2026-04-03"))
    council.stop()
    with pytest.raises(Unreachable):
        ask_interviewers(desk.vault, desk.now, episode)
    council.restart()
