"""When to try again: full jitter between nothing and twice as long each time, so that five hundred laptops whose
service comes back do not all call it in the same second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST = timedelta(seconds=1)
LONGEST = timedelta(minutes=15)
RARELY = timedelta(hours=1)  # while no try can help until a person has done something
QUIET = timedelta(minutes=5)  # after a sync that went well


@dataclass(frozen=True, slots=True)
class Pace:
    """How many tries have failed in a row, and whether only a person can mend that."""

    failures: int = 0
    needs_person: bool = False

    def after(self, *, failed: bool, needs_person: bool = False) -> Pace:
        return Pace(self.failures + 1 if failed else 0, needs_person)

    def wait(self, fraction: float, *, retry_after: int | None = None) -> timedelta:
        """`fraction` is random, from 0 up to 1. What the service asked for comes first."""
        if self.failures == 0 or self.needs_person:
            return (RARELY if self.needs_person else QUIET) * (0.5 + fraction / 2)
        ceiling = min(LONGEST, FIRST * (1 << min(self.failures, 20)))
        asked = timedelta(seconds=retry_after or 0)
        return max(asked + ceiling * fraction, asked)

    def due(self, since: datetime, fraction: float, *, retry_after: int | None = None) -> datetime:
        return since + self.wait(fraction, retry_after=retry_after)
