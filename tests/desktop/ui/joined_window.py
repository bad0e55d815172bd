"""A real window on a laptop that has joined a real service, unlocked; it sends only when it is told to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.compose import build_catalogue
from desktop.flows.access.joining_a_council import join
from desktop.flows.access.preferences import Preferences, keep
from desktop.flows.desk import Desk
from desktop.ui.app import application
from desktop.ui.window import MainWindow
from tests.central.running import Council
from tests.desktop.clock import Clock
from tests.desktop.doors import quick_gate, set_up_quickly
from tests.desktop.ui.conftest import PASSPHRASE, Driven, Planted


@contextmanager
def joined_window(
    council: Council, home: Path, qtbot: QtBot, officer: str, plant: Callable[[Desk], Planted | None]
) -> Iterator[Driven]:
    """`plant`: what the laptop holds before its window opens. The officer is known to the council already."""
    application()
    clock = Clock()
    clock.at = council.clock()
    gate = quick_gate(home, build_catalogue(), clock)
    desk = set_up_quickly(gate, officer.capitalize(), PASSPHRASE)
    join(desk, council.url, council.code(officer))
    keep(desk, Preferences("light", 100, 10, sends_itself=False))
    planted = plant(desk) or Planted(home, "", "", "")
    desk.vault.close()
    window = MainWindow(gate)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    found = Driven(window, planted, clock, gate, qtbot)
    found.unlock()
    try:
        yield found
    finally:
        window.close()
