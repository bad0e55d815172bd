"""What a laptop is called: a tree and a number to say aloud, and a mark of its key.

The number comes from a counter, and a database restored from a backup counts from there again; the mark makes a name
of another key another name. Making a key that fits a given name takes some 2⁴⁰ tries at a price set here, as long as
guessing a forgotten passphrase (docs/decisions/joining-again.md).
"""

from __future__ import annotations

import hashlib
import hmac
import re

from casework.identifiers import DeviceId
from casework.wire.enrolment_code import ALPHABET

TREES = ("ASH", "ELM", "OAK", "FIR", "YEW", "BAY", "ROWAN", "HAZEL", "MAPLE", "ALDER", "LARCH", "CEDAR")
COST = 2**13  # scrypt's n: 8 MiB and some 20 milliseconds, once for each laptop that joins
MARK_BYTES = 5
_NAME = re.compile(r"(?P<stem>[A-Z]+-[0-9]{4,})(?P<mark>-[0-9A-Z]{4}-[0-9A-Z]{4})?")


def laptop_name(number: int, signing_key: str) -> DeviceId:
    stem = f"{TREES[number * 7 % len(TREES)]}-{number:04d}"
    return DeviceId(stem + _mark(stem, signing_key))


def fits(name: str, signing_key: str) -> bool:
    """Whether a laptop with this key may say that it was called so. Names given before there were marks fit any key."""
    match = _NAME.fullmatch(name)
    if match is None:
        return False
    return match["mark"] is None or hmac.compare_digest(match["mark"], _mark(match["stem"], signing_key))


def _mark(stem: str, signing_key: str) -> str:
    salt = f"homeward-laptop-1\n{stem}".encode()
    found = hashlib.scrypt(bytes.fromhex(signing_key), salt=salt, n=COST, r=8, p=1, dklen=MARK_BYTES)
    number = int.from_bytes(found, "big")
    letters = "".join(ALPHABET[(number >> shift) & 31] for shift in range(35, -1, -5))
    return f"-{letters[:4]}-{letters[4:]}"
