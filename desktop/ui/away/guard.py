"""Locking without being asked: nobody at the keys, or a clock that jumped, as it does when a laptop has slept."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.flows.access.idle import Watch

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

TOUCHES = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress, QEvent.Type.InputMethod,
}  # fmt: skip
LOOK_EVERY = timedelta(seconds=5)


class Guard(QObject):
    """The floor under what the operating system tells us, which on some systems is nothing (ux 3).

    It looks every few seconds. Where sleep waits until we have locked, it looks when nobody may have been at the keys
    long enough, and at the first touch after a pause: then nothing wakes meanwhile.
    """

    wants_lock = Signal()

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now, self._steady = now, steady
        self._watch = Watch()
        self._looked = 0.0
        self._watches, self._relies = False, False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)

    def patience(self, minutes: int) -> None:
        """How long nobody may be at the keys."""
        self._watch.idle = timedelta(minutes=minutes)
        self._look_later()

    def rely(self, held: bool) -> None:
        """Whether the system holds sleep back until the window has locked."""
        self._relies = held
        self._look_later()

    def watch(self) -> None:
        """From unlocking on."""
        application = QApplication.instance()
        if isinstance(application, QGuiApplication) and not self._watches:
            application.focusWindowChanged.connect(self._see_windows)
        self._watches, self._looked = True, self._steady()
        self._see_windows()
        self._watch.afresh(self._now(), self._looked)
        self._look_later()

    def rest(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QGuiApplication) and self._watches:
            application.focusWindowChanged.disconnect(self._see_windows)
        self._watches = False
        self._timer.stop()

    def look(self) -> None:
        self._see_windows()
        self._looked = self._steady()
        why = self._watch.look(self._now(), self._looked)
        self._look_later()
        if why is not None:
            self.wants_lock.emit()

    def _look_later(self) -> None:
        if not self._watches:
            return
        wait = max(self._watch.left(self._steady()), LOOK_EVERY) if self._relies else LOOK_EVERY
        self._watch.pause = wait if self._relies else timedelta()
        self._timer.start(int(wait.total_seconds() * 1000))

    def _see_windows(self, _focus: QWindow | None = None) -> None:
        """Each window of the system, dialogs and lists that open with it: what a person does comes there first. Looking
        at every event of every part costs a tenth of the window's time."""
        for window in QGuiApplication.topLevelWindows():
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in TOUCHES and self._watches:
            if self._steady() - self._looked > LOOK_EVERY.total_seconds():
                self.look()  # before the touch counts: it may be the first after a sleep that was not told
            self._watch.touched(self._steady())
        return False
