"""A backup is a folder that could be a vault: key file, database copy, attachments, and a list of them all with its
seal. It is not called good before every byte of it has been read back and opened."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from casework.canonical import JSON, canonical, parse
from casework.errors import AnswerError
from desktop.store.attachments.attachment_files import FOLDER
from desktop.store.database import connection
from desktop.store.database.connection import SqlError, connect_reader, told
from desktop.store.database.database_copy import copy_database, prove_database
from desktop.store.database.remembered import BackupPlan, LastBackup
from desktop.store.disk.errors import BackupFailed, DiskGone, VaultError
from desktop.store.disk.files import built_beside, disk_troubles, put, write_atomically
from desktop.store.disk.keys import DataKey, SubKey
from desktop.store.disk.streams import Decrypted, plain_pieces
from desktop.store.unlock import keyfile, two_copies

MANIFEST = "backup.json"
MOST_MANIFEST = 64 * 1024 * 1024  # a line for each photograph
PREFIX = "Homeward backup "
COPIED = (connection.NAME, two_copies.NAME, two_copies.COPY)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: the BLAKE2b of each file, sealed by the vault's backup key."""

    vault_id: str
    made_at: str
    files: dict[str, str]

    def to_bytes(self, key: SubKey) -> bytes:
        content: dict[str, JSON] = {"vault": self.vault_id, "made_at": self.made_at, "files": dict(self.files)}
        seal = hmac.new(key, canonical(content), hashlib.sha256).hexdigest()
        return json.dumps(content | {"seal": seal}, indent=1).encode()

    @classmethod
    def read(cls, folder: Path, key: SubKey) -> Manifest:
        """Raises BackupFailed unless it is as it was written."""
        with disk_troubles():
            data = _manifest_bytes(folder / MANIFEST)
        try:
            found = parse(data)
        except (AnswerError, UnicodeDecodeError) as error:
            raise _not_whole() from error
        if not isinstance(found, dict):
            raise _not_whole()
        manifest = cls(str(found.get("vault")), str(found.get("made_at")), _texts(found.get("files")))
        if not hmac.compare_digest(manifest.to_bytes(key), data):
            raise _not_whole()
        return manifest


@dataclass(frozen=True, slots=True)
class Plan:
    """Backups by themselves: where, how often, how many are kept, and when the last was."""

    to: Path
    every: timedelta
    keep: int
    last: datetime | None

    @classmethod
    def of(cls, plan: BackupPlan | None, last: LastBackup | None) -> Plan | None:
        """None where none are planned."""
        if plan is None:
            return None
        when = datetime.fromisoformat(last.at) if last else None
        return cls(Path(plan.to), timedelta(days=plan.every_days), plan.keep, when)

    def is_due(self, now: datetime) -> bool:
        return self.last is None or now - self.last >= self.every


def thin_out(plan: Plan, vault_id: str) -> None:
    """Removes the oldest of this vault beyond the number kept; other people's stay."""
    mine = [path for path in sorted(plan.to.glob(PREFIX + "*")) if _is_of(path, vault_id)]
    with disk_troubles():
        for path in mine[: -plan.keep]:
            keyfile.destroy(path)
            shutil.rmtree(path)


def _is_of(folder: Path, vault_id: str) -> bool:
    try:
        return keyfile.read(folder).vault_id == vault_id
    except VaultError:
        return False


def make(source: Path, to: Path, key: DataKey, now: datetime) -> Path:
    """A new folder in `to`, which must exist; a stick that was taken out is not made anew. Raises BackupFailed."""
    if not to.is_dir():
        message = f"The folder or stick for backups is not there: “{to.name}”. Plug it in, then try again."
        raise DiskGone(message)
    folder = to / f"{PREFIX}{now:%Y-%m-%d %H%M%S}"
    with built_beside(folder) as making:
        _copy_store(source, making, key)
        manifest = Manifest(keyfile.read(making).vault_id, now.isoformat(timespec="seconds"), _hashes(making))
        write_atomically(making / MANIFEST, lambda file: put(file, manifest.to_bytes(key.subkey("backup"))))
        prove(making, key)
    return folder


