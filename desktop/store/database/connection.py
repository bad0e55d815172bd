"""Opening the encrypted database, and only an encrypted one."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec
import sqlcipher3
import sqlcipher3.dbapi2

# WORKAROUND: sqlite-utils catches the exceptions of the module it finds as pysqlite3; SQLCipher raises its own
# classes, so without these two lines seven of its operations fail (store study, 1).
sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

from casework.errors import BugError  # noqa: E402
from desktop.store.disk.errors import (  # noqa: E402
    NO_ROOM,
    NO_WRITING,
    DiskFull,
    DiskGone,
    DiskReadOnly,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultNotEncrypted,
)
from desktop.store.disk.files import disk_troubles  # noqa: E402
from desktop.store.disk.keys import KEY_BYTES, SubKey  # noqa: E402

if TYPE_CHECKING:
    from sqlite_utils import Database

NAME = "vault.db"
PLAIN_HEADER = b"SQLite format 3\0"
# Several readers at once: a small cache each keeps a large store from taking memory that a small one does not.
READER_PRAGMAS = ("query_only=ON", "temp_store=MEMORY", "trusted_schema=OFF", "busy_timeout=5000", "cache_size=-2000")
Connection: TypeAlias = Any  # sqlcipher3.Connection: the package has no types
SqlError = sqlcipher3.Error

WRITER_CACHE = -4000  # in kB
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "busy_timeout=5000",
    f"cache_size={WRITER_CACHE}",
)


def connect(path: Path, key: SubKey) -> Connection:
    """A keyed connection for writing; makes the file if there is none."""
    refuse_plain(path)
    connection = _keyed(path.absolute().as_uri(), key)
    try:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except SqlError as error:
        connection.close()
        raise told(error) from error
    refuse_plain(path)
    return connection


def connect_reader(path: Path, key: SubKey) -> Connection:
    """A keyed connection that cannot write a byte, not even to recover or to checkpoint."""
    refuse_plain(path)
    connection = _keyed(path.absolute().as_uri() + "?mode=ro", key)
    for pragma in READER_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def connect_staged(path: Path, key: SubKey) -> Connection:
    """For a copy that is changed before anybody uses it: no WAL beside it, and its rollback only in memory."""
    connection = _keyed(path.absolute().as_uri(), key)
    for pragma in ("journal_mode=MEMORY", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def toolkit(connection: Connection) -> Database:
    """sqlite-utils over a connection that is already keyed; never give it a path, it would write plain."""
    from sqlite_utils import Database  # noqa: PLC0415 - a fifth of a second before anybody has unlocked anything

    return Database(connection, execute_plugins=False)


def refuse_plain(path: Path) -> None:
    """A forgotten key makes SQLCipher write plain SQLite without a word (store study, 6)."""
    if _header(path) == PLAIN_HEADER:
        message = (
            "The file where this store should be is not encrypted, so Homeward did not write it and "
            "will not use it. Tell your administrator."
        )
        raise VaultNotEncrypted(message)


def _header(path: Path) -> bytes:
    with disk_troubles():
        if not path.exists():
            return b""
        with path.open("rb") as file:
            return file.read(len(PLAIN_HEADER))


@contextlib.contextmanager
def sentences() -> Iterator[None]:
    """Turns what SQLite says within the block into a sentence."""
    try:
        yield
    except SqlError as error:
        raise told(error) from error


def told(error: Exception) -> VaultError:
    """What SQLite says, as a sentence. A mistake of ours stays one: BugError."""
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith("SQLITE_FULL"):
        return DiskFull(NO_ROOM)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return DiskReadOnly(NO_WRITING)
    if name.startswith("SQLITE_IOERR"):
        return DiskGone("The disk or stick no longer answers. Check that it is plugged in, then try again.")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return VaultInUse("Another program is using this store. Close it, then try again.")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged()
    msg = f"the database refused a statement: {name or type(error).__name__}"
    raise BugError(msg) from error


def damaged() -> VaultDamaged:
    return VaultDamaged(
        "Part of this store cannot be read; the disk may be failing. Do not carry on in it: "
        "restore your last backup, or ask your administrator."
    )


def from_json(text: object) -> Any:
    """What was stored as JSON. A page that fails its check may be handed over as noughts: that is damage, not a bug."""
    try:
        return _READER.decode(str(text))
    except (ValueError, msgspec.DecodeError) as error:
        raise damaged() from error


_READER = msgspec.json.Decoder()


def _keyed(uri: str, key: SubKey) -> Connection:
    """The key is sent as 64 hexadecimal digits: any other length would silently become a passphrase."""
    if len(key) != KEY_BYTES:
        message = "a database key of the wrong length"
        raise BugError(message)
    try:
        connection = sqlcipher3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    except SqlError as error:
        raise told(error) from error
    try:
        connection.execute("PRAGMA cipher_log_level=NONE")  # it writes to standard error of its own accord
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            message = "this SQLite has no encryption"
            raise BugError(message)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except SqlError as error:
        connection.close()
        raise told(error) from error
    return connection


def roll_back(connection: Connection) -> None:
    """The transaction that is open, if one still is: SQLite ends some of itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")
