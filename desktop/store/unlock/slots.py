"""The ways into a vault. Each slot wraps the data key on its own (AES-256-GCM); changing one touches no other."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from casework.canonical import JSON, canonical
from desktop.store.disk.errors import WrongPassphrase, WrongRecoveryCode
from desktop.store.disk.keys import SALT_BYTES, Argon2Cost, Bounds, DataKey, expand, stretch
from desktop.store.unlock.recovery_code import RecoveryCode
from desktop.store.unlock.written_slot import Slot, SlotKind, damaged, decode, encode

NONCE_BYTES = 12
MARK = "\ufeff"  # Notepad begins a file with it; it is nobody's letter
RECOVERY_PURPOSE = "homeward/1/slot/recovery"


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


def _context(slot: Slot, vault_id: str) -> bytes:
    return canonical({"magic": "homeward-slot-1", "vault": vault_id, "slot": slot.bound()})
