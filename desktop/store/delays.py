"""Waiting after wrong tries. It slows a person at this keyboard; it cannot slow a thief who copied the files elsewhere,
against whom only the strength of the passphrase and the cost of Argon2id stand (docs/security.md)."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.store.errors import TooManyTries, VaultError
from desktop.store.files import put, write_atomically

NAME = "tries.json"
FREE = 3  # slips of the finger
LONGEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong ones in a row, and when the last was."""

    count: int = 0
    last: datetime | None = None

    def wait(self, now: datetime) -> timedelta:
        """Doubles from one second after three wrong tries; a clock that was set back gains nothing."""
        if self.count < FREE or self.last is None:
            return timedelta()
        pause = min(timedelta(seconds=2 ** min(self.count - FREE, 20)), LONGEST)
        passed = max(now - self.last, timedelta())
        return max(pause - passed, timedelta())


def read(folder: Path) -> Tries:
    """None counted where the file is missing or spoilt: it protects against a hand, not against a forger."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        found = json.loads((folder / NAME).read_text("utf-8"))
        return Tries(int(found["count"]), datetime.fromisoformat(found["last"]))
    return Tries()


def refuse_early(folder: Path, now: datetime) -> None:
    """Raises TooManyTries while the pause after the last wrong try lasts."""
    wait = read(folder).wait(now)
    if wait:
        raise TooManyTries(max(1, -(-int(wait.total_seconds() * 1000) // 1000)))


def wrong(folder: Path, now: datetime) -> None:
    count = read(folder).count + 1
    data = json.dumps({"count": count, "last": now.isoformat()}).encode()
    with contextlib.suppress(VaultError):  # a full disk must not hide that the passphrase was wrong
        write_atomically(folder / NAME, lambda file: put(file, data))


def right(folder: Path) -> int:
    """Forgets them; gives how many there were, for the audit trail."""
    count = read(folder).count
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)
    return count
