"""What the operating system tells of sleep and of locked screens. On a system that tells nothing the guard remains."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget


class Signals(QObject):
    """This one is silent: macOS has no way that Qt can hear, so there the guard notices the clock's jump on waking."""

    away = Signal()
    holding = Signal(bool)  # whether sleep waits until we have locked

    def listen(self, window: QWidget) -> None:
        """Once, when the window is there."""

    def hold(self) -> None:
        """From unlocking on: where the system allows it, sleep waits until the keys are gone."""

    def let_go(self) -> None:
        """Locked: sleep need not wait."""
