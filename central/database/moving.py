"""From one database into another, SQLite or PostgreSQL: every row, proven, and then the old one takes nothing more.

Two databases that both take words would part the council in two. So the old one keeps its rows under other names, in
the transaction that read them: an instance that still runs over it is refused whatever it asks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, Table, func, insert, inspect, select, text
from sqlalchemy.exc import DBAPIError

from central.database.database import Database, without_password
from central.database.destroyed_tables import destroyed
from central.database.errors import CentralError, Refused
from central.database.home import Home

MANY = 1000  # rows at a time: the largest table is never in memory
OLD = "moved_"
TABLES = destroyed.metadata.sorted_tables  # all there are: of records, of what counts, of what was destroyed
BITS = 2**256
NOT_EMPTY = "There is something in that database already. Give an empty one."
DIFFERENT = "What arrived in {} is not what was sent. Nothing was moved."
FAILED = "Nothing was moved: {}."
MOVED_ALREADY = "The council has left this database already."


@dataclass(frozen=True, slots=True)
class Moved:
    tables: int
    rows: int


def move(home: Home, address: str) -> Moved:
    """The folder then names the new database. Raises CentralError or Refused, and then nothing has changed."""
    settings = home.settings()
    old, new = Database(settings.database), Database(without_password(address))
    try:
        _refuse_used(new)
        old.migrate()
        with old.writing() as source:
            _keep_others_out(source)
            rows = _filled(new, source)
            home.keep(replace(settings, database=address))
            _close(source)
    except DBAPIError as error:
        raise CentralError(FAILED.format(str(error.orig).strip().split("\n")[0].rstrip("."))) from error
    finally:
        old.close()
        new.close()
    return Moved(len(TABLES), rows)


def _refuse_used(new: Database) -> None:
    with new.reading() as connection:
        if inspect(connection).get_table_names():
            raise Refused(409, "not_empty", NOT_EMPTY)


def _keep_others_out(source: Connection) -> None:
    """SQLite's write lock does so already. Raises CentralError for a database that was moved from before."""
    if not inspect(source).has_table("council"):
        raise CentralError(MOVED_ALREADY)
    if source.dialect.name == "postgresql":
        names = ", ".join(table.name for table in TABLES)
        source.execute(text(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE"))


def _filled(new: Database, source: Connection) -> int:
    """All tables in one transaction, which ends once each was read back and is the same."""
    new.migrate()
    with new.writing() as target:
        return sum(_copied(table, source, target) for table in TABLES)


def _copied(table: Table, source: Connection, target: Connection) -> int:
    for rows in _many(table, source):
        target.execute(insert(table), rows)
    sent, arrived = _seal(_many(table, source)), _seal(_many(table, target))
    if sent != arrived:
        raise CentralError(DIFFERENT.format(table.name))
    return int(target.execute(select(func.count()).select_from(table)).scalar_one())


def _many(table: Table, connection: Connection) -> Iterator[list[dict[str, object]]]:
    found = connection.execute(select(table), execution_options={"yield_per": MANY})
    for part in found.mappings().partitions():
        yield [dict(row) for row in part]


def _seal(parts: Iterable[list[dict[str, object]]]) -> int:
    """The same for the same rows in whichever order: the two sort words differently."""
    total = 0
    for rows in parts:
        for row in rows:
            total += int.from_bytes(hashlib.sha256(repr(sorted(row.items())).encode()).digest()) + 1
    return total % BITS


def _close(source: Connection) -> None:
    for table in TABLES:
        source.execute(text(f"ALTER TABLE {table.name} RENAME TO {OLD}{table.name}"))
