"""How often one laptop, or one address that is no laptop yet, may ask. More than that is told when to come back."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from central.database.errors import Refused

MOST_KNOWN = 20_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """A bucket of `burst` requests that fills by `each_second`."""

    burst: float
    each_second: float


LAPTOP = Allowance(600, 30)
STRANGER = Allowance(30, 0.5)
STAMPING = Allowance(120, 2)  # a folder of documents at once, and then two a second
CHECKING = Allowance(10, 0.1)  # each costs a process, and the memory of a file


@dataclass
class Pacing:
    """In memory, per instance: it protects an instance, it is no account of anything."""

    allowance: Allowance
    clock_ms: Callable[[], int] = field(default=lambda: time.monotonic_ns() // 1_000_000)
    _left: OrderedDict[str, tuple[float, int]] = field(default_factory=OrderedDict)
    _turn: Lock = field(default_factory=Lock)

    def spend(self, who: str) -> None:
        """Raises Refused 429, with how many seconds to wait."""
        now_ms = self.clock_ms()
        with self._turn:
            left, at = self._left.pop(who, (self.allowance.burst, now_ms))
            gained = max(0, now_ms - at) / 1000 * self.allowance.each_second
            left = min(self.allowance.burst, left + gained)
            self._left[who] = (max(left - 1, 0), now_ms)
            while len(self._left) > MOST_KNOWN:
                self._left.popitem(last=False)
        if left < 1:
            wait = max(1, round((1 - left) / self.allowance.each_second))
            raise Refused(429, "too_many", "Too many requests. Wait a little.", **{"Retry-After": str(wait)})


@dataclass
class Turns:
    """How many at once may be at something that takes much memory, of all addresses and of one."""

    in_all: int = 4
    _held: set[str] = field(default_factory=set)
    _turn: Lock = field(default_factory=Lock)

    @contextmanager
    def of(self, who: str) -> Iterator[None]:
        """Raises Refused 429 where no turn is free."""
        with self._turn:
            if who in self._held or len(self._held) >= self.in_all:
                busy = "Others are at it just now. Wait a little, and try again."
                raise Refused(429, "too_many", busy, **{"Retry-After": "30"})
            self._held.add(who)
        try:
            yield
        finally:
            with self._turn:
                self._held.discard(who)
