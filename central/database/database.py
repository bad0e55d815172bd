"""The database behind the service: SQLite for one small team, PostgreSQL for everybody else, the same SQL for both."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from psycopg import sql
from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Table,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from central.database.errors import CentralError

if TYPE_CHECKING:
    from alembic.config import Config

SEEN_BY_OTHERS = (
    "A password does not belong in the address of the database, where others can read it. "
    "Leave it out, name a password file in PGPASSFILE, and choose a new password."
)
POOL = 16
STANDS_SECONDS = 1.0  # one that answered so lately is not asked whether it still stands
DEADLOCK_RETRIES = 5
# PostgreSQL breaks a deadlock, or two laptops bring the same item at the same moment and the second finds it there:
# tried again, each hears what became of it.
RETRYABLE = frozenset({"40001", "40P01", "23505"})
_INSERTS: dict[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
T = TypeVar("T")
Row = Mapping[str, Any]


class Database:
    """Gives transactions. A writing one on SQLite takes the file's only write lock before it reads anything."""

    def __init__(self, address: str) -> None:
        self.address = _with_driver(address)
        self.engine = _engine(self.address)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()  # fairer than SQLite's busy polling

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def glancing(self) -> Iterator[Connection]:
        """For reading where each statement stands by itself, as it does on PostgreSQL in any case: no BEGIN is sent,
        and no ROLLBACK. On SQLite the same as `reading`."""
        opened = self.engine.connect()
        with opened if self.is_sqlite else opened.execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Commits at the end, or rolls everything back."""
        opened = self.engine.connect().execution_options(homeward_writing=True)
        with self._turn, opened as connection, connection.begin():
            yield connection

    def transact(self, work: Callable[[Connection], T]) -> T:
        """The same, and again when another transaction was in its way: nothing of the failed attempt remains."""
        for _attempt in range(DEADLOCK_RETRIES):
            try:
                with self.writing() as connection:
                    return work(connection)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", "") not in RETRYABLE:
                    raise
        with self.writing() as connection:
            return work(connection)

    def migrate(self) -> None:
        """Brings the tables to this program's version; a newer database is refused by Alembic."""
        from alembic import command  # noqa: PLC0415 - takes a second, and most verbs never migrate
        from alembic.migration import MigrationContext  # noqa: PLC0415

        with self.writing() as connection:
            if MigrationContext.configure(connection).get_current_heads() == _newest():
                return
            config = _migrations()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def close(self) -> None:
        self.engine.dispose()


def _migrations() -> Config:
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@cache
def _newest() -> tuple[str, ...]:
    """The version of this program's tables, as Alembic tells it; to read each migration for it takes a while."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    return tuple(ScriptDirectory.from_config(_migrations()).get_heads())


def insert_new(connection: Connection, table: Table, rows: Iterable[Row]) -> int:
    """Inserts what is not there yet and says how many that was."""
    found = list(rows)
    if not found:
        return 0
    if connection.dialect.name == "sqlite":
        return len(connection.execute(_inserted_anew(table, "sqlite"), found).all())
    names = tuple(found[0])
    columns = {name: [row[name] for row in found] for name in names}
    return len(connection.execute(_unnested_anew(table, names), columns).all())


def append_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows that are not there, all at once: PostgreSQL takes them as a COPY."""
    if connection.dialect.name == "sqlite":
        connection.execute(_inserted(table), rows)
        return
    names = list(rows[0])
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except psycopg.Error as error:  # as SQLAlchemy tells of any other
        raise DBAPIError(table.name, None, error, hide_parameters=True) from error


@cache
def _inserted(table: Table) -> Insert:
    return insert(table)


def replace_rows(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    """Inserts, or overwrites the row with the same primary key."""
    found = list(rows)
    if not found:
        return
    connection.execute(_replaced(table, connection.dialect.name, tuple(found[0])), found)


@cache  # a statement that is written once is put together once
def _inserted_anew(table: Table, dialect: str) -> Insert:
    """RETURNING, because psycopg does not count the rows of many inserts."""
    statement: Insert = _INSERTS[dialect](table).on_conflict_do_nothing().returning(*table.primary_key)
    return statement


@cache
def _unnested_anew(table: Table, names: tuple[str, ...]) -> Insert:
    """Each column one value of the statement, however many rows there are: it is put together and planned once."""
    columns = [bindparam(name, type_=postgresql.ARRAY(table.c[name].type)) for name in names]
    rows = func.unnest(*columns).table_valued(*names).render_derived()
    statement = postgresql.insert(table).from_select(list(names), select(*rows.c))
    return statement.on_conflict_do_nothing().returning(*table.primary_key)


@cache
def _replaced(table: Table, dialect: str, names: tuple[str, ...]) -> Insert:
    statement = _INSERTS[dialect](table)
    keys = [column.name for column in table.primary_key]
    others = {name: statement.excluded[name] for name in names if name not in keys}
    replaced: Insert = statement.on_conflict_do_update(index_elements=keys, set_=others)
    return replaced


def without_password(address: str) -> str:
    """The address as it was given. Raises CentralError for one that holds a password: it would stand in the folder's
    settings and its backups, and in the list of this machine's processes."""
    url = make_url(address)
    if url.password is not None or "password" in url.query:
        raise CentralError(SEEN_BY_OTHERS)
    return address


def _with_driver(address: str) -> str:
    url = make_url(address)
    return (
        address if url.drivername != "postgresql" else url.set(drivername="postgresql+psycopg").render_as_string(False)
    )


def _engine(address: str) -> Engine:
    if make_url(address).get_backend_name() != "sqlite":
        engine = create_engine(address, pool_size=POOL, max_overflow=POOL, hide_parameters=True)
        event.listen(engine, "checkin", _note_use)
        event.listen(engine, "checkout", partial(_check_stands, engine))
        return engine
    _own_file(make_url(address).database)
    engine = create_engine(address, connect_args={"timeout": 60, "check_same_thread": False}, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _note_use(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _check_stands(
    engine: Engine, connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """SQLAlchemy's own `pool_pre_ping` asks before each use, which is a round trip for every request."""
    if time.monotonic() - record.info.get("used", 0) < STANDS_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def _own_file(path: str | None) -> None:
    """Readable by this account only, from its first byte."""
    if path and Path(path).parent.is_dir():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writing = connection.get_execution_options().get("homeward_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
