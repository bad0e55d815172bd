"""A laptop that the council's service no longer knows: what it says, and the three ways to join again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from casework.errors import KnownError, NotJoined
from central.commands import service_backup
from desktop import cli
from desktop.compose import build_catalogue
from desktop.flows.access import joining_a_council
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.access.unlocking import Gate, LeaseEnded
from desktop.flows.council import sending
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.sync.errors import NOT_KNOWN
from desktop.sync.pacing import RARELY, Pace
from desktop.ui.app import application, build_window
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.settings.joining import FORGOTTEN
from desktop.ui.window import MainWindow
from desktop.verbs import store_verbs
from desktop.verbs.result import Result
from tests.central.running import Council, running
from tests.desktop.doors import set_up_quickly
from tests.together.test_restored import restore, stored

PASSPHRASE = "otter lantern gravel mosaic thirteen"
Unlocked = Callable[[], MainWindow]


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    with running(tmp_path / "central") as found:
        found.officer("nadia")
        found.officer("dele")
        yield found


@pytest.fixture
def gate(council: Council, tmp_path: Path) -> Gate:
    """One laptop that joined and sent a child's record; then the service was restored from a backup of before."""
    backup = service_backup.back_up(council.home, tmp_path / "backups", council.clock())
    gate = Gate(tmp_path / "home", build_catalogue(), council.clock)
    desk = set_up_quickly(gate, "Nadia Brightwater", PASSPHRASE)
    join(desk, council.url, council.code("nadia"))
    keep(desk, Preferences("light", 100, 10, sends_itself=False))
    editing.new_record(desk, "child", "", {"given_name": "Wren", "family_name": "Hollowby"})
    assert sending.sync(desk).problem is None
    desk.vault.close()
    restore(council, backup)
    return gate


@pytest.fixture
def unlocked(gate: Gate, qtbot: QtBot) -> Iterator[Unlocked]:
    windows: list[MainWindow] = []

    def one() -> MainWindow:
        window = shown(gate, qtbot)
        windows.append(window)
        qtbot.keyClicks(named(window, "unlock/passphrase"), PASSPHRASE)
        press(window, "unlock/go")
        qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
        settle(window)
        return window

    yield one
    for window in windows:
        window.close()


def shown(gate: Gate, qtbot: QtBot) -> MainWindow:
    application()
    window = build_window(gate)
    qtbot.addWidget(window)
    window.show()
    return window


def named(window: QWidget, name: str) -> QWidget:
    found = [widget for widget in window.findChildren(QWidget, name) if widget.isVisible()]
    assert found, f"nothing on the window is called {name}"
    return found[0]


def press(window: MainWindow, name: str) -> None:
    button = named(window, name)
    assert isinstance(button, Button)
    button.click()
    settle(window)


def settle(window: MainWindow) -> None:
    for _ in range(2):
        window.store.drain()
        window.network.drain()
        QApplication.processEvents()


def words(window: MainWindow, name: str) -> str:
    return str(named(window, name).property("text"))


def go(window: MainWindow, place: str) -> None:
    assert window.shell is not None
    window.shell.go(place)
    settle(window)


def enter(window: MainWindow, qtbot: QtBot, name: str, text: str) -> None:
    """By keyboard alone."""
    box = named(window, name)
    box.setProperty("text", "")
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    settle(window)


def desk_of(window: MainWindow) -> Desk:
    assert window.shell is not None
    return window.shell.desk


def test_where_it_cannot_send_it_says_so_and_joins_again(council: Council, unlocked: Unlocked, qtbot: QtBot) -> None:
    window = unlocked()
    before, held = desk_of(window).device.id, stored(council)
    go(window, "sending")
    assert not any(found.isVisible() for found in window.findChildren(QWidget, "sending/again"))

    press(window, "sending/now")
    shows = [str(found.property("text")) for found in window.findChildren(QWidget) if found.isVisible()]
    assert [shows.count(text) for text in (FORGOTTEN, NOT_KNOWN)] == [1, 0]
    enter(window, qtbot, "sending/again/code", "")
    assert "six groups" in words(window, "sending/again/problem")
    enter(window, qtbot, "sending/again/code", council.code("dele"))
    assert "another officer" in words(window, "sending/again/problem")
    assert named(window, "sending/again/code").accessibleDescription() == words(window, "sending/again/problem")
    assert window.focusWidget() is named(window, "sending/again/code")
    enter(window, qtbot, "sending/again/code", council.code("nadia"))

    assert window.messages.history[-1].title == "This laptop has joined Rotherham again."
    assert desk_of(window).device.id != before
    assert not any(found.isVisible() for found in window.findChildren(QWidget, "sending/again"))
    press(window, "sending/now")
    assert stored(council) == held + 1
    assert words(window, "strip/waiting") == "Nothing waiting to send"


