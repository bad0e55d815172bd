"""The least PostgreSQL needs for the same words: COPY of each record as one JSON text, in and out."""

from __future__ import annotations

import json

import psycopg
import pytest

from benchmarks.sync.laptops import FIELDS, timed
from tests.central.postgres import cluster


def limit(records: int) -> dict[str, float] | None:
    """Seconds; None where the server programs are not installed."""
    rows = [(number, json.dumps(_record(number))) for number in range(records)]
    try:
        with (
            cluster() as found,
            psycopg.connect(f"host=127.0.0.1 port={found.port} user=homeward dbname=postgres") as c,
        ):
            c.execute("CREATE TABLE r (id bigint PRIMARY KEY, body jsonb)")
            c.commit()
            return {"in": timed(lambda: _in(c, rows)), "out": timed(lambda: _out(c))}
    except pytest.skip.Exception:
        return None


def _record(number: int) -> dict[str, str]:
    return {f"f{index}": f"value {number} {index} lorem ipsum" for index in range(FIELDS)}


def _in(connection: psycopg.Connection, rows: list[tuple[int, str]]) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY r FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    connection.commit()


def _out(connection: psycopg.Connection) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY r TO STDOUT") as copy:
        for _ in copy:
            pass
