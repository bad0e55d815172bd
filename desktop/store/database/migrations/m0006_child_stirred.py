"""Schema 6: when something last changed of each child, so that what was read of the others need not be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

# The steps are counted over all children: whoever knows up to which step they have read finds what came after it.
_STIR = """INSERT INTO child_stirred SELECT {child}, (SELECT coalesce(max(times), 0) + 1 FROM child_stirred) {of}
           ON CONFLICT (child_id) DO UPDATE SET times = excluded.times;"""
_OF_BUCKET = "FROM record WHERE bucket = {bucket} GROUP BY child_id"
_OF_RECORD = "FROM record WHERE record_id = {record}"


def _stir(child: str, of: str = "WHERE true") -> str:
    return _STIR.format(child=child, of=of)


TABLES = (
    "CREATE TABLE child_stirred (child_id TEXT PRIMARY KEY, times INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX child_stirred_times ON child_stirred (times)",
    f"CREATE TRIGGER stir_in AFTER INSERT ON record BEGIN {_stir('new.child_id')} END",
    f"""CREATE TRIGGER stir_new AFTER UPDATE ON record BEGIN
          {_stir("old.child_id")} {_stir("new.child_id", "WHERE new.child_id <> old.child_id")} END""",
    f"CREATE TRIGGER stir_out AFTER DELETE ON record BEGIN {_stir('old.child_id')} END",
    f"""CREATE TRIGGER stir_held AFTER INSERT ON entitlement BEGIN
          {_stir("child_id", _OF_BUCKET.format(bucket="new.bucket"))} END""",
    f"""CREATE TRIGGER stir_lost AFTER UPDATE ON entitlement BEGIN
          {_stir("child_id", _OF_BUCKET.format(bucket="new.bucket"))} END""",
    f"""CREATE TRIGGER stir_gone AFTER DELETE ON entitlement BEGIN
          {_stir("child_id", _OF_BUCKET.format(bucket="old.bucket"))} END""",
    # A list says of which records something is typed and not yet said.
    f"""CREATE TRIGGER stir_typed AFTER INSERT ON draft BEGIN
          {_stir("child_id", _OF_RECORD.format(record="new.record_id"))} END""",
    f"""CREATE TRIGGER stir_untyped AFTER DELETE ON draft BEGIN
          {_stir("child_id", _OF_RECORD.format(record="old.record_id"))} END""",
)
TRIGGERS = frozenset(
    {"stir_in", "stir_new", "stir_out", "stir_held", "stir_lost", "stir_gone", "stir_typed", "stir_untyped"}
)


def climb(database: Database) -> None:
    for statement in TABLES:
        database.execute(statement)
