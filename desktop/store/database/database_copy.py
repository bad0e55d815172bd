"""A copy of the database under the same key, not called good before it has been opened and read through."""

from __future__ import annotations

from pathlib import Path

from desktop.store.database.connection import Connection, SqlError, connect_reader, told
from desktop.store.disk.errors import BackupFailed, VaultDamaged
from desktop.store.disk.files import disk_troubles, sync_file
from desktop.store.disk.keys import DataKey
from desktop.store.disk.on_failure import on_failure


def copy_database(connection: Connection, to: Path, key: DataKey) -> None:
    """Works beside other readers; the copy replaces an older one at `to` only once it is known to be whole."""
    beside = to.with_name(to.name + ".new")
    with disk_troubles():
        beside.unlink(missing_ok=True)
        with on_failure(lambda: beside.unlink(missing_ok=True)):
            _vacuum_into(connection, beside)
            sync_file(beside)
            prove_database(beside, key)
            beside.replace(to)


def prove_database(path: Path, key: DataKey) -> None:
    """Reads every page and every index. Raises VaultDamaged, BackupFailed."""
    reader = connect_reader(path, key.subkey("database"))
    try:
        broken = reader.execute("PRAGMA cipher_integrity_check").fetchall()
        verdict = reader.execute("PRAGMA integrity_check").fetchall()
    except SqlError as error:
        raise told(error) from error
    finally:
        reader.close()
    if broken or verdict != [("ok",)]:
        message = "The copy of the store did not read back as it should, so it is not a backup. Try another disk."
        raise BackupFailed(message)


def _vacuum_into(connection: Connection, to: Path) -> None:
    try:
        connection.execute("VACUUM INTO ?", (str(to),))
    except SqlError as error:
        raise told(error) from error


def whole(path: Path, key: DataKey) -> bool:
    """Whether every page of the database reads as it was written."""
    try:
        prove_database(path, key)
    except (VaultDamaged, BackupFailed):
        return False
    return True
