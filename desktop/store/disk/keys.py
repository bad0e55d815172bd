"""The data key of a vault, the keys that come from it, and the cost of guessing a passphrase."""

from __future__ import annotations

import os
import threading
import time
import unicodedata
from dataclasses import dataclass
from typing import Literal, NewType

from casework.errors import BugError
from desktop.store.disk.errors import KeyFileDamaged

KEY_BYTES = 32
SALT_BYTES = 16
PATIENCE = 0.9  # seconds a worker waits at the door on the laptop where the vault was made

SubKey = NewType("SubKey", bytes)
Purpose = Literal["database", "files", "audit", "backup", "keyfile", "anchor"]


@dataclass(frozen=True, slots=True)
class Argon2Cost:
    """What each guess costs: memory in KiB, passes over it, lanes beside each other."""

    memory_kib: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """Costs accepted on reading: a cheaper one is a downgrade, a dearer one a memory bomb."""

    floor: Argon2Cost = Argon2Cost(64 * 1024, 3, 4)
    ceiling: Argon2Cost = Argon2Cost(2 * 1024 * 1024, 20, 16)

    def check(self, cost: Argon2Cost) -> None:
        """Raises KeyFileDamaged for a cost nobody honest would have written."""
        low, high = self.floor, self.ceiling
        if not (
            low.memory_kib <= cost.memory_kib <= high.memory_kib
            and low.passes <= cost.passes <= high.passes
            and low.lanes <= cost.lanes <= high.lanes
        ):
            message = (
                "The key file of this store has been changed: it asks for an unsafe way of checking the "
                "passphrase. Homeward will not use it. Restore your last backup, or ask your administrator."
            )
            raise KeyFileDamaged(message)


SAFE = Bounds()


class DataKey:
    """The random key of one vault. Never written down; everything else is derived from it."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            message = f"a data key has {KEY_BYTES} bytes, not {len(secret)}"
            raise BugError(message)
        self._secret = bytearray(secret)

    @classmethod
    def fresh(cls) -> DataKey:
        return cls(os.urandom(KEY_BYTES))

    def __repr__(self) -> str:
        return "<DataKey>"

    def secret(self) -> bytes:
        """For wrapping in a slot only."""
        return bytes(self._secret)

    def subkey(self, purpose: Purpose) -> SubKey:
        return SubKey(expand(self.secret(), f"homeward/1/{purpose}"))

    def forget(self) -> None:
        """Best effort: Python may have copied it, so a laptop also needs its disk encrypted (docs/security.md)."""
        for index in range(len(self._secret)):
            self._secret[index] = 0


def expand(secret: bytes, purpose: str, salt: bytes | None = None) -> bytes:
    """HKDF-SHA256 to one key for one purpose."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415 - a locked store's label needs no key
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(SHA256(), KEY_BYTES, salt, purpose.encode()).derive(secret)


# WORKAROUND: OpenSSL works the lanes on threads it lends to the whole process; two derivations that share them out wait
# for each other for ever. One at a time costs nothing: each takes every core anyway.
_ONE_AT_A_TIME = threading.Lock()


def stretch(passphrase: str, salt: bytes, cost: Argon2Cost) -> bytes:
    """Argon2id of the passphrase, whose look-alike spellings are made one first (NFKC)."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415

    plain = unicodedata.normalize("NFKC", passphrase).encode()
    kdf = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory_kib)
    with _ONE_AT_A_TIME:
        return kdf.derive(plain)


def calibrate() -> Argon2Cost:
    """The dearest cost that this laptop still computes within a second; never under the floor."""
    cost = SAFE.floor
    most = min(1024 * 1024, _memory_kib() // 8)
    seconds = _seconds(cost)
    while seconds * 2 <= PATIENCE and cost.memory_kib * 2 <= most:
        cost = Argon2Cost(cost.memory_kib * 2, cost.passes, cost.lanes)
        seconds = _seconds(cost)
    return cost


def _seconds(cost: Argon2Cost) -> float:
    start = time.perf_counter()
    stretch("how long does one guess take here", bytes(SALT_BYTES), cost)
    return time.perf_counter() - start


def _memory_kib() -> int:
    """Half a gibibyte's worth of the cost where the system does not say (Windows)."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024
    except (AttributeError, ValueError, OSError):
        return 4 * 1024 * 1024
