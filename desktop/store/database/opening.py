"""From a folder and a data key to a store that works: lock, database, migrations, anchor, writer, readers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.store.database import connection as database
from desktop.store.database import migrations
from desktop.store.database.audit_chain import went_back
from desktop.store.database.connection import Connection
from desktop.store.database.database_copy import copy_database
from desktop.store.database.readers import Readers
from desktop.store.database.rollback_mark import NAME as ANCHOR
from desktop.store.database.rollback_mark import Anchor, Reached
from desktop.store.database.writer import Writer, last_link
from desktop.store.disk.errors import VaultDamaged, VaultMissing
from desktop.store.disk.files import told_when_full
from desktop.store.disk.keys import DataKey

BEFORE = "vault-before-update.db"

Now = Callable[[], datetime]


@dataclass(frozen=True)
class Store:
    """The parts every drawer of the vault is made from. `notices` are sentences for the worker."""

    folder: Path
    writer: Writer
    readers: Readers
    anchor: Anchor
    notices: tuple[str, ...]

    def close(self) -> None:
        self.readers.close()
        self.writer.close()
        self.anchor.close()


def make(path: Path, key: DataKey, now: Now) -> None:
    """A new, empty database with its anchor."""
    connection = database.connect(path, key.subkey("database"))
    try:
        migrations.climb(connection, now=now, before=_nothing_to_keep)
    finally:
        connection.close()


def mark_anew(folder: Path, key: DataKey, *, name: str = database.NAME) -> None:
    """For a restored backup or a new key: the mark is where that database stands, not where the laptop had got."""
    (folder / ANCHOR).unlink(missing_ok=True)
    reader = database.connect_reader(folder / name, key.subkey("database"))
    anchor = Anchor(folder / ANCHOR, key.subkey("anchor"))
    try:
        head = last_link(reader)
        tally = reader.execute("SELECT tally FROM mark").fetchone()[0]
        anchor.write(Reached(tally, head.count, bytes.fromhex(head.mac)))
    finally:
        anchor.close()
        reader.close()


def open_store(folder: Path, key: DataKey, now: Now) -> Store:
    """The caller holds the folder's lock. Raises a VaultError that says what is wrong."""
    path = folder / database.NAME
    if not path.exists():
        message = "The records of this store are missing from its folder. Restore your last backup."
        raise VaultMissing(message)
    with contextlib.ExitStack() as undo, told_when_full(folder), database.sentences():
        _roll_back(path, key)
        _refuse_newer(path, key)
        connection = database.connect(path, key.subkey("database"))
        undo.callback(connection.close)
        migrations.climb(connection, now=now, before=lambda: keep_copy(connection, path, key), ladder=migrations.LADDER)
        refuse_missing_triggers(connection)
        anchor = Anchor(folder / ANCHOR, key.subkey("anchor"))
        undo.callback(anchor.close)
        notices = _compare(connection, anchor)
        undo.pop_all()
    writer = Writer(connection, anchor, audit_key=key.subkey("audit"), now=now)
    readers = Readers(lambda: database.connect_reader(path, key.subkey("database")))
    return Store(folder, writer, readers, anchor, notices)


def _roll_back(path: Path, key: DataKey) -> None:
    """Power was cut while the file was given its WAL, as a restored or new one is: only a writer can undo that."""
    if path.with_name(path.name + "-journal").exists():
        database.connect(path, key.subkey("database")).close()


def _refuse_newer(path: Path, key: DataKey) -> None:
    """Looked at through a connection that cannot write, so that a newer store is left as it is to the byte."""
    reader = database.connect_reader(path, key.subkey("database"))
    try:
        migrations.refuse_newer(migrations.version(reader), migrations.LADDER)
    finally:
        reader.close()


def refuse_missing_triggers(connection: Connection) -> None:
    """A table that lost its triggers would let the trail be edited and the search go stale without a word."""
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    if not found >= migrations.TRIGGERS:
        message = "Safeguards of this store have been removed from outside. Restore your last backup."
        raise VaultDamaged(message)


def _compare(connection: Connection, anchor: Anchor) -> tuple[str, ...]:
    """The database may be ahead of its anchor, never behind it."""
    noted = anchor.read()
    tally = connection.execute("SELECT tally FROM mark").fetchone()[0]
    if noted is None:
        return () if tally == 0 else (MARK_GONE,)
    held = connection.execute("SELECT mac FROM audit WHERE n = ?", (noted.count,)).fetchone()
    if tally < noted.tally or not _is_held(noted, held):
        count = connection.execute("SELECT count(*) FROM audit").fetchone()[0]
        return (went_back(count, noted.count),)
    return ()


def _is_held(noted: Reached, held: tuple[bytes] | None) -> bool:
    return noted.count == 0 or (held is not None and held[0] == noted.mac)


MARK_GONE = (
    "The mark that shows how far this store had got is missing or damaged, so Homeward cannot tell whether "
    "an older copy was put in its place. Check that your latest work is here."
)


def keep_copy(connection: Connection, path: Path, key: DataKey) -> None:
    """The store as it was before a migration, beside it, opened and checked before the first change."""
    copy_database(connection, path.with_name(BEFORE), key)


def _nothing_to_keep() -> None:
    """A store that is being made has nothing to back up yet."""
