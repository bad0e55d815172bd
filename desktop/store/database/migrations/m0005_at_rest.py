"""Schema 5: what is undecided is found without reading every record, and of which children nothing is due for a while
is kept, so that a manager's day is read from the few that stir."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from casework.identifiers import RecordId
from casework.records import Merge, Operation

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    # `proposed` counts what arrived after the signature and waits for a person, as `conflicts` counts places.
    "ALTER TABLE record ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX record_undecided ON record (n) WHERE conflicts OR proposed",
    "CREATE INDEX record_unsigned ON record (form_id, updated_at) WHERE signed_at IS NULL",
    """CREATE INDEX record_not_found ON record (n)
       WHERE form_id = 'missing_episode' AND ifnull(json_extract(answers, '$.found_at'), '') IN ('', '[]')""",
    # Of this child nothing stands in `place` between two moments, in seconds since 1970; `stamp` names the rules that
    # say so, `counted` what the child's records add to its figures. A row is worth nothing once a record has changed.
    """CREATE TABLE at_rest (
         child_id TEXT NOT NULL, place TEXT NOT NULL, stamp TEXT NOT NULL, since INTEGER NOT NULL,
         until INTEGER NOT NULL, counted TEXT NOT NULL, PRIMARY KEY (child_id, place)
       ) STRICT, WITHOUT ROWID""",
    # One row: how often anything changed by which a child could be at rest, so that no answer of before is kept after.
    "CREATE TABLE stirred (id INTEGER PRIMARY KEY CHECK (id = 1), times INTEGER NOT NULL) STRICT",
    "INSERT INTO stirred VALUES (1, 0)",
    """CREATE TRIGGER rest_in AFTER INSERT ON record BEGIN
         UPDATE stirred SET times = times + 1;
         DELETE FROM at_rest WHERE child_id = new.child_id; END""",
    """CREATE TRIGGER rest_new AFTER UPDATE OF
         form_id, form_version, child_id, bucket, strand, created_at, updated_at, signed_at, discarded, answers
         ON record
       BEGIN
         UPDATE stirred SET times = times + 1;
         DELETE FROM at_rest WHERE child_id IN (old.child_id, new.child_id); END""",
    """CREATE TRIGGER rest_out AFTER DELETE ON record BEGIN
         UPDATE stirred SET times = times + 1;
         DELETE FROM at_rest WHERE child_id = old.child_id; END""",
    """CREATE TRIGGER rest_held AFTER INSERT ON entitlement BEGIN
         UPDATE stirred SET times = times + 1;
         DELETE FROM at_rest WHERE child_id IN (SELECT child_id FROM record WHERE bucket = new.bucket); END""",
    """CREATE TRIGGER rest_lost AFTER UPDATE ON entitlement BEGIN
         UPDATE stirred SET times = times + 1;
         DELETE FROM at_rest WHERE child_id IN (SELECT child_id FROM record WHERE bucket = new.bucket); END""",
    """CREATE TRIGGER rest_gone AFTER DELETE ON entitlement BEGIN
         UPDATE stirred SET times = times + 1;
         DELETE FROM at_rest WHERE child_id IN (SELECT child_id FROM record WHERE bucket = old.bucket); END""",
)
TRIGGERS = frozenset({"rest_in", "rest_new", "rest_out", "rest_held", "rest_lost", "rest_gone"})
_SIGNED = "SELECT n, record_id, view FROM record WHERE signed_at IS NOT NULL"
_PARTS = """SELECT body FROM operation WHERE record_id = ?
            AND op_id NOT IN (SELECT op_id FROM quarantine WHERE left_out) ORDER BY n"""


def climb(database: Database) -> None:
    counts = [(_proposed(database, record_id, view), n) for n, record_id, view in list(database.execute(_SIGNED))]
    for statement in TABLES:
        database.execute(statement)
    waiting = [one for one in counts if one[0]]
    database.conn.executemany("UPDATE record SET proposed = ? WHERE n = ?", waiting)


def _proposed(database: Database, record_id: str, view: str) -> int:
    """From the view that is kept; of a short history none is, and it is as quickly merged."""
    kept = json.loads(view) if view else {}
    if "proposed" in kept:
        return len(kept["proposed"])
    parts = [Operation.from_text(body) for (body,) in database.execute(_PARTS, (record_id,))]
    return len(Merge(RecordId(record_id), parts).view().proposed)
