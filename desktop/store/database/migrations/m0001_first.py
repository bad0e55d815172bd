"""Schema 1. Plain SQL, so that what was released can be read as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

TABLES = (
    "CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL) STRICT",
    # One row. `tally` counts write transactions, `hlc` is the last hybrid time given or heard.
    """CREATE TABLE mark (id INTEGER PRIMARY KEY CHECK (id = 1), tally INTEGER NOT NULL, hlc TEXT NOT NULL)
       STRICT""",
    "INSERT INTO mark VALUES (1, 0, '')",
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE draft (
         record_id TEXT NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL, saw TEXT NOT NULL,
         saved_at TEXT NOT NULL, PRIMARY KEY (record_id, path)
       ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE record (
         n INTEGER PRIMARY KEY, record_id TEXT NOT NULL UNIQUE, form_id TEXT NOT NULL,
         form_version INTEGER NOT NULL, child_id TEXT NOT NULL, bucket TEXT NOT NULL, strand TEXT NOT NULL,
         created_at TEXT NOT NULL, updated_at TEXT NOT NULL, signed_at TEXT, conflicts INTEGER NOT NULL,
         discarded INTEGER NOT NULL, received_at TEXT, operations INTEGER NOT NULL, answers TEXT NOT NULL,
         view TEXT NOT NULL
       ) STRICT""",
    "CREATE INDEX record_form ON record (form_id, updated_at)",
    "CREATE INDEX record_updated ON record (updated_at)",
    "CREATE INDEX record_child ON record (child_id)",
    "CREATE INDEX record_bucket ON record (bucket)",
    "CREATE INDEX record_discarded ON record (n) WHERE discarded",
    # `body` is the operation's canonical JSON, signature and all; `hash` is its payload hash.
    """CREATE TABLE operation (
         n INTEGER PRIMARY KEY, op_id TEXT NOT NULL UNIQUE, record_id TEXT NOT NULL, device_id TEXT NOT NULL,
         device_seq INTEGER NOT NULL, bucket TEXT NOT NULL, kind TEXT NOT NULL, hash BLOB NOT NULL,
         server_seq INTEGER, body TEXT NOT NULL
       ) STRICT""",
    "CREATE INDEX operation_record ON operation (record_id)",
    "CREATE INDEX operation_device ON operation (device_id, device_seq)",
    """CREATE TABLE outbox (
         op_id TEXT PRIMARY KEY, n INTEGER NOT NULL, record_id TEXT NOT NULL, status TEXT NOT NULL,
         attempts INTEGER NOT NULL, last_error TEXT NOT NULL, answered_at TEXT
       ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX outbox_order ON outbox (status, n)",
    "CREATE INDEX outbox_record ON outbox (record_id)",
    # What said words are, and are not: only an operation still waiting here may be renumbered.
    """CREATE TRIGGER operation_stays BEFORE UPDATE OF op_id, record_id, bucket, kind, body, hash ON operation
       WHEN NOT EXISTS (SELECT 1 FROM outbox WHERE op_id = old.op_id AND status = 'waiting')
       BEGIN SELECT raise(ABORT, 'an operation never changes'); END""",
    "CREATE TABLE cursor (name TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE digest (bucket TEXT PRIMARY KEY, count INTEGER NOT NULL, sum TEXT NOT NULL)
       STRICT, WITHOUT ROWID""",
    # Where each operation stands in the central service's feed, so that a digest can be counted again.
    """CREATE TABLE feed (bucket TEXT NOT NULL, seq INTEGER NOT NULL, op_id TEXT NOT NULL,
         record_id TEXT NOT NULL, PRIMARY KEY (bucket, seq)) STRICT, WITHOUT ROWID""",
    "CREATE INDEX feed_record ON feed (record_id)",
    """CREATE TABLE entitlement (bucket TEXT PRIMARY KEY, lost INTEGER NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE audit (
         n INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, event TEXT NOT NULL,
         facts TEXT NOT NULL, mac BLOB NOT NULL
       ) STRICT""",
    """CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
       BEGIN SELECT raise(ABORT, 'the audit trail never changes'); END""",
    """CREATE TRIGGER audit_kept BEFORE DELETE ON audit
       BEGIN SELECT raise(ABORT, 'the audit trail is never shortened'); END""",
    """CREATE TABLE attachment (
         sha256 TEXT PRIMARY KEY, bytes INTEGER NOT NULL, type TEXT NOT NULL, file TEXT NOT NULL UNIQUE,
         key BLOB NOT NULL, width INTEGER, height INTEGER, thumbnail BLOB, added_at TEXT NOT NULL,
         sent_at TEXT
       ) STRICT""",
    """CREATE TABLE attachment_use (
         sha256 TEXT NOT NULL REFERENCES attachment, record_id TEXT NOT NULL, name TEXT NOT NULL,
         PRIMARY KEY (sha256, record_id)
       ) STRICT, WITHOUT ROWID""",
    # The words of a record as one searches for them. The index keeps no text of its own. FTS5's own secure-delete
    # would rewrite a page for every word of the old text, which grows with the store; a purge rebuilds instead.
    "CREATE TABLE wording (n INTEGER PRIMARY KEY, names TEXT NOT NULL, body TEXT NOT NULL) STRICT",
    """CREATE VIRTUAL TABLE wording_index USING fts5(
         names, body, content='wording', content_rowid='n', prefix='2 3 4',
         tokenize="unicode61 remove_diacritics 2")""",
    """CREATE TRIGGER wording_in AFTER INSERT ON wording BEGIN
         INSERT INTO wording_index (rowid, names, body) VALUES (new.n, new.names, new.body); END""",
    """CREATE TRIGGER wording_out AFTER DELETE ON wording BEGIN
         INSERT INTO wording_index (wording_index, rowid, names, body)
         VALUES ('delete', old.n, old.names, old.body); END""",
    """CREATE TRIGGER wording_new AFTER UPDATE ON wording BEGIN
         INSERT INTO wording_index (wording_index, rowid, names, body)
         VALUES ('delete', old.n, old.names, old.body);
         INSERT INTO wording_index (rowid, names, body) VALUES (new.n, new.names, new.body); END""",
)
TRIGGERS = frozenset(
    {
        "operation_stays",
        "audit_stays",
        "audit_kept",
        "wording_in",
        "wording_out",
        "wording_new",
    }
)


def climb(database: Database) -> None:
    for statement in TABLES:
        database.execute(statement)
