"""The facts as they were kept up, beside the same worked out anew."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from casework.practice.figures.what_counts import Fact
from central.database.fact_tables import FACT_TABLES
from central.facts.rebuilding import rebuilt

Rows = dict[str, list[Mapping[str, Fact]]]


def kept_up(connection: Connection) -> Rows:
    """Every state of every record, by subject, in order."""
    return {
        subject: in_order([dict(row) for row in connection.execute(select(table)).mappings()])
        for subject, table in FACT_TABLES.items()
    }


def anew(connection: Connection) -> Rows:
    found: Rows = {subject: [] for subject in FACT_TABLES}
    for subject, rows in rebuilt(connection):
        found[subject] += rows
    return {subject: in_order(rows) for subject, rows in found.items()}


def in_order(rows: list[Mapping[str, Fact]]) -> list[Mapping[str, Fact]]:
    def place(row: Mapping[str, Fact]) -> tuple[str, str, str]:
        return str(row["record_id"]), str(row.get("episode_id", "")), f"{row['from_seq']:>20}"

    return sorted(rows, key=place)
