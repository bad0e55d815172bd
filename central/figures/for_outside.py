"""A scorecard as it may leave the council: no references, no small number, and none that would give one away.

Also not beside what left before (`docs/decisions/what-leaves-the-council.md`): no two pages overlap, a later edition of
one period tells nothing that an earlier one lets somebody take from it, and a card that crosses others keeps to theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection

from casework.practice.figures.figure_cards import Card, Figure
from casework.practice.figures.small_numbers import SMALL, gives_away, hidden
from casework.practice.figures.usual_periods import is_usual
from central.database.errors import CentralError
from central.figures.own_answers import with_councils_own
from central.figures.periods import AsAt, Period
from central.figures.publishing import FrozenCard, editions_of
from central.figures.reckoning import Reckoned, card_of, reckon

HIDDEN = "hidden"
OVERLAPS = (
    "Only whole months, quarters or school years leave the council: two that overlap would tell their difference."
)
# What a card that crosses others counts as well: by its figure, the other card and the figures that come to the same,
# or to so few less that their difference is one of the small numbers.
CROSSED: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "inclusion": {
        "1b": ("cme", ("1a",)),
        "1d": ("exclusions", ("1-children",)),
        "6": ("exclusions", ("2-permanent", "3-permanent", "4-permanent", "5-permanent")),
    }
}


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as it is read: None where it is hidden, or was never there."""

    figure: Figure
    count: int | None
    denominator: int | None
    percent: Decimal | None
    references: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OutsidePage:
    """`published` is the edition that it tells; None for a draft of what nobody has published, known at no other
    moment than it was asked for."""

    figures: list[Told]
    known_at: str
    published: FrozenCard | None = None

    def count(self, number: str) -> int | None:
        return next((one.count for one in self.figures if one.figure.number == number), None)


def as_it_is(one: Reckoned) -> Told:
    """For whoever may open the records."""
    return Told(one.figure, one.count, one.denominator, one.percent, one.references)


def outside_page(
    connection: Connection, card: Card, period: Period, as_at: AsAt, found: Sequence[Reckoned] = ()
) -> OutsidePage:
    """Of a period that was published, an edition of it, whatever is known now. Raises CentralError for a period that
    overlaps with others that are told."""
    if not is_usual(card.card, period.first, period.last):
        raise CentralError(OVERLAPS)
    editions = editions_of(connection, card.card, period)
    if not editions:
        counts = {one.figure.number: one.count for one in found or reckon(connection, card, period, as_at)}
        also = _crossed(connection, card, counts, period, as_at)
        return OutsidePage(_page(card, counts, hidden(card, counts, also)), "")
    edition, not_told = _bound(card, editions)
    counts = edition.counts
    also = not_told | _crossed(connection, card, counts, period, as_at)
    return OutsidePage(_page(card, counts, hidden(card, _known(card, counts), also)), edition.known_at, edition)


def _bound(card: Card, editions: Sequence[FrozenCard]) -> tuple[FrozenCard, frozenset[str]]:
    """The first; a later one where it differs from the one before by no small number. What was hidden once stays
    hidden."""
    told, not_told = editions[0], frozenset[str]()
    for later in editions[1:]:
        if not gives_away(told.counts, later.counts):
            told, not_told = later, not_told | hidden(card, _known(card, told.counts), not_told)
    return told, not_told


def _crossed(
    connection: Connection, card: Card, counts: Mapping[str, int], period: Period, as_at: AsAt
) -> frozenset[str]:
    """Those that the other card hides, or that differ from its own by a small number."""
    pages: dict[str, OutsidePage] = {}
    found = set()
    for number, (other, theirs) in CROSSED.get(card.card, {}).items():
        if other not in pages:
            definition = with_councils_own(connection, card_of(other))
            pages[other] = outside_page(connection, definition, period, as_at)
        told = [pages[other].count(each) for each in theirs]
        whole = sum(one for one in told if one is not None)
        if None in told or abs(counts.get(number, 0) - whole) in SMALL:
            found.add(number)
    return frozenset(found)


def _known(card: Card, counts: Mapping[str, int]) -> dict[str, int]:
    return {figure.number: counts.get(figure.number, 0) for figure in card.figure}


def _page(card: Card, counts: Mapping[str, int], not_told: frozenset[str]) -> list[Told]:
    """A share is told when all that it is made of is. What was not a figure yet when it was published is not told."""
    return [_told(card, figure, counts, not_told) for figure in card.figure]


def _told(card: Card, figure: Figure, counts: Mapping[str, int], not_told: frozenset[str]) -> Told:
    count = None if figure.number in not_told else counts.get(figure.number)
    parts = [None if number in not_told else counts.get(number) for number in figure.of]
    known = [one for one in parts if one is not None]
    denominator = sum(known) if parts and len(known) == len(parts) else None
    percent = None if count is None or denominator is None else card.percent(count, denominator)
    return Told(figure, count, denominator, percent)
