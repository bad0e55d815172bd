"""What each side spent of the processor: on a machine that others use as well, time on the wall says little."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


class Spent:
    """From when it is made: the service's processes, the database's, and this one, which plays the laptops."""

    def __init__(self, services: Sequence[int], database: int) -> None:
        self._roots = {"service": list(services), "database": [database], "laptops": [os.getpid()]}
        self._begun = self._now()

    def since(self) -> dict[str, float]:
        """Seconds, by whose they are."""
        return {who: seconds - self._begun[who] for who, seconds in self._now().items()}

    def _now(self) -> dict[str, float]:
        children = _children()
        return {
            "service": sum(_with_children(root, children) for root in self._roots["service"]),
            "database": sum(_with_children(root, children) for root in self._roots["database"]),
            "laptops": _seconds(os.getpid()),
        }


def _with_children(pid: int, children: dict[int, list[int]]) -> float:
    return _seconds(pid) + sum(_with_children(child, children) for child in children.get(pid, ()))


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        fields = _fields(int(folder.name))
        if fields:
            found.setdefault(int(fields[1]), []).append(int(folder.name))
    return found


def _seconds(pid: int) -> float:
    """Its own, with those of children that have ended."""
    fields = _fields(pid)
    return sum(map(int, fields[11:15])) / TICK if fields else 0.0


def _fields(pid: int) -> list[str]:
    """From the third on, as proc(5) counts them; none for a process that has gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
