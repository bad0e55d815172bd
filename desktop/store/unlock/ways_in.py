"""The ways into one vault: changing the passphrase, the recovery code and the council's key, and ending them all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from casework.canonical import JSON, digest
from casework.errors import AnswerError
from casework.identifiers import DeviceId, OfficerId
from casework.wire.council_recovery import (
    Box,
    Kept,
    Request,
    open_box,
    public_key,
    reply_context,
    seal_to,
    vault_context,
)
from desktop.store.disk.errors import WrongRecoveryCode
from desktop.store.disk.keys import KEY_BYTES, Argon2Cost, Bounds, DataKey
from desktop.store.unlock import keyfile
from desktop.store.unlock.passphrases import refuse_weak
from desktop.store.unlock.recovery_code import RecoveryCode
from desktop.store.unlock.slots import (
    blank,
    cost_of,
    open_passphrase,
    open_recovery,
    passphrase_slot,
    recovery_slot,
    unwrap,
    wrap,
)
from desktop.store.unlock.written_slot import Slot, SlotKind, damaged

Audited = Callable[..., None]
COUNCIL_RULE = "x25519-box-2"  # since the box says whose vault it is


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose vault it is and on which laptop, as the council knows them."""

    officer_id: OfficerId
    name: str
    device_id: DeviceId

    @property
    def mark(self) -> str:
        """Changes when they do, and tells nothing of them."""
        return digest([self.officer_id, self.name, self.device_id])


class Ways:
    """Each change rewraps the data key in one slot and touches no record. All are atomic and survive a power cut."""

    def __init__(self, folder: Path, key: DataKey, *, audit: Audited, now: Callable[[], datetime]) -> None:
        self._folder = folder
        self._key = key
        self._audit = audit
        self._now = now

    def kinds(self) -> dict[SlotKind, str]:
        """Which ways there are, and when each was made."""
        return {slot.kind: slot.made_at for slot in keyfile.read(self._folder).slots}

    def change_passphrase(self, new: str, *, cost: Argon2Cost | None = None) -> None:
        """The caller has just checked the old one. Raises WeakPassphrase; keeps the cost unless given another."""
        refuse_weak(new)
        card = keyfile.read(self._folder)
        chosen = cost or cost_of(card.of_kind("passphrase")[0])
        self._put(card, passphrase_slot(card.vault_id, self._key, new, chosen, self._at()))

    def new_recovery_code(self) -> RecoveryCode:
        """The only time it is ever shown; one that was printed before no longer opens anything."""
        card, code = keyfile.read(self._folder), RecoveryCode.fresh()
        self._put(card, recovery_slot(card.vault_id, self._key, code, self._at()))
        return code

    def set_council_key(self, pem: str, whose: Holder, *, anew: bool = False) -> bool:
        """Lets the council's recovery key open this vault; False where it does already. Raises AnswerError.

        With `anew`, also then: an answer that once opened it opens nothing any more.
        """
        card = keyfile.read(self._folder)
        council = public_key(pem)
        rule: dict[str, JSON] = {"name": COUNCIL_RULE, "council": council.public_bytes_raw().hex(), "for": whose.mark}
        if not anew and any(rule.items() <= slot.rule.items() for slot in card.of_kind("council")):
            return False
        kept = Kept(whose.officer_id, whose.name, whose.device_id, os.urandom(KEY_BYTES))
        box = seal_to(council, kept.to_bytes(), vault_context(card.vault_id))
        slot = blank("council", rule | {"box": box.to_json()}, self._at())
        self._put(card, wrap(slot, card.vault_id, self._key, kept.secret))
        return True

    def remove(self, kind: SlotKind) -> None:
        """Raises LastWayIn for the passphrase."""
        self._write(keyfile.read(self._folder).without(kind))
        self._audit("way_removed", kind=kind)

    def _put(self, card: keyfile.KeyFile, slot: Slot) -> None:
        self._write(card.with_slot(slot))
        self._audit("way_changed", kind=slot.kind)

    def _write(self, card: keyfile.KeyFile) -> None:
        keyfile.write(self._folder, card.sealed(self._key.subkey("keyfile")))

    def _at(self) -> str:
        return self._now().isoformat(timespec="seconds")


class CouncilRecovery:
    """One request to the council's recovery key and the private half its answer is for; lives in memory only."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._card = keyfile.read(folder)
        self._mine = X25519PrivateKey.generate()
        self._slot = _council_slot(self._card)

    @property
    def request(self) -> Request:
        try:
            box = Box.from_json(self._slot.rule.get("box"))
        except AnswerError as error:
            raise damaged() from error
        return Request(self._card.vault_id, box, self._mine.public_key().public_bytes_raw())

    def key(self, answer: Box) -> DataKey:
        """Raises WrongRecoveryCode for an answer to another request."""
        try:
            wrapping = open_box(answer, self._mine, reply_context(self._card.vault_id))
            return unwrap(self._slot, self._card.vault_id, wrapping)
        except (AnswerError, InvalidTag, ValueError) as error:
            message = "That answer from the council is for another request. Ask again."
            raise WrongRecoveryCode(message) from error


def by_passphrase(card: keyfile.KeyFile, passphrase: str, bounds: Bounds) -> DataKey:
    """Raises WrongPassphrase, KeyFileDamaged."""
    found = card.of_kind("passphrase")
    if not found:
        raise damaged()
    return open_passphrase(found[0], card.vault_id, passphrase, bounds)


def by_code(card: keyfile.KeyFile, code: RecoveryCode) -> DataKey:
    """Raises WrongRecoveryCode."""
    found = card.of_kind("recovery")
    if not found:
        message = "No recovery code was made for this store. Ask your administrator."
        raise WrongRecoveryCode(message)
    return open_recovery(found[0], card.vault_id, code)


def _council_slot(card: keyfile.KeyFile) -> Slot:
    found = card.of_kind("council")
    if not found:
        message = "The council's recovery key was never given to this store. Use the recovery code."
        raise WrongRecoveryCode(message)
    return found[0]
