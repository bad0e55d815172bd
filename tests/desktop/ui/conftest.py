"""A real window over a real store, planted with one child who is back and an interview that is due."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casework.identifiers import DeviceId, OfficerId
from casework.practice.groups.group_table import GroupKind
from desktop.compose import build_catalogue
from desktop.demo.walk.hand import pause
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.access.unlocking import Gate
from desktop.flows.due.interviews.interviews_due import start_interview
from desktop.flows.groups.minutes import keep_agenda
from desktop.flows.record import editing, notes
from desktop.forms.catalogue import Catalogue
from desktop.store.database.remembered import DEVICE, OFFICER, Device, Officer
from desktop.ui.app import application
from desktop.ui.frame.shell import Shell
from desktop.ui.window import MainWindow
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate, set_up_quickly

PASSPHRASE = "otter lantern gravel mosaic thirteen"
NAME = "Wren Hollowby"


@dataclass
class Planted:
    home: Path
    child_id: str
    episode_id: str
    interview_id: str


@dataclass
class Driven:
    """The window, and the ways a person works it."""

    window: MainWindow
    planted: Planted
    clock: Clock
    gate: Gate
    qtbot: QtBot

    @property
    def shell(self) -> Shell:
        assert self.window.shell is not None
        return self.window.shell

    def settle(self) -> None:
        """Until nothing is under way, autosave's pause included; and the window still has the keyboard."""
        for _ in range(2):
            pause(10)
            for worker in self.window.workers:
                worker.drain()
        pause(20)  # what came back is laid out on the next turn of the loop
        if self.window.isVisible():
            assert QApplication.activeWindow() is not None, "a widget was shown before it had a place in the window"

    def autosaved(self) -> None:
        pause(400)
        self.settle()

    def find(self, name: str, kind: type[QWidget] = QWidget) -> QWidget:
        found = [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]
        assert found, f"nothing on the window is called {name}"
        return found[0]

    def shows(self, name: str) -> bool:
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def click(self, name: str) -> None:
        QTest.mouseClick(self.find(name), Qt.MouseButton.LeftButton)
        self.settle()

    def type(self, name: str, words: str) -> None:
        box = self.find(name)
        box.setFocus()
        QTest.keyClicks(box, words)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def go(self, place: str, about: str = "", part: str = "") -> None:
        self.shell.go(place, about, part)
        self.settle()

    def unlock(self) -> None:
        self.type("unlock/passphrase", PASSPHRASE)
        self.key(Qt.Key.Key_Return)
        self.settle()

    def look(self, theme: str, percent: int) -> None:
        keep(self.shell.desk, Preferences(theme, percent, 10))
        self.shell.look_changed.emit()
        self.settle()


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return build_catalogue()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Planted:
    """Made once, and copied for each test."""
    return _plant(quick_gate(tmp_path_factory.mktemp("home"), catalogue, Clock()))


@pytest.fixture
def planted_for_the_program(tmp_path: Path, catalogue: Catalogue) -> Planted:
    """As `planted`, and opened by the program itself, which takes no passphrase that is cheap to guess."""
    return _plant(Gate(tmp_path / "home", catalogue, Clock()))


def _plant(gate: Gate) -> Planted:
    desk = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    key = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    officer = Officer(id=OfficerId("o1"), name="Nadia Brightwater", role="missing_advocate", council="Ashmere Council")
    desk.vault.settings.put(OFFICER, officer)
    desk.vault.settings.put(DEVICE, Device(id=DeviceId("d1"), name="ASH-0142", signing_key=key))
    desk.joined_anew()
    facts = {"given_name": "Wren", "family_name": "Hollowby", "date_of_birth": "2011-06-09"}
    child = editing.new_record(desk, "child", "", facts)
    times = {"last_seen_at": "2026-03-24T22:20:00+00:00", "found_at": "2026-03-25T21:40:00+00:00"}
    episode = editing.new_record(desk, "missing_episode", child, times)
    interview = start_interview(desk, episode)
    notes.add_note(desk, interview, "Row about phone.")
    desk.vault.close()
    return Planted(gate.home, child, episode, interview)


@pytest.fixture
def planted(template: Planted, tmp_path: Path) -> Planted:
    home = tmp_path / "home"
    shutil.copytree(template.home, home)
    return Planted(home, template.child_id, template.episode_id, template.interview_id)


@pytest.fixture
def locked(qtbot: QtBot, planted: Planted, catalogue: Catalogue) -> Iterator[Driven]:
    """The window at the door."""
    clock = Clock()
    yield from _window(qtbot, planted, quick_gate(planted.home, catalogue, clock), clock)


@pytest.fixture
def unjoined(qtbot: QtBot, tmp_path: Path, catalogue: Catalogue) -> Iterator[Driven]:
    """The window, unlocked, on a laptop that has joined no council and holds nothing yet."""
    clock = Clock()
    gate = quick_gate(tmp_path / "unjoined", catalogue, clock)
    set_up_quickly(gate, "Sam Tindle", PASSPHRASE).vault.close()
    for driven in _window(qtbot, Planted(gate.home, "", "", ""), gate, clock):
        driven.unlock()
        yield driven


def _window(qtbot: QtBot, planted: Planted, gate: Gate, clock: Clock) -> Iterator[Driven]:
    application()
    window = MainWindow(gate)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield Driven(window, planted, clock, gate, qtbot)
    window.close()


@pytest.fixture
def driven(locked: Driven) -> Driven:
    """The window, unlocked, on Today."""
    locked.unlock()
    return locked


@pytest.fixture
def every_page(driven: Driven) -> Callable[[], Iterator[str]]:
    """Goes to each page in turn and yields its name: every screen, and every section of the interview."""

    def pages() -> Iterator[str]:
        for place in (
            "today",
            "find",
            "children",
            "caseload",
            "groups",
            "sending",
            "settings",
            "join",
            "help",
            "check",
            "new",
            "blank",
            "visits",
            "movement",
            "harbouring",
            "returned",
            "review",
        ):
            driven.go(place)
            yield place
        driven.go("child", driven.planted.child_id)
        yield "child"
        driven.go("placements", driven.planted.child_id)
        yield "placements"
        driven.go("before", driven.planted.interview_id)
        yield "before"
        driven.go("form", driven.planted.interview_id)
        screen = driven.window.frame.screen_shown if driven.window.frame else None
        for section in [section.id for section in screen.sections()]:
            screen.show_section(section)
            driven.settle()
            yield f"form/{section}"
        driven.go("meeting", keep_agenda(driven.shell.desk, GroupKind.OPERATIONAL))
        yield "meeting"
        for place in ("sign", "documents", "preview", "paper"):
            driven.go(place, driven.planted.interview_id)
            yield place

    return pages
