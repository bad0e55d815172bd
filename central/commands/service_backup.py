"""Backups of the service."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url

from central.database.errors import CentralError
from central.database.home import Home, write_private
from central.keys import key_files


def back_up(home: Home, to: Path, now: datetime) -> Path:
    """A folder that `--home` can name, once two keepers made it running keys of its own (`keys issue`): whoever takes a
    backup cannot play the service with it. Raises CentralError for PostgreSQL, which its own tools copy better."""
    address = make_url(home.settings().database)
    if address.get_backend_name() != "sqlite" or address.database is None:
        message = "The database is PostgreSQL: copy it with pg_dump, and the folders “keys” and “blobs” beside it."
        raise CentralError(message)
    folder = to / f"homeward-central-{now:%Y-%m-%d-%H%M%S}"
    folder.mkdir(parents=True, mode=0o700)
    _copy_database(Path(address.database), folder / "central.sqlite")
    left_out = key_files.left_out_of_backups(home.keys)
    for name in ("keys", "blobs"):
        if (home.folder / name).exists():
            shutil.copytree(home.folder / name, folder / name, ignore=shutil.ignore_patterns(*left_out))
    for notes in home.folder.glob("*.jsonl"):  # who left, whose laptop was erased, whose passphrase was answered
        write_private(folder / notes.name, notes.read_bytes())
    copy = Home(folder)
    settings = home.settings()
    copy.keep(type(settings)(council=settings.council, database=copy.default_database))
    _prove(folder / "central.sqlite")
    return folder


def _copy_database(source: Path, target: Path) -> None:
    """Consistent while the service runs."""
    write_private(target, b"")
    opened, copy = sqlite3.connect(source), sqlite3.connect(target)
    try:
        opened.backup(copy)
    finally:
        copy.close()
        opened.close()


def _prove(database: Path) -> None:
    opened = sqlite3.connect(database)
    try:
        (found,) = opened.execute("PRAGMA integrity_check").fetchone()
    finally:
        opened.close()
    if found != "ok":
        message = f"The copy is damaged: {found}. The backup does not count."
        raise CentralError(message)
