"""Publishing a period's figures: frozen with what they were made of, and told for ever as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.fact_tables import published_card
from central.figures.periods import AsAt, Period
from central.figures.reckoning import Reckoned
from central.service import council_of


class FrozenFigure(msgspec.Struct, frozen=True):
    """As it was told inside the council; `references` are what stood behind it then."""

    count: int
    denominator: int | None
    percent: str
    references: list[str]


@dataclass(frozen=True, slots=True)
class FrozenCard:
    """`words` are what whoever published it said about it, in their name."""

    at: str
    by: str
    known_at: str
    words: str
    figures: dict[str, FrozenFigure]

    @property
    def counts(self) -> dict[str, int]:
        return {number: figure.count for number, figure in self.figures.items()}


@dataclass(frozen=True, slots=True)
class Publishing:
    """Of which period, as known when; who says so, when, and what they say about it."""

    card: str
    period: Period
    as_at: AsAt
    known_at: datetime
    by: str
    now: datetime
    words: str = ""


def publish(connection: Connection, publishing: Publishing, found: Sequence[Reckoned]) -> None:
    """Raises CentralError where nobody stands behind it, or the same was published at this very moment."""
    if publishing.period.last >= publishing.as_at.day:
        message = f"The period is not over before {publishing.period.last.isoformat()}. Publish it afterwards."
        raise CentralError(message)
    if not publishing.by.strip():
        message = "Figures are published in somebody’s name: give it with --by."
        raise CentralError(message)
    latest = latest_of(connection, publishing.card, publishing.period)
    if latest is not None and latest.at >= stamp(publishing.now):
        message = "These figures were published a moment ago. Look at them before publishing them again."
        raise CentralError(message)
    frozen = {one.figure.number: _frozen(one) for one in found}
    row = {
        "card": publishing.card,
        "first": publishing.period.first.isoformat(),
        "last": publishing.period.last.isoformat(),
        "published_at": stamp(publishing.now),
        "published_by": publishing.by.strip(),
        "known_at": stamp(publishing.known_at),
        "epoch": council_of(connection).epoch,
        "seq": publishing.as_at.seq,
        "words": publishing.words,
        "figures": msgspec.json.encode(frozen).decode(),
    }
    connection.execute(insert(published_card).values(row))


def latest_of(connection: Connection, card: str, period: Period) -> FrozenCard | None:
    """What was published of exactly this period last, if anything was."""
    found = editions_of(connection, card, period)
    return found[-1] if found else None


def editions_of(connection: Connection, card: str, period: Period) -> list[FrozenCard]:
    """Everything that was published of exactly this period, in order."""
    table = published_card
    here = (table.c.card == card) & (table.c.first == period.first.isoformat())
    query = select(table).where(here, table.c.last == period.last.isoformat()).order_by(table.c.published_at)
    return [_read(row) for row in connection.execute(query)]


def _read(row: Row[Any]) -> FrozenCard:
    figures = msgspec.json.decode(row.figures, type=dict[str, FrozenFigure])
    return FrozenCard(row.published_at, row.published_by, row.known_at, row.words, figures)


def _frozen(one: Reckoned) -> FrozenFigure:
    percent = "" if one.percent is None else str(one.percent)
    return FrozenFigure(one.count, one.denominator, percent, list(one.references))
