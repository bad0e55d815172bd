"""Schema 3: names are found however they are typed. Beside its own words a record is indexed by them folded, and its
names by what is nearly the same; the words of records that were here before are indexed anew."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from desktop.store.database.search_words import search_keys

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    "DROP TRIGGER wording_in",
    "DROP TRIGGER wording_out",
    "DROP TRIGGER wording_new",
    "DROP TABLE wording_index",
    "ALTER TABLE wording ADD COLUMN keys TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE wording ADD COLUMN alike TEXT NOT NULL DEFAULT ''",
)
INDEX = (
    """CREATE VIRTUAL TABLE wording_index USING fts5(
         names, body, keys, alike, content='wording', content_rowid='n', prefix='2 3 4',
         tokenize="unicode61 remove_diacritics 2")""",
    "INSERT INTO wording_index (wording_index) VALUES ('rebuild')",
    """CREATE TRIGGER wording_in AFTER INSERT ON wording BEGIN
         INSERT INTO wording_index (rowid, names, body, keys, alike)
         VALUES (new.n, new.names, new.body, new.keys, new.alike); END""",
    """CREATE TRIGGER wording_out AFTER DELETE ON wording BEGIN
         INSERT INTO wording_index (wording_index, rowid, names, body, keys, alike)
         VALUES ('delete', old.n, old.names, old.body, old.keys, old.alike); END""",
    """CREATE TRIGGER wording_new AFTER UPDATE ON wording BEGIN
         INSERT INTO wording_index (wording_index, rowid, names, body, keys, alike)
         VALUES ('delete', old.n, old.names, old.body, old.keys, old.alike);
         INSERT INTO wording_index (rowid, names, body, keys, alike)
         VALUES (new.n, new.names, new.body, new.keys, new.alike); END""",
)
_HELD = "SELECT wording.n, names, body, answers FROM wording JOIN record USING (n)"


def climb(database: Database) -> None:
    for statement in TABLES:
        database.execute(statement)
    held = list(database.execute(_HELD))
    rows = [(*search_keys(names, body, _born(answers)), n) for n, names, body, answers in held]
    database.conn.executemany("UPDATE wording SET keys = ?, alike = ? WHERE n = ?", rows)
    for statement in INDEX:
        database.execute(statement)


def _born(answers: str) -> str:
    found = json.loads(answers).get("date_of_birth")
    return found if isinstance(found, str) else ""