def test_settings_has_it_first_when_it_is_needed_and_last_when_not(
    council: Council, unlocked: Unlocked, qtbot: QtBot
) -> None:
    window = unlocked()
    go(window, "settings")
    below = named(window, "settings/again").mapTo(window, named(window, "settings/again").rect().topLeft()).y()
    sending.sync(desk_of(window))
    go(window, "settings")
    above = named(window, "settings/again").mapTo(window, named(window, "settings/again").rect().topLeft()).y()
    assert above < below

    enter(window, qtbot, "settings/again/code", council.code("nadia"))

    assert not joining_a_council.is_unknown(desk_of(window))
    assert named(window, "settings/again").mapTo(window, named(window, "settings/again").rect().topLeft()).y() > above
    name = desk_of(window).device.id
    assert any(name in str(found.property("text")) for found in window.findChildren(QWidget) if found.isVisible())


def test_the_window_says_it_once_and_asks_rarely(council: Council, unlocked: Unlocked, qtbot: QtBot) -> None:
    window = unlocked()
    keep(desk_of(window), Preferences("light", 100, 10))
    courier = window.courier
    assert courier is not None

    qtbot.waitUntil(lambda: NOT_KNOWN in [said.title for said in window.messages.history], timeout=15_000)

    assert Pace().after(failed=True, needs_person=True).wait(0.0) == RARELY / 2
    timer = courier.findChild(QTimer)
    assert timer is not None
    assert timedelta(milliseconds=timer.remainingTime()) > timedelta(minutes=29)
    joining_a_council.join_again(desk_of(window), council.code("nadia"))
    assert window.shell is not None
    window.shell.joined.emit()
    qtbot.waitUntil(lambda: stored(council) == 1, timeout=15_000)


def test_away_too_long_it_joins_again_at_the_door(council: Council, gate: Gate, qtbot: QtBot) -> None:
    council.clock.move(days=40)
    window = shown(gate, qtbot)
    assert not any(found.isVisible() for found in window.findChildren(QWidget, "unlock/code"))
    enter(window, qtbot, "unlock/passphrase", PASSPHRASE)
    assert "does not know this laptop" in words(window, "unlock/problem")
    assert window.focusWidget() is named(window, "unlock/code")
    enter(window, qtbot, "unlock/code", council.code("dele"))
    assert "another officer" in words(window, "unlock/problem")
    enter(window, qtbot, "unlock/code", council.code("nadia"))

    qtbot.waitUntil(lambda: window.shell is not None, timeout=20_000)
    settle(window)
    assert not joining_a_council.is_unknown(desk_of(window))
    window.close()


def run(gate: Gate, tmp_path: Path, *line: str) -> Result:
    """As `homeward` does it."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE)
    args = cli.parse_arguments(["--passphrase-file", str(secret), *line])
    return store_verbs.enrol(args, gate)


def test_the_command_line_joins_again_also_after_a_long_time(council: Council, gate: Gate, tmp_path: Path) -> None:
    council.clock.move(days=40)
    with pytest.raises(LeaseEnded, match="does not know this laptop"):
        run(gate, tmp_path, "enrol", council.url, council.code("nadia"))

    value, sentence = run(gate, tmp_path, "enrol", council.url, council.code("nadia"), "--again")

    assert sentence.startswith("This laptop has joined Rotherham again as ")
    assert json.loads(json.dumps(value))["officer"] == "nadia"


def test_joining_twice_is_never_by_accident(council: Council, gate: Gate, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="has joined Rotherham already"):
        run(gate, tmp_path, "enrol", council.url, council.code("nadia"))

    new = Gate(tmp_path / "new", build_catalogue(), council.clock)
    desk = set_up_quickly(new, "Dele Winterbourne", PASSPHRASE)
    with pytest.raises(NotJoined):
        joining_a_council.join_again(desk, council.code("dele"))
    desk.vault.close()
