"""What is not to be here again, and what is not to go yet. Nothing in these tables is a word of a record.

A record is named by a hash that is keyed by a secret of the council, so that the log of what was destroyed, and a
database that never heard of a record, name it without telling whose it was.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from central.database.fact_tables import feed_moment
from central.database.tables import Hash, Id, When

metadata = feed_moment.metadata  # the one of all tables

# `record_id` and `bucket` are empty while nobody has brought it since; `about`: the record that it said it was about.
destroyed = Table(
    "destroyed",
    metadata,
    Column("key", Hash, primary_key=True),
    Column("record_id", Id, nullable=False, index=True),
    Column("form_id", Id, nullable=False),
    Column("day", String(10), nullable=False),
    Column("by_order", Integer, nullable=False),
    Column("bucket", Id, nullable=False),
    Column("about", Id, nullable=False),
)

# Each operation of those records: one that is sent again is known by this, also where the log has lost it.
destroyed_operation = Table(
    "destroyed_operation",
    metadata,
    Column("key", Hash, primary_key=True),
    Column("record_key", Hash, nullable=False, index=True),
)

# Files that no record uses any more, by hash, and parts of some, by upload: until they are off the disk.
ended_file = Table("ended_file", metadata, Column("name", Hash, primary_key=True))

retention_hold = Table(
    "retention_hold",
    metadata,
    Column("id", Id, primary_key=True),
    Column("child_id", Id, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("until", String(10), nullable=False),  # the last day; empty without an end
    Column("placed_at", When, nullable=False),
    Column("placed_by", Text, nullable=False),
    Column("released_at", When, nullable=False),  # empty while it holds
    Column("released_by", Text, nullable=False),
    Column("released_why", Text, nullable=False),
)
