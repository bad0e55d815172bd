"""Founding a council: its folder, its keys, its database, its forms."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, insert, select, update

from casework.forms.loading import read_text
from casework.practice.council import load_council
from central.database.clock import stamp
from central.database.database import Database, without_password
from central.database.errors import Refused
from central.database.home import Home, Settings
from central.database.tables import council, counter
from central.extracts import extract_ids
from central.facts.rebuilding import rebuild_if_missing
from central.intake import council_files
from central.intake.definitions import publish_folder
from central.keys import key_folder
from central.keys.kept_key import DEAR, Keeper, StretchCost


@dataclass(frozen=True, slots=True)
class OwnFile:
    """What the council decides for itself. `name` is the council's, as the file has it."""

    file: str
    name: str
    text: str

    @classmethod
    def read(cls, path: Path) -> OwnFile:
        """Raises DefinitionError, with file and line."""
        text = read_text(path)
        return cls(path.name, load_council(text, file=path.name).name, text)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who keeps the council's keys, and the file outside its folder that the recovery key is written to."""

    keepers: Sequence[Keeper]
    recovery_file: Path
    cost: StretchCost = DEAR

    def found(self, keys: Path, *, council: str, hosts: Iterable[str], now: datetime) -> None:
        key_folder.found(
            keys,
            council=council,
            hosts=hosts,
            now=now,
            keepers=self.keepers,
            recovery_file=self.recovery_file,
            cost=self.cost,
        )


def found(
    home: Home,
    *,
    name: str,
    database: str | None,
    hosts: Iterable[str],
    now: datetime,
    keeping: Keeping,
    own_file: OwnFile | None = None,
) -> Settings:
    """Raises Refused where there is a council already: its keys are never made twice."""
    refuse_founded(home)
    address = without_password(database) if database else home.default_database
    home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings = Settings(council=name, database=address)
    with ExitStack() as undo:  # a mistake in an address must leave nothing that refuses the next try
        undo.callback(shutil.rmtree, home.keys, ignore_errors=True)
        keeping.found(home.keys, council=name, hosts=hosts, now=now)
        undo.callback(keeping.recovery_file.unlink, missing_ok=True)
        extract_ids.key_of(home)
        _first_database(settings, own_file, now)
        home.keep(settings)
        undo.pop_all()
    return settings


def refuse_founded(home: Home) -> None:
    """Before anybody is asked for a passphrase. Raises Refused."""
    if home.settings_file.exists() or home.keys.exists():
        raise Refused(409, "founded", f"There is a council in {home.folder} already.")


def _first_database(settings: Settings, own_file: OwnFile | None, now: datetime) -> None:
    """Raises Refused for a database that has a council in it already."""
    tables = Database(settings.database)
    try:
        tables.migrate()
        with tables.writing() as connection:
            if connection.execute(select(council.c.id)).first() is not None:
                raise Refused(409, "founded", "There is a council in that database already.")
            _first_rows(connection, settings.council, now)
            publish_folder(connection, shipped_forms(), now)
            if own_file is not None:
                council_files.publish(connection, own_file.text, now, file=own_file.file)
    finally:
        tables.close()


def upgrade(home: Home, now: datetime) -> list[str]:
    """Brings the tables and the shipped forms up to this program; run by every `serve`. What of the council's file no
    longer fits, a sentence each."""
    database = Database(home.settings().database)
    database.migrate()
    with database.writing() as connection:
        publish_folder(connection, shipped_forms(), now)
        misfits = council_files.bring_up(connection, now)
        rebuild_if_missing(connection)
    database.close()
    return misfits


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
