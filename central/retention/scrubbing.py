"""Nothing of what was destroyed stays readable in the database's own files.

SQLite overwrites what is deleted; what it had moved about before, and its write-ahead log, go with a rewrite of the
file. PostgreSQL keeps the old version of a row until a vacuum, and its bytes until the table is rewritten.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from central.database.database import Database
from central.database.fact_tables import FACT_TABLES

TABLES = ("operation", "waiting", "record", "allocation", "extract_number", *(t.name for t in FACT_TABLES.values()))
PATIENCE = 60  # seconds, for whoever is reading


def scrub(database: Database) -> bool:
    """False where the database was in use all the time that this waits: it is then to be done again."""
    return _rewritten_file(database) if database.is_sqlite else _rewritten_tables(database)


def _rewritten_file(database: Database) -> bool:
    path = make_url(database.address).database or ""
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            is_busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError:
        return False
    return not is_busy


def _rewritten_tables(database: Database) -> bool:
    """Whoever writes meanwhile waits for each table in its turn."""
    try:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}s'")
            for name in TABLES:
                connection.exec_driver_sql(f"VACUUM (FULL) {name}")
            connection.exec_driver_sql("CHECKPOINT")
    except DBAPIError:
        return False
    return True
