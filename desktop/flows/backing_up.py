"""Copies of the store, encrypted as it is, checked by opening them."""

from __future__ import annotations

import shutil
from pathlib import Path

from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.records import seal_all
from desktop.flows.unlocking import Gate
from desktop.store.vault import Vault


def back_up(desk: Desk, folder: Path) -> Path:
    """Drafts are sealed first, so that the copy holds what was said. Returns the backup, opened once to check it."""
    if desk.officer.id:
        seal_all(desk)
    return desk.vault.backup(folder)


def restore(gate: Gate, backup: Path, passphrase: str) -> Path:
    """Puts a backup beside what is here; nothing is overwritten. Returns the folder of the restored store."""
    folder = gate.free_folder()
    try:
        Vault.restore(backup, folder, passphrase, terms=gate.terms).close()
    except KnownError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder
