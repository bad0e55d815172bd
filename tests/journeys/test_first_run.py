"""Journey 1: the first day, without a code. What is written is kept through a kill and goes out as its writer's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.compose import build_catalogue, now
from desktop.demo.caseload import PASSPHRASE
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.access.unlocking import Gate
from desktop.flows.council.sending import sync
from desktop.flows.desk import Desk
from desktop.ui.app import application
from desktop.ui.window import MainWindow
from tests.central.running import Clock, Council, running
from tests.desktop.doors import set_up_quickly
from tests.desktop.ui.conftest import Driven, Planted
from tests.journeys.conftest import Laptop

Opened = Callable[[Path], Driven]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.clock = Clock.real()  # the programs of the line have no other
        found.stop()
        found.restart()
        found.officer("nadia")
        found.officer("dele")
        yield found


@pytest.fixture
def opened(council: Council, qtbot: QtBot) -> Iterator[Opened]:
    """A window on the stores of one home, at the door or at its first step."""
    windows: list[MainWindow] = []

    def window_of(home: Path) -> Driven:
        application()
        gate = Gate(home, build_catalogue(), council.clock)
        windows.append(MainWindow(gate))
        qtbot.addWidget(windows[-1])
        with qtbot.waitActive(windows[-1]):
            windows[-1].show()
            windows[-1].activateWindow()
        return Driven(windows[-1], Planted(home, "", "", ""), council.clock, gate, qtbot)  # type: ignore[arg-type]

    yield window_of
    for window in windows:
        window.close()


def unlock(driven: Driven) -> Desk:
    driven.type("unlock/passphrase", PASSPHRASE)
    driven.click("unlock/go")
    desk = driven.shell.desk
    keep(desk, Preferences("light", 100, 10, sends_itself=False))
    return desk


def first_day_then_killed(home: Path, name: str) -> str:
    """The record that was begun."""
    home.mkdir()
    command = [sys.executable, "-m", "tests.journeys.first_day", str(home), name]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        os.kill(process.pid, signal.SIGKILL)
    assert line.startswith("SHOWN"), "the window never said that anything was saved"
    return line.split()[1]


def join_in_the_window(driven: Driven, council: Council) -> None:
    """From Today's own card."""
    driven.click("today/join")
    driven.type("join/address", council.url)
    driven.type("join/code", council.code("nadia"))
    driven.key(Qt.Key.Key_Return)


def words_on(driven: Driven) -> str:
    return " ".join(one.text() for one in driven.window.findChildren(QLabel) if one.isVisible())


def test_written_without_a_code_killed_and_sent_as_ones_own(council: Council, opened: Opened, tmp_path: Path) -> None:
    record = first_day_then_killed(tmp_path / "home", "Nadia")
    driven = opened(tmp_path / "home")
    desk = unlock(driven)
    assert "Kept here until you join" in {one.text() for one in driven.window.findChildren(QLabel)} | {
        driven.find("strip/waiting").accessibleName()
    }
    join_in_the_window(driven, council)
    assert driven.window.where.place == "today"
    driven.go("sending")
    driven.click("sending/now")

    assert desk.vault.outbox.count() == 0
    assert {op.officer_id for op in desk.vault.operations(record)} == {"nadia"}
    council.allocate("dele", record)
    other = set_up_quickly(Gate(tmp_path / "dele", build_catalogue(), council.clock), "Dele", PASSPHRASE)
    join(other, council.url, council.code("dele"))
    assert sync(other).problem is None
    assert other.vault.view(record).answer("f/family_name") == "Hollowby-Tay"
    assert other.name_of(other.vault.operations(record)[0].officer_id) == "Nadia"
    other.vault.close()


def test_written_by_one_and_joined_as_another_waits_until_they_say_so(
    council: Council, opened: Opened, tmp_path: Path
) -> None:
    record = first_day_then_killed(tmp_path / "home", "Sam Tindle")
    driven = opened(tmp_path / "home")
    desk = unlock(driven)
    join_in_the_window(driven, council)
    assert driven.window.where.place == "sending"
    assert "Written before joining by Sam Tindle. This laptop joined as Nadia." in words_on(driven)
    driven.click("sending/now")
    assert desk.vault.before.apart()
    driven.window.lock()
    driven.settle()

    desk = unlock(driven)
    driven.go("sending")
    driven.click("sending/mine")
    driven.settle()
    assert not driven.shows("sending/mine")
    assert desk.vault.outbox.count() == 0
    assert {op.officer_id for op in desk.vault.operations(record)} == {"nadia"}


def test_practice_is_begun_from_the_first_day_and_marked_on_every_page(opened: Opened, tmp_path: Path) -> None:
    set_up_quickly(Gate(tmp_path / "home", build_catalogue(), now), "Nadia", PASSPHRASE).vault.close()
    driven = opened(tmp_path / "home")
    unlock(driven)
    driven.go("join")
    driven.type("join/passphrase", "not this one at all")
    driven.click("join/practise")
    assert driven.window.shell is not None
    box = driven.find("join/passphrase")
    box.clear()  # type: ignore[attr-defined]
    QTest.keyClicks(box, PASSPHRASE)
    driven.click("join/practise")
    driven.qtbot.waitUntil(lambda: driven.window.shell is not None, timeout=300_000)
    driven.settle()

    assert driven.shell.desk.is_practice
    for place in ("today", "children", "new", "sending", "settings", "help", "find"):
        driven.go(place)
        assert driven.shows("strip/practice"), place
        assert driven.window.windowTitle().startswith("Practice: "), place
    assert not driven.shows("sending/now")
    driven.window.lock()
    driven.settle()
    assert driven.window.windowTitle() == "Unlock – Homeward"
    assert [card.label for card in driven.gate.cards()] == ["Nadia", "Practice, Nadia"]


def test_on_the_line_it_is_the_same(council: Council, tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "home")
    set_up_quickly(Gate(laptop.home, build_catalogue(), council.clock), "Sam Tindle", PASSPHRASE).vault.close()
    child = laptop.new("child", {"given_name": "Wren", "family_name": "Hollowby"})
    early = laptop.run("sync")
    assert (early.code, early.err.count("homeward enrol ADDRESS CODE")) == (1, 1)
    refused = laptop.run("sign", child, "--name", "Sam Tindle")
    assert "can be signed once this laptop has joined" in refused.err

    joined = laptop.run("enrol", council.url, council.code("nadia"), as_json=False)
    assert "Written before joining by Sam Tindle. This laptop joined as Nadia." in joined.out
    assert laptop.ok("written-before") == {"whose": "Sam Tindle", "joined_as": "Nadia", "records": 1}
    assert laptop.ok("sync")["accepted"] == 0
    assert laptop.ok("written-before", "--mine") == {"taken_over": 1}
    assert laptop.ok("sync")["accepted"] == 1
    assert laptop.ok("sync")["accepted"] == 0


def test_practice_on_the_line_is_refused_whatever_would_leave_the_laptop(council: Council, tmp_path: Path) -> None:
    laptop = Laptop(tmp_path / "home")
    set_up_quickly(Gate(laptop.home, build_catalogue(), now), "Nadia", PASSPHRASE).vault.close()
    made = laptop.ok("practice")
    assert made["name"] == "Practice, Nadia"
    assert laptop.ok("records") == []  # one’s own stay what is opened

    for words in (("sync",), ("enrol", council.url, council.code("nadia"))):
        done = laptop.run("--officer", made["name"], *words)
        assert (done.code, "This is practice" in done.err) == (1, True), words
    children = laptop.ok("--officer", made["name"], "records", "--form", "child")
    assert len(children) == 12
