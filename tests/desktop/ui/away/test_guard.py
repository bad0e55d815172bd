"""Locking when the operating system says that nobody is there, and what was copied meanwhile."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtDBus import QDBusConnection
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from shiboken6 import VoidPtr

from desktop.forms.catalogue import Catalogue
from desktop.ui.app import application, build_window
from desktop.ui.away.copied import Copied
from desktop.ui.away.here import signals_here
from desktop.ui.away.linux import LinuxSignals
from desktop.ui.away.signals import Signals
from desktop.ui.away.windows import MessageFilter
from desktop.ui.window import MainWindow
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate
from tests.desktop.ui.conftest import NAME, PASSPHRASE, Driven, Planted
from tests.desktop.ui.test_window import everything_said

ROOT = Path(__file__).parents[4]
MANAGER = "/org/freedesktop/login1 org.freedesktop.login1.Manager"
CONTROL = Qt.KeyboardModifier.ControlModifier
needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="dbus-daemon is not installed")


@dataclass
class Bus:
    """A bus of its own with a logind on it."""

    address: str
    logind: subprocess.Popen[str]

    def heard(self) -> str:
        assert self.logind.stdout is not None
        return self.logind.stdout.readline().strip()

    def send(self, line: str) -> None:
        assert self.logind.stdin is not None
        self.logind.stdin.write(line + "\n")
        self.logind.stdin.flush()


@pytest.fixture
def bus() -> Iterator[Bus]:
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nosyslog", "--print-address=1"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    logind = subprocess.Popen(
        [sys.executable, "-m", "tests.desktop.ui.logind", address],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        found = Bus(address, logind)
        assert found.heard() == "ready"
        yield found
    finally:
        QDBusConnection.disconnectFromBus("homeward-test")
        for process in (logind, daemon):
            process.terminate()
            process.communicate()


@pytest.fixture
def watched(qtbot: QtBot, bus: Bus, planted: Planted, catalogue: Catalogue) -> Iterator[Driven]:
    """The real window, unlocked, told by that bus."""
    application()
    connection = QDBusConnection.connectToBus(bus.address, "homeward-test")
    clock = Clock()
    gate = quick_gate(planted.home, catalogue, clock)
    window = MainWindow(gate, lambda: LinuxSignals(connection, connection))
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    driven = Driven(window, planted, clock, gate, qtbot)
    driven.unlock()
    yield driven
    window.close()


@needs_bus
def test_sleep_waits_until_the_window_has_locked_and_its_keys_are_gone(watched: Driven, bus: Bus) -> None:
    """PrepareForSleep: no name in the window, its title or on the clipboard, and only then may the laptop sleep."""
    watched.qtbot.waitUntil(lambda: watched.window.signals._held is not None)  # type: ignore[attr-defined]
    assert bus.heard() == "Inhibit sleep Homeward Locking the records on this laptop delay"
    watched.go("form", watched.planted.interview_id, "your_words")
    watched.type("f/before", "Typed just before")
    vault = watched.shell.desk.vault
    assert NAME in everything_said(watched.window)
    QApplication.clipboard().setText(NAME)
    bus.send(f"{MANAGER} PrepareForSleep true")
    assert bus_released(watched, bus)
    watched.settle()

    assert watched.window.shell is None
    assert "Wren" not in everything_said(watched.window)
    assert "Typed just before" not in everything_said(watched.window)
    assert QApplication.clipboard().text() == ""
    assert not any(vault._key.secret())
    watched.unlock()
    watched.qtbot.waitUntil(lambda: watched.window.signals._held is not None)  # type: ignore[attr-defined]


@needs_bus
def test_where_sleep_waits_for_us_nothing_wakes_to_look_for_it(watched: Driven, bus: Bus) -> None:
    """Every five seconds until then, as on a system that tells nothing; then when the time at the keys may be over."""
    guard = watched.window.guard
    guard.patience(3)
    assert bus.heard().startswith("Inhibit")
    watched.qtbot.waitUntil(lambda: guard._timer.interval() > 170_000)
    watched.window.lock()
    assert bus_released(watched, bus)

    assert not guard._timer.isActive()
    guard.watch()
    assert guard._timer.interval() == 5_000
    guard.rest()


@needs_bus
def test_a_sleep_that_nobody_told_of_is_met_at_the_first_touch(watched: Driven, bus: Bus) -> None:
    guard = watched.window.guard
    assert bus.heard().startswith("Inhibit")
    watched.qtbot.waitUntil(lambda: guard._timer.interval() > 60_000)
    guard._looked -= 6  # a pause of some seconds on the clock that stands still while the laptop sleeps
    watched.clock.passes(hours=8)
    handle = watched.window.windowHandle()
    assert handle is not None
    QTest.mouseMove(handle, QPoint(200, 200))
    watched.settle()

    assert watched.window.shell is None


def bus_released(driven: Driven, bus: Bus) -> bool:
    driven.qtbot.waitUntil(lambda: driven.window.shell is None)
    driven.settle()
    return bus.heard() == "released"


@needs_bus
@pytest.mark.parametrize(
    "told",
    ["/org/freedesktop/login1/session/_32 org.freedesktop.login1.Session Lock",
     "/org/gnome/ScreenSaver org.gnome.ScreenSaver ActiveChanged true",
     f"{MANAGER} PrepareForSleep false"],
)  # fmt: skip
def test_a_locked_screen_and_waking_lock_as_well(watched: Driven, bus: Bus, told: str) -> None:
    watched.go("child", watched.planted.child_id)
    bus.send("/org/gnome/ScreenSaver org.gnome.ScreenSaver ActiveChanged false")
    bus.send(told)
    watched.qtbot.waitUntil(lambda: watched.window.shell is None)
    watched.settle()

    assert "Wren" not in everything_said(watched.window)


def test_without_a_bus_the_guard_is_left(driven: Driven, qtbot: QtBot) -> None:
    """The program's own window listens; on a machine without logind that neither fails nor waits."""
    window = build_window(driven.gate)
    qtbot.addWidget(window)
    window.show()
    expected = LinuxSignals if sys.platform == "linux" else Signals
    qtbot.waitUntil(lambda: isinstance(window.signals, expected))  # soon after the door is seen
    window.signals.hold()
    window.signals.let_go()

    assert type(signals_here("darwin")) is Signals
    window.close()


