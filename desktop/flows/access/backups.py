"""Copies of the store, encrypted as it is, checked by opening them."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from desktop.flows.access.errors import TAKES_NOTHING
from desktop.flows.access.unlocking import Gate
from desktop.flows.desk import Desk
from desktop.flows.record.editing import seal_all
from desktop.store.disk.errors import BackupFailed, VaultExists
from desktop.store.vault import Vault

TRIES = 10


@dataclass(frozen=True)
class Elsewhere:
    """A store brought away from its disk, open, and the gate of where it lies now."""

    gate: Gate
    desk: Desk


def back_up(desk: Desk, folder: Path) -> Path:
    """Drafts are sealed first, so that the copy holds what was said. Returns the backup, opened once to check it."""
    if desk.officer.id:
        with contextlib.suppress(*TAKES_NOTHING):  # then they are in the copy as they were typed
            seal_all(desk)
    return desk.vault.backup(folder)


def rescue(gate: Gate, store: Path, passphrase: str, home: Path) -> Path:
    """Brings a store from a disk that takes nothing more to another home. Returns its new folder."""
    elsewhere = Gate(home, gate.catalogue, gate.now, bounds=gate.bounds)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder = elsewhere.free_folder()
    Vault.rescue(store, folder, passphrase, terms=gate.terms).close()
    return folder


def go_on_elsewhere(gate: Gate, store: Path, passphrase: str, home: Path) -> Elsewhere:
    """As `rescue`, and opened there."""
    folder = rescue(gate, store, passphrase, home)
    there = Gate(home, gate.catalogue, gate.now, bounds=gate.bounds)
    return Elsewhere(there, there.unlock(folder, passphrase))


def restore(gate: Gate, backup: Path, passphrase: str) -> Path:
    """Puts a backup beside what is here; nothing is overwritten. Returns the folder of the restored store."""
    for _try in range(TRIES):
        folder = gate.free_folder()
        with contextlib.suppress(VaultExists):  # another restore was there first: what it built is somebody's store
            Vault.restore(backup, folder, passphrase, terms=gate.terms).close()
            return folder
    message = "Too many stores are being restored here at once. Wait a moment, then try again."
    raise BackupFailed(message)
