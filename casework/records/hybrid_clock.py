"""A hybrid logical clock: keeps display order sensible between laptops whose clocks differ; decides nothing else."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_COUNTER = 0xFFFF
MAX_AHEAD_MS = 5 * 60 * 1000  # a remote time further ahead than this does not move our clock


class HybridTime(NamedTuple):
    """48-bit milliseconds and a 16-bit counter."""

    ms: int
    counter: int

    def __str__(self) -> str:
        return f"{self.ms:012x}{self.counter:04x}"


def parse_hlc(text: str) -> HybridTime | None:
    """None for what is not a hybrid time: it then sorts as itself and moves no clock."""
    if re.fullmatch(r"[0-9a-f]{16}", text) is None:
        return None
    return HybridTime(int(text[:12], 16), int(text[12:], 16))


def tick(last: str, now_ms: int) -> str:
    """The next time after `last`, rising even if the wall clock stands still or goes back."""
    before = parse_hlc(last) or HybridTime(0, 0)
    if now_ms > before.ms:
        return str(HybridTime(now_ms, 0))
    if before.counter < MAX_COUNTER:
        return str(HybridTime(before.ms, before.counter + 1))
    return str(HybridTime(before.ms + 1, 0))


def heard(last: str, remote: str, now_ms: int) -> str:
    """`last` moved up to a remote time, unless that lies implausibly far ahead."""
    other = parse_hlc(remote)
    if other is None or other.ms > now_ms + MAX_AHEAD_MS:
        return last
    return max(last, remote)
