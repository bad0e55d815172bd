"""A commissioned interviewer over a real service: one episode, found, interviewed and signed in the window, checked by
the manager, and gone from the laptop when its day is over (S1, S0)."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from casework.canonical import JSON
from casework.dates_in_words import LONDON, day
from casework.errors import AnswerError, NotThisRole
from casework.practice.manager_check import CheckState, Verdict
from casework.practice.notices.notice_table import NoticeKind
from casework.practice.roles import Role
from central.__main__ import main
from desktop.compose import build_catalogue
from desktop.flows.access import joining_a_council, preferences
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.due import new_record
from desktop.flows.due.today import today
from desktop.flows.notices import inbox
from desktop.flows.record import editing, finding, notes
from desktop.flows.signing.checking import checking, give_check
from desktop.flows.signing.signing import check
from desktop.flows.team.exception_row import Gap
from desktop.flows.team.exceptions import team
from desktop.ui.app import application
from desktop.ui.window import MainWindow
from tests.central.running import Council, running
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted
from tests.together import laptops
from tests.together.laptops import Laptop

CATALOGUE = build_catalogue()
FACTS: dict[str, JSON] = {"given_name": "Wren", "family_name": "Hollowby", "date_of_birth": "2011-06-09"}
NOW = datetime.now(LONDON).replace(microsecond=0)  # the verbs of the service ask the machine
LAST = NOW.date() + timedelta(days=2)
AFTER = timedelta(days=3)
ENDS = day(LAST)


@dataclass
class World:
    """A manager's laptop with a child, and the window of an interviewer who joined."""

    council: Council
    clock: Clock
    laptop: Laptop
    manager: Desk
    driven: Driven
    child: str
    episode: str
    before: str
    capsys: pytest.CaptureFixture[str]

    def given(self, *words: str) -> dict[str, JSON]:
        found: dict[str, JSON] = json.loads(self.run("allocate", "eve", self.child, *words, "--json"))
        return found

    def run(self, *words: str, fails: bool = False) -> str:
        """What the verb says, or why it does not do it."""
        assert bool(main(["--home", str(self.council.home.folder), *words])) is fails
        found = self.capsys.readouterr()
        return found.err if fails else found.out

    def refused(self, *words: str) -> str:
        return self.run("allocate", "eve", self.child, *words, fails=True)

    def passes(self, time: timedelta) -> None:
        self.clock.at += time
        self.council.clock.at = self.clock.at

    def synced(self) -> None:
        assert sending.sync(self.driven.shell.desk).problem is None
        self.laptop.synced()


@pytest.fixture
def world(tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]) -> Iterator[World]:
    application()
    with running(tmp_path / "central") as council:
        clock = Clock()
        clock.at = council.clock.at = NOW
        council.officer("mia", Role.MISSING_MANAGER.value)
        council.officer("eve", Role.COMMISSIONED_INTERVIEWER.value)
        laptop = Laptop.joined(council, "mia", tmp_path / "manager")
        manager = Desk(laptop.vault, CATALOGUE, council.clock)
        child = editing.new_record(manager, "child", "", FACTS)
        before = editing.new_record(
            manager, "missing_episode", child, away(30, last_seen_where="Behind the old cinema")
        )
        episode = editing.new_record(manager, "missing_episode", child, away(3))
        editing.new_record(manager, "find_me_plan", child, {"missing_when": "After nine."})
        laptop.synced()
        gate = quick_gate(tmp_path / "home", CATALOGUE, clock)
        desk = set_up_quickly(gate, "Eve Marsh", PASSPHRASE)
        joining_a_council.join(desk, council.url, council.code("eve"))
        preferences.keep(desk, preferences.Preferences(sends_itself=False))
        desk.vault.close()
        window = MainWindow(gate)
        driven = Driven(window, Planted(gate.home, child, episode, ""), clock, gate, qtbot)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        driven.unlock()
        window.guard.rest()  # days pass in a moment here, and nobody was away from the keys
        yield World(council, clock, laptop, manager, driven, child, episode, before, capsys)
        window.close()
        laptop.vault.close()


def away(days: int, **known: JSON) -> dict[str, JSON]:
    times = {name: NOW - timedelta(days=days - n) for n, name in enumerate(("last_seen_at", "found_at"))}
    return {name: at.isoformat() for name, at in times.items()} | {"care_status": "lac"} | known


def words(driven: Driven, picture: str = "") -> str:
    if picture and (folder := os.environ.get("PICTURES")):
        driven.window.grab().save(str(Path(folder) / f"{picture}.png"))
    return "\n".join(found.text() for found in driven.window.findChildren(QLabel) if found.isVisible())


