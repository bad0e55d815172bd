"""The council's recovery key: made once, written to a file outside the service (a stick), opened by two keepers.

The service has the public half, and the key that proves its notes: what was answered elsewhere is told here, signed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from casework.canonical import JSON, canonical
from casework.errors import AnswerError
from casework.wire import armour
from casework.wire.council_recovery import key_text
from central.database.errors import CentralError
from central.database.home import write_private
from central.keys import key_files
from central.keys.certificate_parts import certificate_pem
from central.keys.council_root import CouncilRoot
from central.keys.kept_key import DAMAGED, DEAR, MAX_FILE, Keeper, KeptKey, StretchCost, sealed

PURPOSE = "recovery"
NOTE = "HOMEWARD RECOVERY NOTE"


@dataclass(frozen=True)
class RecoveryKey:
    """Opened, for one answer."""

    key: X25519PrivateKey
    root_pem: str
    by: tuple[str, ...]

    def note(self, entry: Mapping[str, JSON]) -> str:
        """What was answered, for the service to take in: signed by a key that comes from the recovery key itself."""
        said: dict[str, JSON] = {**entry, "by": [*self.by]}
        signature = _notes_key(self.key).sign(canonical(said)).hex()
        return armour.wrapped(NOTE, {"entry": said, "signature": signature})


def keep(
    folder: Path,
    file: Path,
    key: X25519PrivateKey,
    root: CouncilRoot,
    *,
    keepers: Sequence[Keeper],
    cost: StretchCost = DEAR,
) -> None:
    """Proved by opening what was written, before the folder tells of it. Raises CentralError for a file inside the
    service's folder, and for one that is there already."""
    _refuse_place(folder, file)
    about: dict[str, JSON] = {"for": PURPOSE, "root": certificate_pem(root.certificate)}
    raw = key.private_bytes_raw()
    _write_new(file, sealed(about, raw, keepers, cost))
    if open_file(file, keepers[:2]).key.private_bytes_raw() != raw:
        raise CentralError(DAMAGED)
    public = _public(key.public_key())
    write_private(folder / key_files.RECOVERY_SIGNED, root.signed(key_text(public.decode())).encode())
    write_private(folder / key_files.RECOVERY_PUBLIC, public)
    write_private(folder / key_files.RECOVERY_NOTES, _public(_notes_key(key).public_key()))


def read_file(file: Path) -> KeptKey:
    """Raises CentralError for a file that is no recovery key."""
    with file.open("rb") as opened:
        found = KeptKey.read(opened.read(MAX_FILE + 1))
    if found.about.get("for") != PURPOSE:
        message = f"{file.name} is not the council’s recovery key. Name the file that was made for it."
        raise CentralError(message)
    return found


def open_file(file: Path, two: Sequence[Keeper]) -> RecoveryKey:
    """Raises CentralError; see `KeptKey.opened`."""
    found = read_file(file)
    try:
        key = X25519PrivateKey.from_private_bytes(found.opened(two))
    except ValueError as error:
        raise CentralError(DAMAGED) from error
    return RecoveryKey(key, str(found.about.get("root", "")), tuple(keeper.name for keeper in two))


def bare_key(folder: Path) -> X25519PrivateKey:
    """Of a council founded before there were keepers. Raises AnswerError for another kind of key."""
    try:
        key = serialization.load_pem_private_key((folder / key_files.BARE_RECOVERY).read_bytes(), password=None)
    except ValueError:
        key = None
    if not isinstance(key, X25519PrivateKey):
        message = "The council's recovery key is not one Homeward made."
        raise AnswerError(message)
    return key


def read_note(folder: Path, text: str) -> dict[str, JSON]:
    """What was answered elsewhere. Raises AnswerError for a note that this council's recovery key did not sign."""
    found = armour.unwrapped(NOTE, text)
    entry = found.get("entry") if isinstance(found, dict) else None
    public = serialization.load_pem_public_key((folder / key_files.RECOVERY_NOTES).read_bytes())
    try:
        if isinstance(found, dict) and isinstance(entry, dict) and isinstance(public, Ed25519PublicKey):
            public.verify(bytes.fromhex(str(found.get("signature"))), canonical(entry))
            return entry
    except (InvalidSignature, ValueError):
        pass
    message = "This note was not made with this council’s recovery key, or has been changed. Nothing was noted."
    raise AnswerError(message)


def _refuse_place(folder: Path, file: Path) -> None:
    home = folder.resolve().parent
    if file.resolve().is_relative_to(home):
        message = "The recovery key must not lie in the service’s folder. Name a file on a stick that is kept apart."
        raise CentralError(message)
    if not file.resolve().parent.is_dir():
        message = f"There is no folder {file.parent}. Put the stick in, and name a file on it."
        raise CentralError(message)


def _write_new(file: Path, content: bytes) -> None:
    """Never over another: that could be the only key to forgotten stores."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        message = f"There is a file {file.name} already, perhaps another recovery key. Name a new file."
        raise CentralError(message) from error
    with os.fdopen(handle, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def _notes_key(key: X25519PrivateKey) -> Ed25519PrivateKey:
    seed = HKDF(SHA256(), 32, None, b"homeward/1/recovery-note").derive(key.private_bytes_raw())
    return Ed25519PrivateKey.from_private_bytes(seed)


def _public(key: object) -> bytes:
    encoding, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(encoding, form)  # type: ignore[attr-defined,no-any-return]  # both kinds have it
