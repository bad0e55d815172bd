"""The ways into a vault. Each slot wraps the data key on its own (AES-256-GCM); changing one touches no other."""

from __future__ import annotations

import base64
import binascii
import contextlib
import os
from dataclasses import dataclass, replace
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.canonical import JSON, canonical
from desktop.store.disk.errors import KeyFileDamaged, WrongPassphrase, WrongRecoveryCode
from desktop.store.disk.keys import SALT_BYTES, Argon2Cost, Bounds, DataKey, expand, stretch
from desktop.store.unlock.recovery_code import RecoveryCode

SlotKind = Literal["passphrase", "recovery", "council"]
KINDS: tuple[SlotKind, ...] = ("passphrase", "recovery", "council")
NONCE_BYTES = 12
MARK = "\ufeff"  # Notepad begins a file with it; it is nobody's letter
RECOVERY_PURPOSE = "homeward/1/slot/recovery"


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


def passphrase_slot(vault_id: str, key: DataKey, passphrase: str, cost: Argon2Cost, made_at: str) -> Slot:
    salt = os.urandom(SALT_BYTES)
    rule: dict[str, JSON] = {
        "name": "argon2id",
        "memory_kib": cost.memory_kib,
        "passes": cost.passes,
        "lanes": cost.lanes,
        "salt": encode(salt),
    }
    return wrap(blank("passphrase", rule, made_at), vault_id, key, stretch(passphrase.removeprefix(MARK), salt, cost))


def open_passphrase(slot: Slot, vault_id: str, passphrase: str, bounds: Bounds) -> DataKey:
    """Raises WrongPassphrase; KeyFileDamaged where the cost is out of bounds.

    A store made from a file with a byte order mark, by a Homeward that took the mark for a letter, opens as well.
    """
    cost, salt, plain = cost_of(slot), decode(slot.rule.get("salt")), passphrase.removeprefix(MARK)
    bounds.check(cost)
    for said in (plain, MARK + plain):
        with contextlib.suppress(InvalidTag):
            return unwrap(slot, vault_id, stretch(said, salt, cost))
    message = "That passphrase does not open this store. Check the spelling and the spaces."
    raise WrongPassphrase(message)


def recovery_slot(vault_id: str, key: DataKey, code: RecoveryCode, made_at: str) -> Slot:
    salt = os.urandom(SALT_BYTES)
    rule: dict[str, JSON] = {"name": "hkdf-sha256", "salt": encode(salt)}
    wrapping = expand(code.secret, RECOVERY_PURPOSE, salt)
    return wrap(blank("recovery", rule, made_at), vault_id, key, wrapping)


def open_recovery(slot: Slot, vault_id: str, code: RecoveryCode) -> DataKey:
    """Raises WrongRecoveryCode."""
    try:
        salt = decode(slot.rule.get("salt"))
        return unwrap(slot, vault_id, expand(code.secret, RECOVERY_PURPOSE, salt))
    except InvalidTag as error:
        message = "That recovery code is for another store, or has been replaced by a newer one."
        raise WrongRecoveryCode(message) from error


def cost_of(slot: Slot) -> Argon2Cost:
    found = [slot.rule.get(name) for name in ("memory_kib", "passes", "lanes")]
    numbers = [item for item in found if isinstance(item, int) and not isinstance(item, bool)]
    if len(numbers) != len(found):
        raise damaged()
    return Argon2Cost(*numbers)


def blank(kind: SlotKind, rule: dict[str, JSON], made_at: str) -> Slot:
    return Slot(os.urandom(8).hex(), kind, rule, os.urandom(NONCE_BYTES), b"", made_at)


def wrap(slot: Slot, vault_id: str, key: DataKey, wrapping: bytes) -> Slot:
    wrapped = AESGCM(wrapping).encrypt(slot.nonce, key.secret(), _context(slot, vault_id))
    return replace(slot, wrapped=wrapped)


def unwrap(slot: Slot, vault_id: str, wrapping: bytes) -> DataKey:
    """Raises InvalidTag for another key, another vault, or a slot changed in any bit."""
    return DataKey(AESGCM(wrapping).decrypt(slot.nonce, slot.wrapped, _context(slot, vault_id)))


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


def _context(slot: Slot, vault_id: str) -> bytes:
    return canonical({"magic": "homeward-slot-1", "vault": vault_id, "slot": slot.bound()})


def _as_dict(value: JSON) -> dict[str, JSON]:
    if not isinstance(value, dict):
        raise damaged()
    return value


def _kind(value: JSON) -> SlotKind:
    for kind in KINDS:
        if value == kind:
            return kind
    raise damaged()
