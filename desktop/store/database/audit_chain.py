"""The chain of the audit trail: each entry's code covers the one before it. Pure."""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from casework.canonical import JSON, canonical
from desktop.store.disk.keys import SubKey

START = bytes(32)
_NOTED = re.compile("[0-9]{1,15}:[0-9a-f]{64}")
FORMER_KEYS = "former_audit_keys"  # the setting that holds them


@dataclass(frozen=True, slots=True)
class Head:
    """How long the trail was and the code of its last entry: enough to notice, later, that it went back."""

    count: int
    mac: str

    def __str__(self) -> str:
        return f"{self.count}:{self.mac}"

    @classmethod
    def read(cls, text: str) -> Head | None:
        """As it was noted elsewhere; None for anything else."""
        count, _, mac = text.partition(":")
        return cls(int(count), mac) if _NOTED.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """`facts` is JSON as it was written."""

    n: int
    at: str
    actor: str
    event: str
    facts: str


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` is empty while the trail holds together."""

    head: Head
    sentence: str = ""


def seal(key: SubKey, before: bytes, entry: Entry) -> bytes:
    words = canonical([entry.n, entry.at, entry.actor, entry.event, entry.facts])
    return hmac.new(key, before + words, sha256).digest()


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of each entry: a store that was given a new data key keeps the former ones for what they sealed."""

    now: SubKey
    former: tuple[tuple[int, SubKey], ...] = ()  # each with the last entry it sealed, oldest first

    @classmethod
    def read(cls, now: SubKey, kept: JSON) -> Keys:
        former = kept if isinstance(kept, list) else []
        found = [one for one in former if isinstance(one, dict)]
        return cls(now, tuple((int(str(one["last"])), SubKey(bytes.fromhex(str(one["key"])))) for one in found))

    def of(self, n: int) -> SubKey:
        return next((key for last, key in self.former if n <= last), self.now)


def follow(keys: Keys, found: Iterable[tuple[Entry, bytes]], anchors: Iterable[Head] = ()) -> Finding:
    """Walks the whole chain, and looks for each head that was noted elsewhere (a PDF, the central service)."""
    wanted = {anchor.count: anchor.mac for anchor in anchors}
    before, count = START, 0
    for entry, mac in found:
        if entry.n != count + 1 or not hmac.compare_digest(mac, seal(keys.of(entry.n), before, entry)):
            return Finding(Head(count, before.hex()), f"The audit trail was changed at entry {count + 1}.")
        before, count = mac, entry.n
        if wanted.pop(count, mac.hex()) != mac.hex():
            sentence = f"The audit trail is another than the one noted at entry {count}: the store was replaced."
            return Finding(Head(count, before.hex()), sentence)
    head = Head(count, before.hex())
    wanted.pop(0, None)
    if wanted:
        return Finding(head, went_back(count, max(wanted)))
    return Finding(head)


def went_back(found: int, noted: int) -> str:
    return (
        f"The store has gone back in time: its audit trail has {found} entries, and {noted} were noted. "
        "An older copy was put in its place, or a part of it was removed."
    )
