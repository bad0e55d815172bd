"""What an administrator set on this machine before anybody used it: a file for all, and the environment over it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from casework.errors import KnownError

NAMED = "HOMEWARD_PRESET"  # another file than the machine's
FROM_ENVIRONMENT = {"service": "HOMEWARD_SERVICE", "proxy": "HOMEWARD_PROXY", "lock_minutes": "HOMEWARD_LOCK_MINUTES"}
UNREADABLE = "What your administrator set for this laptop cannot be read ({where}). Tell your administrator."
NO_ADDRESS = (
    "Say where the council’s service is: homeward enrol ADDRESS CODE. Nothing is set for this laptop that would tell."
)


class Preset(NamedTuple):
    """`service`: the address to join; `proxy`: as `homeward proxy` takes it; `lock_minutes`: how long a laptop may stay
    open untouched at most, 0 for what its officer chooses; `fault`: one sentence, where what is set cannot be read."""

    service: str = ""
    proxy: str = ""
    lock_minutes: int = 0
    fault: str = ""


def preset() -> Preset:
    """Read anew each time: it is short, and a policy that changed counts from the next unlocking."""
    file = Path(os.environ.get(NAMED) or _of_the_machine())
    set_here = {name: os.environ[named] for name, named in FROM_ENVIRONMENT.items() if os.environ.get(named)}
    where = file.name
    try:
        if not set_here and not file.exists():
            return Preset()
        from desktop.flows.access.preset_file import checked, told_in  # noqa: PLC0415 - on most machines nothing is set

        told = told_in(file)
        where = ", ".join(FROM_ENVIRONMENT[name] for name in set_here) or where
        found = checked({**told, **set_here})
        return Preset(found.service, found.proxy, found.lock_minutes)
    except (OSError, ValueError):
        return Preset(fault=UNREADABLE.format(where=where))


def address_set() -> str:
    """Where to join when nobody says it. Raises KnownError where nothing is set."""
    found = preset()
    if found.fault or not found.service:
        raise KnownError(found.fault or NO_ADDRESS)
    return found.service


def _of_the_machine() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("PROGRAMDATA", "C:/ProgramData")) / "Homeward" / "laptop.toml"
    if sys.platform == "darwin":
        return Path("/Library/Application Support/Homeward/laptop.toml")
    return Path("/etc/homeward/laptop.toml")
