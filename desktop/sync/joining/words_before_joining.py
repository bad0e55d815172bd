"""Words of before joining become those of the officer whom the code was for, if that is who set up this laptop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from casework.canonical import JSON
from casework.errors import BugError
from casework.folding import folded
from casework.records import Author, Change, Operation, Stamp
from desktop.store.database.remembered import BEFOREHAND, DEVICE, OFFICER, Beforehand, Device, Officer
from desktop.store.database.writer import Transaction
from desktop.store.exchange.written_before import Remake
from desktop.store.vault import Vault


def are_theirs(vault: Vault, officer: Officer) -> bool:
    """Whether the council’s name is the one under which this store was made; of nothing, nobody has to ask."""
    before = vault.settings.get(BEFOREHAND)
    return before is None or folded(before.name) == folded(officer.name) or not vault.before.records()


def taking_over(vault: Vault, officer: Officer, device: Device) -> Callable[[Transaction], object]:
    """For the transaction in which this laptop becomes that device."""
    before = vault.settings.get(BEFOREHAND)
    return vault.before.taken_over(device.id, _remake(before, officer, device)) if before else lambda _tx: None


def take_over(vault: Vault) -> None:
    """Somebody has said that they are theirs."""
    before, device = vault.settings.get(BEFOREHAND), vault.settings.get(DEVICE)
    if before is not None:
        vault.before.take_over(device.id, _remake(before, vault.settings.get(OFFICER), device))


def _remake(before: Beforehand, officer: Officer, device: Device) -> Remake:
    author = Author(officer.id, device.id, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(device.signing_key)))

    def remake(old: Operation, stamp: Stamp) -> Operation:
        """The same words at the same time; only whose they are was not known yet."""
        if (old.officer_id, old.device_id) != (before.officer_id, before.device_id):
            raise BugError(old.op_id)
        named: dict[str, str] = {before.officer_id: author.officer_id, before.device_id: author.device_id}
        return replace(
            old,
            officer_id=author.officer_id,
            device_id=author.device_id,
            device_seq=stamp.device_seq,
            changes=tuple(Change(c.path, _renamed(c.value, named), c.replaces) for c in old.changes),
        ).sealed_with(author.key)

    return remake


def _renamed(value: JSON, named: dict[str, str]) -> JSON:
    """An answer may name its officer: a notice says to whom it goes."""
    if isinstance(value, str):
        return named.get(value, value)
    if isinstance(value, list):
        return [_renamed(item, named) for item in value]
    if isinstance(value, dict):
        return {key: _renamed(item, named) for key, item in value.items()}
    return value
