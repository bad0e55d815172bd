"""Founding a council: its folder, its keys, its database, its forms."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, insert, update

from central.authority import Authority
from central.clock import stamp
from central.database import Database
from central.definitions import publish_folder
from central.errors import Refused
from central.home import Home, Settings
from central.tables import council, counter


def found(home: Home, *, name: str, database: str | None, hosts: Iterable[str], now: datetime) -> Settings:
    """Raises Refused where there is a council already: its keys are never made twice."""
    if home.settings_file.exists() or home.keys.exists():
        raise Refused(409, "founded", f"There is a council in {home.folder} already.")
    home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = Settings(council=name, database=database or home.default_database)
    Authority.found(home.keys, council=name, hosts=hosts, now=now)
    tables = Database(settings.database)
    tables.migrate()
    with tables.writing() as connection:
        _first_rows(connection, name, now)
        publish_folder(connection, shipped_forms(), now)
    tables.close()
    home.keep(settings)
    return settings


def upgrade(home: Home, now: datetime) -> None:
    """Brings the tables and the shipped forms up to this program; run by every `serve`."""
    database = Database(home.settings().database)
    database.migrate()
    with database.writing() as connection:
        publish_folder(connection, shipped_forms(), now)
    database.close()


def new_epoch() -> str:
    return secrets.token_hex(8)


def shipped_forms() -> Path:
    return Path(str(resources.files("resources").joinpath("forms")))


def _first_rows(connection: Connection, name: str, now: datetime) -> None:
    row = {"id": 1, "name": name, "epoch": new_epoch(), "founded_at": stamp(now)}
    connection.execute(insert(council).values(row))
    connection.execute(
        insert(counter), [{"name": "feed", "value": 0}, {"name": "device", "value": 141}, {"name": "floor", "value": 0}]
    )


def begin_epoch(database: Database) -> str:
    """After a restore: laptops start from nothing and send again what this database lost."""
    epoch = new_epoch()
    with database.writing() as connection:
        connection.execute(update(council).values(epoch=epoch))
    return epoch
