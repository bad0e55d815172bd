"""vault.json: the slots of one vault and the name on its door. Kept twice, replaced atomically, sealed."""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from casework.canonical import JSON, canonical, digest, parse
from casework.errors import AnswerError
from desktop.store.disk.errors import KeyFileDamaged, LastWayIn, VaultMissing, VaultTooNew
from desktop.store.disk.files import overwrite_and_remove, put, write_atomically
from desktop.store.disk.keys import SubKey
from desktop.store.unlock.two_copies import COPY, NAME, bytes_of
from desktop.store.unlock.written_slot import Slot, SlotKind, damaged

MAGIC = "homeward-vault"
VERSION = 1


@dataclass(frozen=True, slots=True)
class KeyFile:
    """`seal` shows, once the data key is known, that nobody without it changed the label or the list of slots."""

    vault_id: str
    label: str
    made_at: str
    slots: tuple[Slot, ...]
    seal: str = ""

    @classmethod
    def fresh(cls, label: str, made_at: str) -> KeyFile:
        return cls(os.urandom(16).hex(), label, made_at, ())

    def of_kind(self, kind: SlotKind) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.kind == kind)

    def with_slot(self, slot: Slot) -> KeyFile:
        """One slot of each kind: the new one takes the place of the old."""
        others = tuple(other for other in self.slots if other.kind != slot.kind)
        return replace(self, slots=(*others, slot))

    def without(self, kind: SlotKind) -> KeyFile:
        """Raises LastWayIn for the passphrase: the others are for the day it is lost."""
        if kind == "passphrase":
            message = "The passphrase cannot be removed, only changed."
            raise LastWayIn(message)
        return replace(self, slots=tuple(slot for slot in self.slots if slot.kind != kind))

    def sealed(self, key: SubKey) -> KeyFile:
        return replace(self, seal=self._seal(key))

    def is_sealed_by(self, key: SubKey) -> bool:
        return hmac.compare_digest(self.seal, self._seal(key))

    def _seal(self, key: SubKey) -> str:
        return hmac.new(key, canonical(self._content()), sha256).hexdigest()

    def _content(self) -> dict[str, JSON]:
        return {
            "magic": MAGIC,
            "version": VERSION,
            "vault": self.vault_id,
            "label": self.label,
            "made_at": self.made_at,
            "slots": [slot.to_json() for slot in self.slots],
        }

    def to_bytes(self) -> bytes:
        content = self._content() | {"seal": self.seal}
        content["check"] = digest(content)
        return json.dumps(content, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> KeyFile:
        """Raises KeyFileDamaged for any changed bit, VaultTooNew for a later version of the file."""
        try:
            found = parse(data)
        except (AnswerError, UnicodeDecodeError) as error:
            raise damaged() from error
        if not isinstance(found, dict) or found.get("magic") != MAGIC:
            raise damaged()
        check = found.pop("check", None)
        if check != digest(found):
            raise damaged()
        if found["version"] != VERSION:
            message = "This store was made by a newer Homeward. Update Homeward on this laptop to open it."
            raise VaultTooNew(message)
        return cls._from_checked(found)

    @classmethod
    def _from_checked(cls, found: dict[str, JSON]) -> KeyFile:
        slots = found.get("slots")
        if not isinstance(slots, list):
            raise damaged()
        return cls(
            vault_id=str(found.get("vault", "")),
            label=str(found.get("label", "")),
            made_at=str(found.get("made_at", "")),
            slots=tuple(Slot.from_json(slot) for slot in slots),
            seal=str(found.get("seal", "")),
        )


def read(folder: Path) -> KeyFile:
    """The first of the two that is whole. Raises VaultMissing, KeyFileDamaged, VaultTooNew."""
    paths = [path for path in (folder / NAME, folder / COPY) if path.exists()]
    if not paths:
        message = "There is no Homeward store in this folder."
        raise VaultMissing(message)
    return _first_whole(paths)


def write(folder: Path, keyfile: KeyFile) -> None:
    """The copy is written second, so that at every moment one of the two is whole."""
    data = keyfile.to_bytes()
    for name in (NAME, COPY):
        write_atomically(folder / name, lambda file: put(file, data))


def is_mended(folder: Path, keyfile: KeyFile) -> bool:
    """Writes both again where one differed: after a power cut between the two, or damage to one."""
    data = keyfile.to_bytes()
    if all(bytes_of(folder / name) == data for name in (NAME, COPY)):
        return False
    write(folder, keyfile)
    return True


def destroy(folder: Path) -> None:
    """Without the slots the data key is gone, and with it everything that was written."""
    for path in sorted(folder.glob("vault*.json*")):
        overwrite_and_remove(path)


def _first_whole(paths: Iterable[Path]) -> KeyFile:
    trouble: KeyFileDamaged = damaged()
    for path in paths:
        try:
            return KeyFile.from_bytes(bytes_of(path))
        except KeyFileDamaged as error:
            trouble = error
    raise trouble
