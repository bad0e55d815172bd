"""Which version of Homeward a laptop runs, as it told at its last contact, and whether that is behind another."""

from __future__ import annotations

import re

from central.database.errors import Refused

_TOLD = re.compile(r"homeward/(\d+(?:\.\d+){0,3})")
_NAMED = re.compile(r"\d+(?:\.\d+){0,3}")


def version_in(app: str) -> str:
    """Empty for a laptop that has not told yet, or tells something else."""
    match = _TOLD.fullmatch(app)
    return match[1] if match else ""


def is_behind(app: str, version: str) -> bool:
    """One that has not told counts as behind: nobody knows better. Raises Refused for what is no version."""
    if not _NAMED.fullmatch(version):
        raise Refused(400, "version", f"“{version}” is no version. Give it as 1.4 or 1.4.2.")
    told = version_in(app)
    return not told or _order(told) < _order(version)


def _order(version: str) -> tuple[int, ...]:
    """1.4 and 1.4.0 are one."""
    parts = [int(part) for part in version.split(".")]
    return (*parts, *(0,) * (4 - len(parts)))
