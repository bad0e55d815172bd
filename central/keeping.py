"""Backups of the service, and the council's answer to a laptop whose passphrase was forgotten."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import make_url

from casework.canonical import parse
from casework.errors import AnswerError
from casework.recovery import Request, answer
from central.errors import CentralError
from central.home import Home, write_private


def back_up(home: Home, to: Path, now: datetime) -> Path:
    """A folder that `--home` can name. Raises CentralError for PostgreSQL, which its own tools copy better."""
    address = make_url(home.settings().database)
    if address.get_backend_name() != "sqlite" or address.database is None:
        message = "The database is PostgreSQL: copy it with pg_dump, and the folders “keys” and “blobs” beside it."
        raise CentralError(message)
    folder = to / f"homeward-central-{now:%Y-%m-%d-%H%M%S}"
    folder.mkdir(parents=True, mode=0o700)
    _copy_database(Path(address.database), folder / "central.sqlite")
    for name in ("keys", "blobs"):
        if (home.folder / name).exists():
            shutil.copytree(home.folder / name, folder / name)
    copy = Home(folder)
    settings = home.settings()
    copy.keep(type(settings)(council=settings.council, database=copy.default_database))
    _prove(folder / "central.sqlite")
    return folder


def answer_recovery(home: Home, request: Path, to: Path) -> str:
    """Reads a laptop's request and writes the council's answer; gives the vault it is for. The vault's own key is
    never here: the answer opens with a key that only that laptop has."""
    try:
        asked = Request.from_json(parse(request.read_bytes()))
    except OSError as error:
        message = f"The request cannot be read: {error.strerror}."
        raise CentralError(message) from error
    key = load_pem_private_key((home.keys / "recovery.key.pem").read_bytes(), password=None)
    if not isinstance(key, X25519PrivateKey):
        message = "The council's recovery key is not one Homeward made."
        raise AnswerError(message)
    write_private(to, json.dumps(answer(asked, key).to_json()).encode())
    return asked.vault_id


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
