"""The chain of the audit trail: each entry's code covers the one before it. Pure."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from casework.canonical import canonical
from desktop.store.keys import SubKey

START = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """How long the trail was and the code of its last entry: enough to notice, later, that it went back."""

    count: int
    mac: str


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


def follow(key: SubKey, found: Iterable[tuple[Entry, bytes]], anchors: Iterable[Head] = ()) -> Finding:
    """Walks the whole chain, and looks for each head that was noted elsewhere (a PDF, the central service)."""
    wanted = {anchor.count: anchor.mac for anchor in anchors}
    before, count = START, 0
    for entry, mac in found:
        if entry.n != count + 1 or not hmac.compare_digest(mac, seal(key, before, entry)):
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
