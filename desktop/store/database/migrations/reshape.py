"""Changing a table without losing its triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlite_utils.db import Table


def reshape(table: Table, **changes: Any) -> None:
    """`transform` for column names that stay: it drops every trigger, so they are made again in its transaction."""
    triggers = [trigger.sql for trigger in table.triggers]
    with table.db.atomic():
        table.transform(**changes)
        for statement in triggers:
            table.db.execute(statement)
