"""A scorecard reckoned in one query, of the rows of its subject; then, for each row, which figures count it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from itertools import compress
from typing import Any

from sqlalchemy import Connection, Select, select

from casework.identifiers import RecordId
from casework.practice.figures.figure_cards import Card, Figure, Wanted, load_card
from casework.practice.figures.own_figures import OWN
from casework.practice.figures.small_numbers import holds
from central.database.tables import extract_number
from central.figures.out_of_sight import exclusions, inclusion
from central.figures.own_answers import having, own_figures_of
from central.figures.periods import AsAt, Period
from central.figures.subjects import episodes, home_education, referrals

SUBJECTS: Mapping[str, Callable[[Period, AsAt], Select[Any]]] = {
    "episode": episodes,
    "referral": referrals,
    "home_education": home_education,
    "exclusion": exclusions,
    "inclusion": inclusion,
}
KEYS = ("record_id", "child_id", "family")
CHUNK = 900  # SQLite takes at most 999 parameters in older builds


@dataclass(frozen=True, slots=True)
class Reckoned:
    """One figure: how many, of how many, and each by its id and by its reference, in the same order."""

    figure: Figure
    ids: tuple[str, ...]
    references: tuple[str, ...]
    denominator: int | None
    percent: Decimal | None

    @property
    def count(self) -> int:
        return len(self.references)


@cache
def card_of(name: str) -> Card:
    text = resources.files("resources").joinpath("figures", f"{name}.toml").read_text(encoding="utf-8")
    return load_card(text, file=f"{name}.toml")


def reckon(connection: Connection, card: Card, period: Period, as_at: AsAt) -> list[Reckoned]:
    """In the order of the card."""
    rows = SUBJECTS[card.subject](period, as_at).subquery("subject")
    names = [*KEYS, *sorted(_asked(card) - set(KEYS))]
    found = [tuple(row) for row in connection.execute(select(*(rows.c[name] for name in names)))]
    named = _numbers(connection, {one for row in found for one in row[:2]})
    # by reference, so that no figure's own list need be sorted
    found.sort(key=lambda row: (named.get(row[0], row[0]), row[0]))
    columns = dict(zip(names, zip(*found, strict=True), strict=True)) if found else dict.fromkeys(names, ())
    flags = _Flags(columns, len(found))
    ids = [_ids(figure, columns, flags.of(card, figure)) for figure in card.figure]
    own = own_figures_of(connection, card)
    for place, figure in enumerate(card.figure):
        if figure.number in own:
            having_it = having(connection, own[figure.number], [RecordId(one) for one in ids[place]], as_at)
            ids[place] = [one for one in ids[place] if one in having_it]
    counts = {figure.number: len(ids[place]) for place, figure in enumerate(card.figure)}
    return [_reckoned(card, figure, ids[place], counts, named) for place, figure in enumerate(card.figure)]


def _asked(card: Card) -> set[str]:
    """A council's own question is no column: whose records have the answer is looked up afterwards."""
    asked = {name for figure in card.figure for name, _wanted in card.conditions(figure)}
    return {name for name in asked if not name.startswith(OWN)}


class _Flags:
    """For each row, whether a figure counts it. A condition is worked out once, and once for each value: a hundred
    figures ask thousands of rows about a few codes."""

    def __init__(self, columns: Mapping[str, Sequence[Any]], many: int) -> None:
        self._columns = columns
        self._many = many
        self._known: dict[tuple[str, str], list[bool]] = {}

    def of(self, card: Card, figure: Figure) -> list[bool]:
        asked = [(name, wanted) for name, wanted in card.conditions(figure) if not name.startswith(OWN)]
        parts = [self._one(name, wanted) for name, wanted in asked]
        return (
            parts[0] if len(parts) == 1 else list(map(all, zip(*parts, strict=True))) if parts else [True] * self._many
        )

    def _one(self, name: str, wanted: Wanted) -> list[bool]:
        key = name, str(wanted)
        if key not in self._known:
            column = self._columns[name]
            is_so = {said: holds(wanted, said if isinstance(said, str) else int(said)) for said in set(column)}
            self._known[key] = [is_so[said] for said in column]
        return self._known[key]


def _ids(figure: Figure, columns: Mapping[str, Sequence[str]], flags: Sequence[bool]) -> list[str]:
    """What the figure counts: records, or the children or families that have enough of them."""
    records, children, families = (columns[name] for name in KEYS)
    if figure.count == "records":
        return list(compress(records, flags))
    keys, of = (families, children) if figure.count == "families" else (children, records)
    return _grouped(figure, compress(keys, flags), compress(of, flags))


def _grouped(figure: Figure, keys: Iterable[str], of: Iterable[str]) -> list[str]:
    """A family's size is in children, a child's in records."""
    if figure.at_least == 1 and figure.most is None:
        return [key for key in dict.fromkeys(keys) if key]
    groups: dict[str, set[str]] = defaultdict(set)
    for key, one in zip(keys, of, strict=True):
        groups[key].add(one)
    groups.pop("", None)
    most = figure.most
    return [key for key, of in groups.items() if figure.at_least <= len(of) and (most is None or len(of) <= most)]


def _numbers(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The case system's own numbers, for what was imported."""
    wanted, named = sorted(ids), dict[str, str]()
    for start in range(0, len(wanted), CHUNK):
        query = select(extract_number.c.record_id, extract_number.c.number)
        query = query.where(extract_number.c.record_id.in_(wanted[start : start + CHUNK]))
        named |= dict(iter(connection.execute(query)))
    return named


def _reckoned(
    card: Card, figure: Figure, ids: Sequence[str], counts: Mapping[str, int], named: Mapping[str, str]
) -> Reckoned:
    ordered = tuple(ids if figure.count == "records" else sorted(ids, key=lambda one: (named.get(one, one), one)))
    references = tuple(map(named.get, ordered, ordered))
    if not figure.of:
        return Reckoned(figure, ordered, references, None, None)
    denominator = sum(counts[number] for number in figure.of)
    return Reckoned(figure, ordered, references, denominator, card.percent(len(ids), denominator))
