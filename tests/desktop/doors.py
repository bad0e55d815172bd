"""Stores whose passphrase is quickly tried: a test that opens one does not wait for what slows down a thief."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import Desk
from desktop.forms.catalogue import Catalogue
from desktop.store.disk.keys import SAFE, Argon2Cost, Bounds
from desktop.store.vault import Terms

CHEAP = Argon2Cost(64, 1, 1)
QUICK = Terms(bounds=Bounds(floor=CHEAP))


def quick_gate(home: Path, catalogue: Catalogue | Callable[[], Catalogue], now: Callable[[], datetime]) -> Gate:
    return Gate(home, catalogue, now, bounds=QUICK.bounds)


def set_up_quickly(gate: Gate, name: str, passphrase: str) -> Desk:
    """The least that this gate accepts; of a store that the program itself is to open, the least that is safe."""
    return gate.set_up(name, passphrase, cost=CHEAP if gate.bounds is QUICK.bounds else SAFE.floor)
