"""Nothing of what was destroyed stays readable in the database's own files.

SQLite overwrites what is deleted; what it had moved about before, and its write-ahead log, go with a rewrite of the
file. PostgreSQL keeps an old version of each row until a vacuum, and its bytes until the table is rewritten.
"""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from central.database.database import Database
from central.database.fact_tables import FACT_TABLES

TABLES = ("operation", "waiting", "record", "allocation", "extract_number", *(t.name for t in FACT_TABLES.values()))


def scrub(database: Database) -> bool:
    """Waits for whoever is reading, for as long as the database's own patience lasts. False where it was in use all
    that time: it is then to be done again."""
    statements = _sqlite() if database.is_sqlite else _postgresql()
    try:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in statements:
                found = connection.exec_driver_sql(statement)
                if statement.startswith("PRAGMA") and found.scalar_one_or_none() == 1:
                    return False
    except DBAPIError:
        return False
    return True


def _sqlite() -> tuple[str, ...]:
    return ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)")


def _postgresql() -> tuple[str, ...]:
    return ("SET lock_timeout = '60s'", *(f"VACUUM (FULL) {name}" for name in TABLES), "CHECKPOINT")
