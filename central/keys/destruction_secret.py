"""What the log of destroyed records names them by: it comes from the council's root, so that a restored service of any
age comes by it again; a later root carries that of the first on, or the log would name nothing."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from central.database.errors import CentralError
from central.database.home import write_private
from central.keys import key_files
from central.keys.council_root import CouncilRoot
from central.keys.kept_key import DAMAGED, NONCE_BYTES


def secret_from(folder: Path, root: CouncilRoot) -> str:
    """The same each time two keepers open the root."""
    carried = folder / key_files.CARRIED
    if not carried.exists():
        return _derived(root, b"homeward destroyed records").hex()
    sealed = carried.read_bytes()
    try:
        return _box(root).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None).hex()
    except (InvalidTag, ValueError) as error:
        raise CentralError(DAMAGED) from error


def carry_on(folder: Path, old: CouncilRoot, new: CouncilRoot) -> None:
    """From one root to the next, which alone opens it."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = _box(new).encrypt(nonce, bytes.fromhex(secret_from(folder, old)), None)
    write_private(folder / key_files.CARRIED, nonce + sealed)


def _box(root: CouncilRoot) -> AESGCM:
    return AESGCM(_derived(root, b"homeward/1/carried-secret"))


def _derived(root: CouncilRoot, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(root.key_der)
