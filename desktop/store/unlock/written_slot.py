"""One way into a vault as it stands in the key file: readable without a key, and useless without what it asks for."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Literal

from casework.canonical import JSON
from desktop.store.disk.errors import KeyFileDamaged

SlotKind = Literal["passphrase", "recovery", "council"]
KINDS: tuple[SlotKind, ...] = ("passphrase", "recovery", "council")


@dataclass(frozen=True, slots=True)
class Slot:
    """`rule` says how the wrapping key is made; it, the slot's id and the vault's id are bound to the wrapped key."""

    slot_id: str
    kind: SlotKind
    rule: dict[str, JSON]
    nonce: bytes
    wrapped: bytes
    made_at: str

    def to_json(self) -> dict[str, JSON]:
        return {**self.bound(), "nonce": encode(self.nonce), "wrapped": encode(self.wrapped)}

    def bound(self) -> dict[str, JSON]:
        return {"id": self.slot_id, "kind": self.kind, "rule": self.rule, "made_at": self.made_at}

    @classmethod
    def from_json(cls, value: JSON) -> Slot:
        """Raises KeyFileDamaged for anything a Homeward did not write."""
        found = _as_dict(value)
        return cls(
            slot_id=str(found.get("id", "")),
            kind=_kind(found.get("kind")),
            rule=_as_dict(found.get("rule")),
            nonce=decode(found.get("nonce")),
            wrapped=decode(found.get("wrapped")),
            made_at=str(found.get("made_at", "")),
        )


def encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def decode(value: JSON) -> bytes:
    try:
        return base64.b64decode(str(value), validate=True)
    except (binascii.Error, ValueError) as error:
        raise damaged() from error


def damaged() -> KeyFileDamaged:
    return KeyFileDamaged(
        "The key file of this store is damaged. Your records may still be safe: "
        "restore the key file from your last backup, or ask your administrator."
    )


def _as_dict(value: JSON) -> dict[str, JSON]:
    if not isinstance(value, dict):
        raise damaged()
    return value


def _kind(value: JSON) -> SlotKind:
    for kind in KINDS:
        if value == kind:
            return kind
    raise damaged()
