"""The ladder of schemas. Each step is one transaction with the record of itself, and never edited once released."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from desktop.store.database.connection import Connection, SqlError, roll_back, told, toolkit
from desktop.store.database.migrations import (
    m0001_first,
    m0002_quarantine,
    m0003_folded_search,
    m0004_half_typed,
    m0005_at_rest,
    m0006_child_stirred,
    m0007_unworded,
)
from desktop.store.disk.errors import VaultTooNew
from desktop.store.disk.on_failure import on_failure

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Step:
    """`number` is the schema the step leads to."""

    number: int
    name: str
    climb: Callable[[Database], None]


LADDER: tuple[Step, ...] = (
    Step(1, "first", m0001_first.climb),
    Step(2, "quarantine", m0002_quarantine.climb),
    Step(3, "folded_search", m0003_folded_search.climb),
    Step(4, "half_typed", m0004_half_typed.climb),
    Step(5, "at_rest", m0005_at_rest.climb),
    Step(6, "child_stirred", m0006_child_stirred.climb),
    Step(7, "unworded", m0007_unworded.climb),
)
TRIGGERS = m0001_first.TRIGGERS.union(m0002_quarantine.TRIGGERS, m0005_at_rest.TRIGGERS, m0006_child_stirred.TRIGGERS)


def version(connection: Connection) -> int:
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def refuse_newer(found: int, ladder: Sequence[Step] = LADDER) -> None:
    """Raises VaultTooNew for a schema beyond the last step."""
    if found > ladder[-1].number:
        message = (
            "These records were last opened by a newer Homeward. Update Homeward on this laptop; "
            "nothing in the store has been touched."
        )
        raise VaultTooNew(message)


def climb(
    connection: Connection,
    *,
    now: Callable[[], datetime],
    before: Callable[[], None],
    ladder: Sequence[Step] = LADDER,
) -> list[str]:
    """Takes the steps not yet taken, each after `before` (a verified backup). Gives their names."""
    found = version(connection)
    refuse_newer(found, ladder)
    pending = [step for step in ladder if step.number > found]
    for step in pending:
        if step.number > 1:
            before()
        _take(connection, step, now().isoformat(timespec="seconds"))
    return [step.name for step in pending]


def _take(connection: Connection, step: Step, at: str) -> None:
    try:
        connection.execute("BEGIN IMMEDIATE")
        with on_failure(lambda: roll_back(connection)):
            step.climb(toolkit(connection))
            connection.execute("INSERT INTO migration VALUES (?, ?, ?)", (step.number, step.name, at))
            connection.execute(f"PRAGMA user_version={step.number:d}")
            connection.execute("COMMIT")
    except SqlError as error:
        raise told(error) from error
