"""Says what falls due while somebody is unlocked; between two of them nothing wakes."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from PySide6.QtCore import QTimer

from casework.errors import KnownError
from desktop.flows.access.preferences import preferences
from desktop.flows.due.interviews.falls_due import READS, FallsDue, next_to_say
from desktop.ui.frame.shell import Shell
from desktop.ui.reminding.outside import tell_outside

LOOK_AGAIN = timedelta(hours=1)  # a laptop that slept, or a clock that was put right
AFTER_SAVING_MS = 60_000
LATE = timedelta(minutes=5)  # what has waited longer, asleep perhaps, Today says


class Reminder(QTimer):
    """Of one unlocking. Off where the person wants it so."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._said = shell.now()
        self._next: FallsDue | None = None
        self._rests = False
        self._saved = QTimer(self)
        self._saved.setSingleShot(True)
        self.setSingleShot(True)
        self.timeout.connect(self._is_time)
        self._saved.timeout.connect(self.look)
        shell.saved.connect(self._soon)

    @property
    def _shell(self) -> Shell:
        """Not kept: each would keep the other, and the desk, beyond a lock."""
        return cast("Shell", self.parent())

    def rest(self) -> None:
        """Whoever locked is told nothing more, and nothing is read, not even after the last save, which comes later."""
        self._rests = True
        self.stop()
        self._saved.stop()

    def look(self) -> None:
        """For what comes next."""
        shell, after = self._shell, self._said
        desk = shell.desk
        shell.run(self, lambda: (preferences(desk).reminds, next_to_say(desk, after)), self._wait_for, _stay)

    def _soon(self, _at: object) -> None:
        if not self._rests:
            self._saved.start(AFTER_SAVING_MS)

    def _wait_for(self, found: tuple[bool, FallsDue | None]) -> None:
        wanted, self._next = found
        if wanted and self._next is not None and not self._rests:
            self.start(_milliseconds(min(self._next.at - self._shell.now(), LOOK_AGAIN)))

    def _is_time(self) -> None:
        now = self._shell.now()
        if self._next is not None and self._next.at <= now:
            if now - self._next.at <= LATE:
                self._shell.messages.news(self._next.title, READS)
                tell_outside(self._next.title, READS)
            self._said = self._next.at
        self.look()


def _milliseconds(time: timedelta) -> int:
    """Rounded up: a timer that comes early would find nothing to say."""
    return max(int(time / timedelta(milliseconds=1)) + 1, 0)


def _stay(_error: KnownError) -> None:
    """A reminder that cannot be worked out is none: Today says why."""
