"""The file of what an administrator set, read and checked."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

MOST = 64 * 1024


class WhatIsSet(Struct, frozen=True, forbid_unknown_fields=True):
    """As `Preset` says it."""

    service: Annotated[str, Meta(max_length=500)] = ""
    proxy: Annotated[str, Meta(max_length=500)] = ""
    lock_minutes: Annotated[int, Meta(ge=0, le=60)] = 0


def checked(told: dict[str, object]) -> WhatIsSet:
    """A number may stand there as text, as it does in the environment. Raises ValueError."""
    return msgspec.convert(told, WhatIsSet, strict=False)


def told_in(file: Path) -> dict[str, object]:
    """Nothing where there is no such file. Raises OSError, and ValueError for what is no table."""
    try:
        with file.open("rb") as opened:
            return tomllib.loads(opened.read(MOST).decode("utf-8"))
    except FileNotFoundError:
        return {}
