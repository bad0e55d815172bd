"""Making, unlocking, restoring and erasing: everything about a vault that happens before or after it is open."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.store import backup as backups
from desktop.store import rekeying
from desktop.store.database import connection, opening
from desktop.store.database.search_words import Wording, plain_wording
from desktop.store.disk import try_delays
from desktop.store.disk.errors import DiskFull, DiskReadOnly, KeyFileDamaged, WrongPassphrase
from desktop.store.disk.files import built_beside, disk_troubles, overwrite_and_remove
from desktop.store.disk.keys import SAFE, Argon2Cost, Bounds, DataKey
from desktop.store.disk.lock_file import NAME as LOCK
from desktop.store.disk.lock_file import InstanceLock
from desktop.store.unlock import keyfile
from desktop.store.unlock.slots import passphrase_slot
from desktop.store.unlock.ways_in import by_passphrase


def local_now() -> datetime:
    """With the offset of this laptop's time zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the world around a vault is: its clock, the seconds its machine has been running, the costs it accepts, and
    which words can be searched for."""

    now: opening.Now = local_now
    uptime: Callable[[], float] = try_delays.since_boot
    bounds: Bounds = SAFE
    wording: Wording = plain_wording


USUAL = Terms()


def build(folder: Path, passphrase: str, *, label: str, cost: Argon2Cost, terms: Terms) -> DataKey:
    """A whole, empty vault: built beside `folder` and moved there in one step. Raises VaultExists."""
    terms.bounds.check(cost)
    key = DataKey.fresh()
    at = terms.now().isoformat(timespec="seconds")
    card = keyfile.KeyFile.fresh(label, at)
    card = card.with_slot(passphrase_slot(card.vault_id, key, passphrase, cost, at))
    with built_beside(folder) as making:
        opening.make(making / connection.NAME, key, terms.now)
        keyfile.write(making, card.sealed(key.subkey("keyfile")))
    return key


def unlock(
    folder: Path, card: keyfile.KeyFile, find_key: Callable[[keyfile.KeyFile], DataKey], terms: Terms
) -> DataKey:
    """Counts wrong tries, refuses a forged key file, mends one whose two copies differ."""
    with counted_tries(folder, terms.uptime):
        key = find_key(card)
    refuse_forged(card, key)
    keyfile.is_mended(folder, card)
    rekeying.settle(folder, key)
    return key


def restore(backup: Path, folder: Path, passphrase: str, terms: Terms) -> DataKey:
    """Proves the backup, copies it to a new folder, and sets its mark to where the backup was."""
    card = keyfile.read(backup)
    key = by_passphrase(card, passphrase, terms.bounds)
    refuse_forged(card, key)
    backups.prove(backup, key)
    with built_beside(folder) as making:
        backups.copy_back(backup, making, key)
        opening.mark_anew(making, key)
    return key


@contextlib.contextmanager
def held_if_possible(folder: Path) -> Iterator[None]:
    """So that nobody else writes there; where nobody can write, nobody need be kept out. Raises VaultInUse."""
    lock = None
    with contextlib.suppress(DiskFull, DiskReadOnly):
        lock = InstanceLock(folder)
    try:
        yield
    finally:
        if lock is not None:
            lock.release()


def rescue(source: Path, folder: Path, passphrase: str, terms: Terms) -> DataKey:
    """The whole store of a disk that takes nothing more, in a new folder: file by file as it lies there, for a database
    that cannot be written cannot always be opened either. Nothing is written in `source`."""
    card = keyfile.read(source)
    with counted_tries(source, terms.uptime):
        key = by_passphrase(card, passphrase, terms.bounds)
    refuse_forged(card, key)
    with built_beside(folder) as making:
        for path in sorted(source.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.name != LOCK:
                backups.copy_file(path, making / path.relative_to(source))
        rekeying.settle(making, key)
    return key


def erase(folder: Path) -> None:
    """The slots first: from then on nothing opens the rest, whatever happens to it."""
    keyfile.destroy(folder)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            overwrite_and_remove(path)
    with disk_troubles():
        shutil.rmtree(folder)


@contextlib.contextmanager
def counted_tries(folder: Path, uptime: Callable[[], float]) -> Iterator[None]:
    """Raises TooManyTries too early; counts a wrong one."""
    try_delays.refuse_early(folder, uptime())
    try:
        yield
    except WrongPassphrase:
        try_delays.wrong(folder, uptime())
        raise


def refuse_forged(card: keyfile.KeyFile, key: DataKey) -> None:
    if not card.is_sealed_by(key.subkey("keyfile")):
        message = (
            "The key file of this store has been changed by somebody who did not have the passphrase. "
            "Restore it from your last backup, and tell your administrator."
        )
        raise KeyFileDamaged(message)
