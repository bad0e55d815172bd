"""Schema 7: which records changed with a full page and are still to be made findable by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# Noted in the transaction of the page itself, so that a cut at any moment leaves none out.
TABLES = ("CREATE TABLE unworded (n INTEGER PRIMARY KEY) STRICT",)


def climb(database: Database) -> None:
    for statement in TABLES:
        database.execute(statement)
