"""A new data key after a compromise: everything is written anew under it, beside what there is, and one rename decides.

Until `vault.json` is replaced the old key and its database count, and what was prepared is swept away at the next
opening. From then on only the new ones do, and the next opening finishes what a power cut left.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from casework.canonical import JSON, canonical
from desktop.store.attachments.attachment_files import FOLDER
from desktop.store.database import connection as database
from desktop.store.database import opening
from desktop.store.database.audit_chain import FORMER_KEYS
from desktop.store.database.connection import Connection, from_json
from desktop.store.database.database_copy import copy_database, prove_database
from desktop.store.database.remembered import OFFICER
from desktop.store.database.writer import Transaction, advance, last_link
from desktop.store.disk.errors import AttachmentDamaged, DiskGone, VaultDamaged
from desktop.store.disk.files import disk_troubles, overwrite_and_remove, sync_file, sync_folder, write_atomically
from desktop.store.disk.keys import KEY_BYTES, Argon2Cost, DataKey
from desktop.store.disk.on_failure import on_failure
from desktop.store.disk.streams import Decrypted, encrypt, plain_pieces
from desktop.store.unlock import keyfile, two_copies
from desktop.store.unlock.recovery_code import RecoveryCode
from desktop.store.unlock.slots import cost_of, passphrase_slot, recovery_slot

STAGED = "vault-staged.db"  # being written, under the old key at first: worth nothing until it is whole
NEXT = "vault-next.db"  # whole, and under the new key only
Progress = Callable[[int, int], None]  # how much is done, of how much


@dataclass(frozen=True, slots=True)
class NewWays:
    """What will open the store: the passphrase and its cost, and a recovery code that is shown once."""

    passphrase: str
    code: RecoveryCode
    cost: Argon2Cost

    @classmethod
    def choose(cls, folder: Path, passphrase: str) -> NewWays:
        """Guessing stays as dear as it was."""
        found = keyfile.read(folder).of_kind("passphrase")[0]
        return cls(passphrase, RecoveryCode.fresh(), cost_of(found))


def rekey(folder: Path, old: DataKey, ways: NewWays, now: opening.Now, progress: Progress) -> DataKey:
    """The caller holds the folder's lock, and nothing of the store is open. Raises DiskFull and the like, and then
    everything is as it was."""
    new, at = DataKey.fresh(), now().isoformat(timespec="seconds")
    card = keyfile.read(folder)
    card = replace(card, slots=()).with_slot(passphrase_slot(card.vault_id, new, ways.passphrase, ways.cost, at))
    card = card.with_slot(recovery_slot(card.vault_id, new, ways.code, at))
    with on_failure(lambda: abandon(folder)):
        _prepare(folder, old, new, now, progress)
    _decide(folder, card.sealed(new.subkey("keyfile")))
    finish(folder, new)
    return new


def settle(folder: Path, key: DataKey) -> None:
    """Before a store is opened: finishes or sweeps away a change of the key that was cut off."""
    if (folder / NEXT).exists() and _opens(folder / NEXT, key):
        finish(folder, key)
    abandon(folder)


def abandon(folder: Path) -> None:
    """New attachments without a row go with the usual sweep."""
    with disk_troubles():
        for path in (*folder.glob(STAGED + "*"), *folder.glob(NEXT + "*")):
            path.unlink()


def finish(folder: Path, key: DataKey) -> None:
    """The mark first: the database that it belongs to has the new key already. Twice is harmless."""
    prove_database(folder / NEXT, key)
    opening.mark_anew(folder, key, name=NEXT)
    with disk_troubles():
        for rest in ("-wal", "-shm"):
            (folder / (database.NAME + rest)).unlink(missing_ok=True)
        (folder / NEXT).replace(folder / database.NAME)
        sync_folder(folder)
    overwrite_and_remove(folder / opening.BEFORE)  # a copy from before an update, under the old key


def _prepare(folder: Path, old: DataKey, new: DataKey, now: opening.Now, progress: Progress) -> None:
    """The database as it stands, its key, every photograph and document; only then the name that counts."""
    staged = folder / STAGED
    _copy(folder, staged, old)
    with _staged(staged, old) as connection:
        connection.execute(f"PRAGMA rekey=\"x'{new.subkey('database').hex()}'\"")
    with _staged(staged, new) as connection:
        connection.execute("BEGIN IMMEDIATE")
        rows = connection.execute("SELECT sha256, file, key FROM attachment ORDER BY rowid").fetchall()
        for number, row in enumerate(rows):
            progress(number, len(rows) + 1)
            _rewrite(folder / FOLDER, connection, *row)
        _hand_over_trail(connection, old, new, now)
        connection.execute("COMMIT")
    with disk_troubles():
        sync_file(staged)
        prove_database(staged, new)
        staged.replace(folder / NEXT)
        sync_folder(folder)
    progress(len(rows) + 1, len(rows) + 1)


def _copy(folder: Path, to: Path, old: DataKey) -> None:
    """Everything is taken out of the WAL first; nobody else writes."""
    connection = database.connect(folder / database.NAME, old.subkey("database"))
    try:
        copy_database(connection, to, old)
    finally:
        connection.close()


def _rewrite(folder: Path, connection: Connection, sha256: str, file: str, key: bytes) -> None:
    """A new file with a new name and key. A damaged one stays as it is: it must not keep the others from being safe."""
    fresh, secret = os.urandom(16).hex(), os.urandom(KEY_BYTES)
    try:
        with disk_troubles(), (folder / file).open("rb") as source, Decrypted(key, source) as plain:
            pieces = plain_pieces(plain)  # type: ignore[arg-type]  # a raw reader reads as a binary file does
            write_atomically(folder / fresh, lambda to: encrypt(secret, pieces, to))
    except (AttachmentDamaged, DiskGone):
        return
    connection.execute("UPDATE attachment SET file = ?, key = ? WHERE sha256 = ?", (fresh, secret, sha256))


def _hand_over_trail(connection: Connection, old: DataKey, new: DataKey, now: opening.Now) -> None:
    """What was sealed with the old key is still checked with it; it lies in the database, under the new one."""
    found = connection.execute("SELECT value FROM setting WHERE key = ?", (FORMER_KEYS,)).fetchone()
    former: list[JSON] = from_json(found[0]) if found else []
    former.append({"last": last_link(connection).count, "key": old.subkey("audit").hex()})
    connection.execute(
        "INSERT INTO setting VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (FORMER_KEYS, canonical(former).decode()),
    )
    officer = connection.execute("SELECT value FROM setting WHERE key = 'officer'").fetchone()
    actor = OFFICER.read(officer[0]).id if officer else ""
    Transaction(connection, new.subkey("audit"), now(), actor).audit("rekeyed")
    advance(connection)


def _decide(folder: Path, card: keyfile.KeyFile) -> None:
    """The old copy goes first, so that the one rename leaves no way to the old key."""
    with disk_troubles():
        (folder / two_copies.COPY).unlink(missing_ok=True)
        sync_folder(folder)
    keyfile.write(folder, card)


def _opens(path: Path, key: DataKey) -> bool:
    try:
        database.connect_reader(path, key.subkey("database")).close()
    except VaultDamaged:
        return False
    return True


@contextlib.contextmanager
def _staged(path: Path, key: DataKey) -> Iterator[Connection]:
    """The database being prepared: nobody else knows it, and a power cut makes an end of it."""
    with database.sentences():
        connection = database.connect_staged(path, key.subkey("database"))
        try:
            yield connection
        finally:
            connection.close()
