"""Small numbers are hidden, and nobody works them out of what is told: an attack that solves for each of them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

import pytest

from casework.practice.figures.figure_cards import Card, Code, Figure, Wanted, load_card
from casework.practice.figures.small_numbers import SMALL, gives_away, hidden, holds

CARDS = ("missing", "cme", "ehe", "exclusions", "inclusion")
PRIME = 2**31 - 1
Row = Mapping[str, Code]


def card(name: str) -> Card:
    return load_card(resources.files("resources").joinpath("figures", f"{name}.toml").read_text("utf-8"), file=name)


def values(of: Card) -> list[list[dict[str, Code]]]:
    """Of columns that go together, and of each other column, what a record may say."""
    linked = [[dict(zip(one.columns, row, strict=True)) for row in one.rows] for one in of.linked]
    together = {column for one in of.linked for column in one.columns}
    said: dict[str, set[Code]] = {}
    for figure in of.figure:
        for column, wanted in of.conditions(figure):
            if column not in together:
                said.setdefault(column, set()).update(named(wanted))
    return [*linked, *([{column: one} for one in sorted(some, key=str)] for column, some in sorted(said.items()))]


def named(wanted: Wanted) -> Iterator[Code]:
    if isinstance(wanted, str):
        yield from (wanted, "not_recorded")
    elif isinstance(wanted, list):
        yield from wanted
    elif wanted.excepted:
        yield from (*wanted.excepted, "not_recorded")
    else:
        yield from (edge for edge in (wanted.least, wanted.most) if edge is not None)


def children(of: Card, chance: random.Random, many: int) -> list[tuple[Row, int]]:
    """Each with some records alike; most of them say the commonest, as in life."""
    links = values(of)
    found: list[tuple[Row, int]] = []
    for _child in range(many):
        row: dict[str, Code] = {}
        for link in links:
            row |= link[min(int(chance.expovariate(3 / len(link))), len(link) - 1)]
        if chance.random() < 0.9:
            row |= {name: wanted for name, wanted in of.within.items() if isinstance(wanted, str)}
        found.append((row, 1 if chance.random() < 0.7 else chance.randrange(1, 6)))
    return found


def every_kind(of: Card, chance: random.Random) -> list[tuple[Row, int]]:
    """Some children that each figure counts, so that no sum holds only because somebody was not thought of."""
    links, found = values(of), list[tuple[Row, int]]()
    for figure in of.figure:
        wanted = dict(of.conditions(figure))
        fitting = [[one for one in link if all(holds(wanted[c], one[c]) for c in one if c in wanted)] for link in links]
        for size in (1, 1, 1, 2, 3, 5):
            row = {column: said for link in fitting if link for column, said in chance.choice(link).items()}
            found.append((row, size))
    return [one for one in found if len(one[0]) == sum(len(link[0]) for link in links)]


def adds(figure: Figure, of: Card, row: Row, size: int) -> int:
    if not all(holds(wanted, row[column]) for column, wanted in of.conditions(figure)):
        return 0
    if figure.count == "families":
        size = 1 if row.get("family") else 0
    many = size if figure.count == "records" else 1
    return many if figure.at_least <= size and (figure.most is None or size <= figure.most) else 0


def solved(of: Card, told: frozenset[str], wanted: frozenset[str]) -> set[str]:
    """Those that are sums and differences of what is told, whatever the children: by elimination over a prime field."""
    units = every_kind(of, random.Random(1))
    columns = {one.number: [adds(one, of, row, size) for row, size in units] for one in of.figure}
    basis: dict[int, list[int]] = {}
    for number in sorted(told):
        rest = reduced(columns[number], basis)
        first = next((place for place, entry in enumerate(rest) if entry), None)
        if first is not None:
            inverse = pow(rest[first], -1, PRIME)
            basis[first] = [entry * inverse % PRIME for entry in rest]
    return {number for number in wanted if not any(reduced(columns[number], basis))}


def reduced(column: list[int], basis: Mapping[int, list[int]]) -> list[int]:
    rest = column
    for place, pivot in basis.items():
        factor = rest[place]
        if factor:
            rest = [(one - factor * other) % PRIME for one, other in zip(rest, pivot, strict=True)]
    return rest


@pytest.mark.parametrize("name", CARDS)
def test_no_small_number_follows_from_what_is_told(name: str) -> None:
    of = card(name)
    numbers = frozenset(figure.number for figure in of.figure)
    broken = 0
    sizes = (8, 12, 40, 60) if name == "ehe" else (8, 12, 40)  # a card of many figures shows it in a large group only
    for seed, many in enumerate(sizes):
        people = children(of, random.Random(seed), many)
        counts = counts_of(of, people)
        small = frozenset(number for number, count in counts.items() if count in SMALL)
        not_told = hidden(of, counts)
        assert small <= not_told
        assert solved(of, numbers - not_told, small) == set()
        assert len(numbers - not_told) > len(numbers) / 5  # it is not enough to tell nothing
        broken += bool(solved(of, numbers - small, small))
    assert broken  # hiding the small ones alone does not help


def test_two_editions_of_one_period_tell_no_small_number_when_one_is_taken_from_the_other() -> None:
    of = card("exclusions")
    numbers = frozenset(figure.number for figure in of.figure)
    people = children(of, random.Random(3), 40)
    before = counts_of(of, people)
    first = hidden(of, before)
    one = next(who for who in people if counts_of(of, [who])["1"])
    assert all(gives_away(before, counts_of(of, [*people, *[one] * many])) for many in (1, 4))
    assert gives_away(before, counts_of(of, [who for who in people if who is not one]))

    after = counts_of(of, [*people, *[(one[0], 1)] * 6])
    later = hidden(of, after, first)
    assert not gives_away(before, after)
    assert first <= later
    assert {after[number] - before[number] for number in numbers - later} == {0, 6}
    small = frozenset(number for number, count in after.items() if count in SMALL)
    assert solved(of, numbers - later, small) == set()


def test_no_other_figure_is_hidden_without_need() -> None:
    of = card("missing")
    counts = {figure.number: 0 for figure in of.figure}
    assert hidden(of, counts) == frozenset()
    alike: dict[str, Code] = {**values_of_most(of), "standing": "counted", "placed": "yes"}
    girls, boys = {**alike, "sex": "female"}, {**alike, "sex": "male"}
    many = counts_of(of, [(girls, 1)] * 30 + [(boys, 1)] * 20)
    assert hidden(of, many) == frozenset()
    few = counts_of(of, [(girls, 1)] * 30 + [(boys, 1)] * 3)
    assert hidden(of, few) in ({"7.1", "7.2"}, {"7.2", "7.3"})
    assert (few["7.2"], few["1.1"]) == (3, 33)


def values_of_most(of: Card) -> dict[str, Code]:
    return {column: said for link in values(of) for column, said in link[0].items()}


def counts_of(of: Card, people: Sequence[tuple[Row, int]]) -> dict[str, int]:
    return {figure.number: sum(adds(figure, of, row, size) for row, size in people) for figure in of.figure}
