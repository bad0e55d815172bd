"""Which version of Homeward comes before which: numbers between full stops, and 1.4 is 1.4.0."""

from __future__ import annotations

import re

VERSION_PATTERN = r"^[0-9]{1,6}(\.[0-9]{1,6}){0,3}\Z"


def is_version(text: str) -> bool:
    return re.match(VERSION_PATTERN, text) is not None


def is_before(version: str, other: str) -> bool:
    """Both as `is_version` takes them."""
    return _numbers(version) < _numbers(other)


def _numbers(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".")]
    return (*parts, *(0,) * (4 - len(parts)))
