"""Making, unlocking, restoring and erasing: everything about a vault that happens before or after it is open."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.store import backup as backups
from desktop.store import database, delays, keyfile, opening, rekeying
from desktop.store.errors import KeyFileDamaged, WrongPassphrase
from desktop.store.files import built_beside, disk_troubles, overwrite_and_remove
from desktop.store.keys import SAFE, Argon2Cost, Bounds, DataKey
from desktop.store.slots import passphrase_slot
from desktop.store.ways import by_passphrase
from desktop.store.wording import Wording, plain_wording


def local_now() -> datetime:
    """With the offset of this laptop's time zone."""
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the world around a vault is: its clock, the costs it accepts, and which words can be searched for."""

    now: opening.Now = local_now
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
        opening.make(making / database.NAME, key, terms.now)
        keyfile.write(making, card.sealed(key.subkey("keyfile")))
    return key


def unlock(
    folder: Path, card: keyfile.KeyFile, find_key: Callable[[keyfile.KeyFile], DataKey], now: opening.Now
) -> DataKey:
    """Counts wrong tries, refuses a forged key file, mends one whose two copies differ."""
    with counted_tries(folder, now):
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


def erase(folder: Path) -> None:
    """The slots first: from then on nothing opens the rest, whatever happens to it."""
    keyfile.destroy(folder)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            overwrite_and_remove(path)
    with disk_troubles():
        shutil.rmtree(folder)


@contextlib.contextmanager
def counted_tries(folder: Path, now: opening.Now) -> Iterator[None]:
    """Raises TooManyTries too early; counts a wrong one."""
    delays.refuse_early(folder, now())
    try:
        yield
    except WrongPassphrase:
        delays.wrong(folder, now())
        raise


def refuse_forged(card: keyfile.KeyFile, key: DataKey) -> None:
    if not card.is_sealed_by(key.subkey("keyfile")):
        message = (
            "The key file of this store has been changed by somebody who did not have the passphrase. "
            "Restore it from your last backup, and tell your administrator."
        )
        raise KeyFileDamaged(message)
