"""When to lock by itself: nobody there, the lid was shut, or the clock was turned. Pure: told the time, never asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Reason = Literal["idle", "slept", "clock"]
IDLE = timedelta(minutes=5)
SLEPT = timedelta(seconds=60)  # a look that comes this late: the laptop was asleep, or stopped
JUMP = timedelta(minutes=2)


@dataclass
class Watch:
    """`look` with the wall clock and a clock that nobody can turn: every few seconds, or after each `pause` where sleep
    is told of."""

    idle: timedelta = IDLE
    pause: timedelta = timedelta()
    _touched: float | None = None
    _last: tuple[datetime, float] | None = None

    def touched(self, monotonic: float) -> None:
        """A key or the mouse."""
        self._touched = monotonic

    def afresh(self, now: datetime, monotonic: float) -> None:
        """From unlocking on: what passed before does not count."""
        self._touched, self._last = monotonic, (now, monotonic)

    def left(self, monotonic: float) -> timedelta:
        """How long nobody may still be at the keys."""
        since = 0.0 if self._touched is None else monotonic - self._touched
        return max(self.idle - timedelta(seconds=since), timedelta())

    def look(self, now: datetime, monotonic: float) -> Reason | None:
        """Why to lock now, or None."""
        before, self._last = self._last, (now, monotonic)
        if self._touched is None:
            self._touched = monotonic
        if before is not None:
            passed = timedelta(seconds=monotonic - before[1])
            if abs((now - before[0]) - passed) > JUMP:
                # A sleeping laptop's steady clock stands still on some systems: then only the wall clock moved on.
                return "slept" if now > before[0] else "clock"
            if passed > SLEPT + self.pause:
                return "slept"
        return "idle" if monotonic - self._touched >= self.idle.total_seconds() else None
