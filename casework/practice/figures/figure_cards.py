"""A scorecard's figures, as a file names them: what is counted, of what it is a share, and by whose reading."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

import msgspec

from casework.errors import DefinitionError

Code: TypeAlias = str | int
Counting: TypeAlias = Literal["records", "children", "families"]


class Range(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column's number between two, both included; or any code but some."""

    least: int | None = None
    most: int | None = None
    excepted: tuple[Code, ...] = msgspec.field(default=(), name="except")


Wanted: TypeAlias = str | list[str] | Range


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`of` names the figures whose counts together are the denominator; `at_least` and `most` are of each child or
    family, in records. `within` replaces the card's own conditions."""

    number: str
    title: str
    where: dict[str, Wanted]
    source: str
    count: Counting = "records"
    at_least: int = 1
    most: int | None = None
    of: tuple[str, ...] = ()
    within: dict[str, Wanted] | None = None
    reading: str = ""


class Linked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Columns that follow from one another, and all that they can say together."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Code, ...], ...]


class DrawnTogether(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One picture of a scorecard: bars lie, columns stand, a trend has a column for each of several periods."""

    title: str
    kind: Literal["bars", "columns", "trend"]
    figures: tuple[str, ...]


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`rounding` is how many decimals a percentage has."""

    card: str
    title: str
    subject: str
    within: dict[str, Wanted]
    rounding: int
    figure: tuple[Figure, ...]
    linked: tuple[Linked, ...] = ()
    picture: tuple[DrawnTogether, ...] = ()

    def conditions(self, figure: Figure) -> Iterator[tuple[str, Wanted]]:
        """Every column that decides, with what it must be."""
        yield from (self.within if figure.within is None else figure.within).items()
        yield from figure.where.items()

    def percent(self, count: int, denominator: int) -> Decimal | None:
        """Half up; None of nothing."""
        if denominator == 0:
            return None
        return (Decimal(100 * count) / denominator).quantize(Decimal(1).scaleb(-self.rounding), ROUND_HALF_UP)


def load_card(text: str, *, file: str) -> Card:
    """Raises DefinitionError for a figure that names no other, or stands twice."""
    try:
        card = msgspec.toml.decode(text, type=Card)
    except ValueError as error:  # msgspec's and the TOML reader's own errors are ValueErrors
        raise DefinitionError(file, 1, str(error)) from error
    numbers = [figure.number for figure in card.figure]
    for figure in card.figure:
        if numbers.count(figure.number) > 1 or not set(figure.of) <= set(numbers):
            message = f"the figure {figure.number} stands twice, or is a share of a figure that is not here."
            raise DefinitionError(file, 1, message)
    if drawn := {number for one in card.picture for number in one.figures} - set(numbers):
        message = f"a picture draws {', '.join(sorted(drawn))}, and there is no such figure."
        raise DefinitionError(file, 1, message)
    return card