@pytest.mark.parametrize(
    ("message", "word", "is_away"),
    [(0x0218, 4, True), (0x0218, 0x12, True), (0x0218, 0x0A, False), (0x02B1, 7, True), (0x02B1, 8, False),
     (0x02B1, 2, True), (0x0100, 4, False)],
)  # fmt: skip
def test_windows_messages_of_sleep_and_locked_sessions_are_known(message: int, word: int, is_away: bool) -> None:
    """Sleep and waking, a locked session, one left for another; not a battery at 10 %, an unlocking, or a key."""
    seen: list[bool] = []
    listening = MessageFilter(lambda: seen.append(True))
    told = wintypes.MSG(message=message, wParam=word)
    pointer = VoidPtr(ctypes.addressof(told))

    assert listening.nativeEventFilter(b"windows_generic_MSG", pointer) == (False, 0)  # type: ignore[arg-type]
    assert bool(seen) is is_away
    listening.nativeEventFilter(b"xcb_generic_event_t", pointer)  # type: ignore[arg-type]
    assert len(seen) == is_away


def copy_all(driven: Driven, name: str) -> None:
    box = driven.find(name)
    box.setFocus()
    driven.key(Qt.Key.Key_A, CONTROL)
    driven.key(Qt.Key.Key_C, CONTROL)


@pytest.mark.parametrize("how", ["lock", "minute", "close"])
def test_what_was_copied_is_taken_from_the_clipboard(driven: Driven, how: str) -> None:
    driven.go("form", driven.planted.interview_id, "your_words")
    driven.type("f/before", "I slept at Mia's")
    copy_all(driven, "f/before")
    assert QApplication.clipboard().text() == "I slept at Mia's"
    assert driven.window.copied.timer.isActive()
    assert driven.window.copied.timer.interval() == 60_000
    if how == "lock":
        driven.key(Qt.Key.Key_L, CONTROL)
    elif how == "close":
        driven.window.close()
    else:
        driven.window.copied.timer.timeout.emit()

    assert QApplication.clipboard().text() == ""


def test_what_another_program_copied_stays(qtbot: QtBot) -> None:
    clipboard, ours = QApplication.clipboard(), True
    copied = Copied(clipboard, lambda mode: ours and mode == QClipboard.Mode.Clipboard)
    clipboard.setText("ours")
    ours = False
    clipboard.setText("a colleague's telephone number")
    copied.clear()
    assert clipboard.text() == "a colleague's telephone number"
    ours = True
    clipboard.setText("ours again")
    ours = False
    copied.clear()
    assert clipboard.text() == "ours again"
    ours = True
    clipboard.setText("ours at last")
    copied.clear()

    assert clipboard.text() == ""


def test_a_passphrase_never_reaches_the_clipboard(locked: Driven) -> None:
    """Neither hidden nor shown, by Ctrl+C, Ctrl+X or the menu; pasting is tested with the door."""
    QApplication.clipboard().setText("before")
    locked.type("unlock/passphrase", PASSPHRASE)
    locked.click("unlock/passphrase/show")
    copy_all(locked, "unlock/passphrase")
    locked.key(Qt.Key.Key_X, CONTROL)
    box = locked.find("unlock/passphrase")
    assert isinstance(box, QLineEdit)

    assert box.echoMode() == QLineEdit.EchoMode.Normal
    assert box.text() == PASSPHRASE
    assert QApplication.clipboard().text() == "before"
