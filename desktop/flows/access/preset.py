"""What an administrator set on this machine before anybody used it: a file for all, and the environment over it."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from casework.errors import KnownError

NAMED = "HOMEWARD_PRESET"  # another file than the machine's
FROM_ENVIRONMENT = {"service": "HOMEWARD_SERVICE", "proxy": "HOMEWARD_PROXY", "lock_minutes": "HOMEWARD_LOCK_MINUTES"}
MOST = 64 * 1024
UNREADABLE = "What your administrator set for this laptop cannot be read ({where}). Tell your administrator."
NO_ADDRESS = (
    "Say where the council’s service is: homeward enrol ADDRESS CODE. Nothing is set for this laptop that would tell."
)


class Preset(Struct, frozen=True, forbid_unknown_fields=True):
    """`service`: the address to join; `proxy`: as `homeward proxy` takes it; `lock_minutes`: how long a laptop may stay
    open untouched at most, 0 for what its officer chooses; `fault`: one sentence, where what is set cannot be read."""

    service: Annotated[str, Meta(max_length=500)] = ""
    proxy: Annotated[str, Meta(max_length=500)] = ""
    lock_minutes: Annotated[int, Meta(ge=0, le=60)] = 0
    fault: str = ""


def preset() -> Preset:
    """Read anew each time: it is short, and a policy that changed counts from the next unlocking."""
    file = Path(os.environ.get(NAMED) or _of_the_machine())
    set_here = {name: os.environ[named] for name, named in FROM_ENVIRONMENT.items() if os.environ.get(named)}
    where = file.name
    try:
        told = _told_in(file)
        where = ", ".join(FROM_ENVIRONMENT[name] for name in set_here) or where
        return msgspec.convert({**told, **set_here}, Preset, strict=False)
    except (OSError, ValueError, msgspec.ValidationError):
        return Preset(fault=UNREADABLE.format(where=where))


def address_set() -> str:
    """Where to join when nobody says it. Raises KnownError where nothing is set."""
    found = preset()
    if found.fault or not found.service:
        raise KnownError(found.fault or NO_ADDRESS)
    return found.service


def _told_in(file: Path) -> dict[str, object]:
    """Nothing where there is no such file, as on most machines."""
    try:
        with file.open("rb") as opened:
            told = tomllib.loads(opened.read(MOST).decode("utf-8"))
    except FileNotFoundError:
        return {}
    if "fault" in told:
        raise ValueError(file.name)
    return told


def _of_the_machine() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "Homeward" / "laptop.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Homeward/laptop.toml")
    return Path("/etc/homeward/laptop.toml")
