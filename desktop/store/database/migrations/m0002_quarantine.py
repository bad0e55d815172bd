"""Schema 2: what the central service did not take in of this officer's own words stays until they have dealt with it,
also when its record has left the laptop; and what was decided against has no part in the record any longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    # `left_out`: not in the record's view, for the council does not have it there. `dealt` is what its author did:
    # nothing yet, said again (`followed_by` names that operation), or dealt with in another way.
    """CREATE TABLE quarantine (
         op_id TEXT PRIMARY KEY, record_id TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL,
         code TEXT NOT NULL, why TEXT NOT NULL, answered_at TEXT NOT NULL, left_out INTEGER NOT NULL,
         dealt TEXT NOT NULL, dealt_at TEXT NOT NULL, followed_by TEXT NOT NULL
       ) STRICT, WITHOUT ROWID""",
    """CREATE TRIGGER quarantine_kept BEFORE DELETE ON quarantine
       BEGIN SELECT raise(ABORT, 'what was not taken in is never deleted'); END""",
    """CREATE TRIGGER quarantine_stays BEFORE UPDATE OF op_id, record_id, body ON quarantine
       BEGIN SELECT raise(ABORT, 'what was not taken in never changes'); END""",
    """INSERT INTO quarantine
       SELECT op_id, o.record_id, body, status, '', last_error, coalesce(answered_at, ''), 0, '', '', ''
       FROM outbox o JOIN operation USING (op_id) WHERE status IN ('quarantined', 'returned', 'rejected')""",
)
TRIGGERS = frozenset({"quarantine_kept", "quarantine_stays"})


def climb(database: Database) -> None:
    for statement in TABLES:
        database.execute(statement)
