"""Rows that go in at once, and connections that have rested: on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError

from central.database import database as databases
from central.database.database import RETRYABLE, append_rows
from central.database.tables import operation
from tests.central.conftest import BOTH
from tests.central.postgres import END_ALL, Cluster
from tests.central.running import Council

ODD = 'a\tb\nc\\d "e" ’ \\N'  # what COPY would read otherwise than as letters


def said(op_id: str, payload: str) -> dict[str, object]:
    return {
        "op_id": op_id,
        "device_id": "laptop",
        "device_seq": 1,
        "record_id": "record",
        "kind": "set",
        "payload_hash": "0" * 64,
        "payload": payload,
        "signature": "0" * 128,
        "received_at": "2026-03-27T14:32:00+00:00",
        "relayed_by": None,
        "skew_ms": -3,
    }


def test_rows_stand_letter_by_letter(council: Council) -> None:
    rows = [said("op-1", ODD), said("op-2", "")]
    with council.service.database.writing() as connection:
        append_rows(connection, operation, rows)
    with council.service.database.glancing() as connection:
        found = connection.execute(select(operation).order_by(operation.c.op_id)).mappings().all()

    assert [dict(row) for row in found] == rows


def test_one_that_is_there_is_told_as_by_any_other_statement(council: Council) -> None:
    """A push that meets one is tried again, and takes back what it had done."""
    database = council.service.database
    with database.writing() as connection:
        append_rows(connection, operation, [said("op-1", "first")])
    with pytest.raises(DBAPIError) as error, database.writing() as connection:
        append_rows(connection, operation, [said("op-2", "new"), said("op-1", "again")])
    with database.glancing() as connection:
        found = connection.execute(select(operation.c.op_id, operation.c.payload)).all()

    assert database.is_sqlite or getattr(error.value.orig, "sqlstate", "") in RETRYABLE
    assert "again" not in str(error.value)
    assert found == [("op-1", "first")]


@pytest.mark.parametrize("database", BOTH[1:], indirect=True)
def test_a_connection_that_was_ended_while_it_rested_is_made_anew(
    council: Council, postgres: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file has none to end."""
    database = council.service.database
    monkeypatch.setattr(databases, "STANDS_SECONDS", 0.0)  # each has rested long enough
    with database.glancing() as connection:
        connection.execute(text("SELECT 1"))
    other = create_engine(postgres.address("postgres"), isolation_level="AUTOCOMMIT")
    with other.connect() as connection:
        connection.execute(text(END_ALL), {"name": database.engine.url.database})
    other.dispose()

    with database.glancing() as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