def prove(folder: Path, key: DataKey) -> Manifest:
    """The drill: every hash, every page, every photograph. Raises BackupFailed with what is wrong."""
    manifest = Manifest.read(folder, key.subkey("backup"))
    if _hashes(folder) != manifest.files:
        raise _not_whole()
    prove_database(folder / connection.NAME, key)
    for file, file_key, sha256 in _attachment_rows(folder, key):
        if _plain_sha256(folder / FOLDER / file, file_key) != sha256:
            raise _not_whole()
    return manifest


def copy_back(backup: Path, to: Path, key: DataKey) -> None:
    """What `prove` has just found good, into an empty folder, and compared again on arrival."""
    manifest = Manifest.read(backup, key.subkey("backup"))
    for name in manifest.files:
        copy_file(backup / name, to / name)
    if _hashes(to) != manifest.files:
        raise _not_whole()


def copy_file(source: Path, to: Path) -> None:
    with disk_troubles():
        to.parent.mkdir(exist_ok=True, mode=0o700)
        with source.open("rb") as file:
            write_atomically(to, lambda copy: _pour(lambda: file.read(1 << 20), lambda data: put(copy, data)))


def _pour(take: Callable[[], bytes], give: Callable[[bytes], None]) -> None:
    while data := take():
        give(data)


def _copy_store(source: Path, making: Path, key: DataKey) -> None:
    """The database first: whatever attachment it names was whole on the disk before."""
    reader = connect_reader(source / connection.NAME, key.subkey("database"))
    try:
        reader.execute("PRAGMA query_only=OFF")  # the copy is a write to another file; this one stays read-only
        copy_database(reader, making / connection.NAME, key)
    finally:
        reader.close()
    keyfile.write(making, keyfile.read(source))
    for file, _key, _sha256 in _attachment_rows(making, key):
        copy_file(source / FOLDER / file, making / FOLDER / file)


def _attachment_rows(folder: Path, key: DataKey) -> list[tuple[str, bytes, str]]:
    reader = connect_reader(folder / connection.NAME, key.subkey("database"))
    try:
        found: list[tuple[str, bytes, str]] = reader.execute("SELECT file, key, sha256 FROM attachment").fetchall()
    except SqlError as error:
        raise told(error) from error
    finally:
        reader.close()
    return found


def _hashes(folder: Path) -> dict[str, str]:
    with disk_troubles():
        paths = [folder / name for name in COPIED] + sorted((folder / FOLDER).glob("*"))
        found = [path for path in paths if path.exists() or path.is_symlink()]
        if not all(map(_is_plain, (folder / FOLDER, *found))):
            raise _not_whole()
        return {path.relative_to(folder).as_posix(): _blake(path) for path in found}


def _is_plain(path: Path) -> bool:
    """Neither a link to somewhere else, nor a pipe or a device that never ends. What is not there is no harm."""
    mode = path.lstat().st_mode if os.path.lexists(path) else stat.S_IFREG
    return stat.S_ISREG(mode) or (stat.S_ISDIR(mode) and path.name == FOLDER)


def _manifest_bytes(path: Path) -> bytes:
    """Empty for one that no backup has."""
    if not path.exists() or not _is_plain(path):
        return b""
    with path.open("rb") as file:
        return file.read(MOST_MANIFEST)


def _blake(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=32)).hexdigest()


def _plain_sha256(path: Path, key: bytes) -> str:
    digest = hashlib.sha256()
    with disk_troubles(), path.open("rb") as source, Decrypted(key, source) as plain:
        for piece in plain_pieces(plain):  # type: ignore[arg-type]  # a raw reader reads as a binary file does
            digest.update(piece)
    return digest.hexdigest()


def _texts(value: JSON) -> dict[str, str]:
    return {name: str(found) for name, found in value.items()} if isinstance(value, dict) else {}


def _not_whole() -> BackupFailed:
    return BackupFailed(
        "This backup is not whole: a part of it is missing or has changed. Use another one; do not rely on this."
    )
