"""Schema 4: what stands in a box and is no answer yet, half a date or too many words, is part of the draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    # `raw` is what the box holds, as JSON; `problem` is why it is no answer. Never sealed, never sent.
    """CREATE TABLE half_typed (
         record_id TEXT NOT NULL, path TEXT NOT NULL, raw TEXT NOT NULL, problem TEXT NOT NULL,
         saved_at TEXT NOT NULL, PRIMARY KEY (record_id, path)
       ) STRICT, WITHOUT ROWID""",
)


def climb(database: Database) -> None:
    for statement in TABLES:
        database.execute(statement)
