"""A name of its own for a store that has joined no council, so that its words are somebody's from the first one on."""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.identifiers import DeviceId, OfficerId
from desktop.store.database.remembered import BEFOREHAND, DEVICE, Beforehand
from desktop.store.vault import Vault


def give_a_name(vault: Vault, name: str, *, is_practice: bool = False) -> None:
    """Once; ids that nobody can guess, and a key that never leaves the store."""
    settings = vault.settings
    if settings.get(DEVICE).id or settings.get(BEFOREHAND) is not None:
        return
    key = Ed25519PrivateKey.generate().private_bytes_raw().hex()
    officer, device = (f"before-{secrets.token_hex(16)}" for _ in range(2))
    found = Beforehand(name, OfficerId(officer), DeviceId(device), key, is_practice)
    settings.put(BEFOREHAND, found)