def test_one_episode_is_interviewed_signed_checked_and_erased(world: World) -> None:
    assert "never the whole child" in world.refused()
    assert "A commission needs --episode and --until" in world.refused("--until", LAST.isoformat())
    assert "No episode x of the child" in world.refused("--episode", "x", "--until", LAST.isoformat())
    given = world.given("--episode", world.episode, "--until", LAST.isoformat())
    assert (given["episode"], given["until"]) == (world.episode, LAST.isoformat())
    world.synced()
    driven, desk = world.driven, world.driven.shell.desk
    held = {(one.form_id, one.record_id) for one in desk.vault.summaries()}
    assert held == {("child", world.child), ("missing_episode", world.episode)}
    assert [one.record_id for one in finding.find(desk, "Hollowby")] == [world.child]
    assert finding.find(desk, "cinema") == ()

    driven.go("today")
    assert f"Asked of you until {ENDS}" in words(driven, "commission-today")
    assert not driven.shows("place/team")
    only_reads(world)
    driven.go("today")
    driven.click(f"today/start/{world.episode}")
    interview = driven.window.where.about
    assert desk.vault.view(interview).answers()["interviewer_type"] == "commissioned_agency"
    words(driven, "commission-interview")
    note_taken(world, interview)
    signed_in_the_window(world, interview)
    world.synced()
    assert [note.text for note in notes.notes(world.manager, interview)] == ["Rang her nan twice"]

    assert checking(desk, interview).state is CheckState.WAITING
    assert checking(world.manager, interview).mine
    assert [row.record_id for row in team(world.manager).rows if row.gap is Gap.CHECK] == [interview]
    give_check(
        world.manager, interview, Verdict.RETURNED, words="Who offered it?", name="Mia", passphrase=laptops.PASSPHRASE
    )
    world.laptop.synced()
    world.synced()
    assert {one.kind for one in inbox.inbox(desk)} == {NoticeKind.CHECK_RETURNED}
    driven.go("sign", interview)
    said = words(driven, "commission-returned")
    assert "Who offered it?" in said
    assert "There is no Find Me Plan" not in said

    more_children(world)
    world.passes(AFTER)
    assert sending.sync(desk).problem is None
    assert desk.vault.summaries() == []
    assert desk.vault.feed.standing().entitled == frozenset()
    driven.go("today")
    assert "Nothing due." in words(driven, "commission-over")


def more_children(world: World) -> None:
    """Nobody has to agree that several leave the laptop when their day is over."""
    for _ in range(4):
        child = editing.new_record(world.manager, "child", "", FACTS)
        episode = editing.new_record(world.manager, "missing_episode", child, away(3))
        world.laptop.synced()
        world.council.commission("eve", child, episode, LAST)
    world.synced()
    assert len(world.driven.shell.desk.vault.summaries(form_id="missing_episode")) == 5


def only_reads(world: World) -> None:
    """What is not theirs is not offered: no other form, no change to the child or the episode, nobody told."""
    driven, desk = world.driven, world.driven.shell.desk
    driven.go("new", world.child)
    assert driven.shows("new/return_home_interview")
    assert new_record.forms_to_begin(desk) == ("return_home_interview",)
    assert not driven.shows("new/add-child")
    driven.go("child", world.child)
    said = words(driven, "commission-child")
    assert f"Only one episode is kept here, until {ENDS}" in said
    driven.go("form", world.episode)
    assert driven.window.where.place == "sign"
    words(driven, "commission-episode")
    assert not driven.shows("form/told")
    assert not driven.shows("sign-and-lock")
    assert not any(w.objectName().startswith("change/") for w in driven.window.findChildren(QLabel) if w.isVisible())
    with pytest.raises(NotThisRole, match="does not write this form"):
        new_record.begin(desk, "find_me_plan", world.child)
    with pytest.raises(AnswerError, match="reads this record and does not write in it"):
        editing.save(desk, world.child, "f/given_name", "Robin")


def note_taken(world: World, interview: str) -> None:
    """In the room, beside the interview they were asked to hold; the manager began one beside the episode, which never
    reaches them."""
    notes.add_note(world.manager, world.episode, "Nan is not to be rung")
    world.laptop.synced()
    driven, desk = world.driven, world.driven.shell.desk
    if not driven.shows("notes/box"):
        driven.click("form/notes")
    driven.type("notes/box", "Rang her nan twice")
    driven.qtbot.waitUntil(lambda: [n.text for n in notes.notes(desk, interview)] == ["Rang her nan twice"])
    words(driven, "commission-notes")
    driven.go("today")
    world.synced()
    assert [one.record_id for one in desk.vault.summaries(form_id="note")] == [notes.notes_id(interview)]


def signed_in_the_window(world: World, interview: str) -> None:
    """Whoever says that they are somebody else does not get as far as signing: the check hangs on it."""
    driven, desk = world.driven, world.driven.shell.desk
    offer: dict[str, JSON] = {"at": (NOW - timedelta(hours=1)).isoformat(), "how": "phone", "reply": "declined"}
    said: dict[str, JSON] = {"offer_decision": "yes", "offers": [{**offer, "to_whom": "Wren"}], "choice_given": True}
    said |= {"independent": True, "decline_reason": ["nothing_to_say"], "decline_words": "Not today."}
    said |= {"adult_information": "Sam said that Wren rang her nan."}
    editing.answer(desk, interview, {**said, "interviewer_type": "missing_advocate"})
    assert any("You were asked to hold this interview" in stop.text for stop in check(desk, interview).stops)
    editing.answer(desk, interview, {"interviewer_type": "commissioned_agency"})
    assert [stop.text for stop in check(desk, interview).stops] == []
    driven.go("sign", interview)
    driven.type("sign/passphrase", PASSPHRASE)
    driven.click("sign-and-lock")
    assert desk.vault.view(interview).locked


def test_another_episode_takes_the_place_of_the_first(world: World) -> None:
    """Even where the laptop heard of neither change between: nothing of the first is seen again, nor what was written
    about it and not sent."""
    world.given("--episode", world.episode, "--until", LAST.isoformat())
    world.synced()
    desk = world.driven.shell.desk
    interview = new_record.begin(desk, "return_home_interview", world.child)
    world.synced()
    editing.save(desk, interview, "f/before", "A café")

    world.given("--end")
    world.given("--episode", world.before, "--until", LAST.isoformat())
    world.synced()

    held = {one.record_id for one in desk.vault.summaries()}
    assert held == {world.child, world.before}
    assert [due.episode_id for due in today(desk).due] == [world.before]
    assert not finding.find(desk, "café")

    driven = world.driven  # and offline, at the next unlocking after its day
    driven.window.lock()
    driven.settle()
    world.passes(AFTER)
    driven.unlock()
    assert driven.shell.desk.vault.summaries() == []
