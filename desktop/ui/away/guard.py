"""Locking without being asked: nobody at the keys, or a clock that jumped, as it does when a laptop has slept."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.flows.access.idle import Watch

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

TOUCHES = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod,
}  # fmt: skip
LOOK_EVERY_MS = 5_000


class Guard(QObject):
    """The floor under what the operating system tells us, which on some systems is nothing (ux 3)."""

    wants_lock = Signal()

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now, self._steady = now, steady
        self._watch = Watch()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def patience(self, minutes: int) -> None:
        """How long nobody may be at the keys."""
        self._watch.idle = timedelta(minutes=minutes)

    def watch(self) -> None:
        """From unlocking on."""
        application = QApplication.instance()
        if isinstance(application, QGuiApplication) and not self._timer.isActive():
            application.focusWindowChanged.connect(self._see_windows)
        self._see_windows()
        self._watch.afresh(self._now(), self._steady())
        self._timer.start()

    def rest(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QGuiApplication) and self._timer.isActive():
            application.focusWindowChanged.disconnect(self._see_windows)
        self._timer.stop()

    def look(self) -> None:
        self._see_windows()
        if self._watch.look(self._now(), self._steady()) is not None:
            self.wants_lock.emit()

    def _see_windows(self, _focus: QWindow | None = None) -> None:
        """Each window of the system, dialogs and lists that open with it: what a person does comes there first. Looking
        at every event of every part costs a tenth of the window's time."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES:
            self._watch.touched(self._steady())
        return False
