"""A scorecard as it may leave the council: no references, no small number, and none that would give one away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from casework.practice.figures.figure_cards import Card, Figure
from casework.practice.figures.small_numbers import hidden
from central.figures.reckoning import Reckoned

HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as it is read: None where it is hidden, or was never there."""

    figure: Figure
    count: int | None
    denominator: int | None
    percent: Decimal | None
    references: tuple[str, ...] | None = None


def as_it_is(one: Reckoned) -> Told:
    """For whoever may open the records."""
    return Told(one.figure, one.count, one.denominator, one.percent, one.references)


def for_outside(card: Card, found: Sequence[Reckoned]) -> list[Told]:
    """A share is told when all that it is made of is."""
    not_told = hidden(card, {one.figure.number: one.count for one in found})
    return [_told(one, not_told) for one in found]


def _told(one: Reckoned, not_told: frozenset[str]) -> Told:
    count = None if one.figure.number in not_told else one.count
    denominator = None if not_told & set(one.figure.of) else one.denominator
    return Told(one.figure, count, denominator, None if count is None or denominator is None else one.percent)
