"""Waiting after wrong tries. It slows a person at this keyboard; it cannot slow a thief who copied the files elsewhere,
against whom only the strength of the passphrase and the cost of Argon2id stand (docs/security.md)."""

from __future__ import annotations

import contextlib
import json
import math
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from desktop.store.disk.errors import TooManyTries, VaultError
from desktop.store.disk.files import put, write_atomically

NAME = "tries.json"
FREE = 3  # slips of the finger
LONGEST = 300.0  # seconds


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong ones in a row, and how long this machine had been running at the last of them."""

    count: int = 0
    at: float = 0.0

    def wait(self, uptime: float) -> float:
        """Seconds; doubles from one after three wrong tries, to five minutes at most.

        Counted by how long the machine has been running, which nobody can turn: a wrong clock neither shortens the
        pause nor makes a year of it. After a restart it has waited as long as it has been running since.
        """
        if self.count < FREE:
            return 0.0
        pause = min(2.0 ** min(self.count - FREE, 20), LONGEST)
        passed = uptime - self.at if uptime >= self.at else uptime
        return max(pause - passed, 0.0)


if sys.platform == "linux":

    def since_boot() -> float:
        """Seconds that this machine has been running, asleep as well."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

else:

    def since_boot() -> float:
        """Seconds that this machine has been running; on macOS without those it slept, so that one waits longer."""
        return time.monotonic()


def read(folder: Path) -> Tries:
    """None counted where the file is missing or spoilt: it protects against a hand, not against a forger."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((folder / NAME).read_text("utf-8"))
        return Tries(int(found["count"]), float(found["uptime"]))
    return Tries()


def refuse_early(folder: Path, uptime: float) -> None:
    """Raises TooManyTries while the pause after the last wrong try lasts."""
    wait = read(folder).wait(uptime)
    if wait > 0:
        raise TooManyTries(max(1, math.ceil(wait)))


def wrong(folder: Path, uptime: float) -> None:
    """Counts one more."""
    count = read(folder).count + 1
    data = json.dumps({"count": count, "uptime": uptime}).encode()
    with contextlib.suppress(VaultError):  # a full disk must not hide that the passphrase was wrong
        write_atomically(folder / NAME, lambda file: put(file, data))


def right(folder: Path) -> int:
    """Forgets them; gives how many there were, for the audit trail."""
    count = read(folder).count
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
    return count
