"""A scorecard reckoned in one query, of the rows of its subject; then, for each row, which figures count it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, reduce
from importlib import resources
from itertools import compress
from operator import and_
from typing import Any

from sqlalchemy import Connection, Select, Subquery, func, select

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
_BYTE = 256


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
    rows = _rows(connection, SUBJECTS[card.subject](period, as_at).subquery("subject"), _asked(card))
    flags = _Flags(rows.columns, rows.many)
    ids = [_ids(figure, rows.columns, flags.of(card, figure)) for figure in card.figure]
    own = own_figures_of(connection, card)
    for place, figure in enumerate(card.figure):
        if figure.number in own:
            having_it = having(connection, own[figure.number], [RecordId(one) for one in ids[place]], as_at)
            ids[place] = [one for one in ids[place] if one in having_it]
    counts = {figure.number: len(ids[place]) for place, figure in enumerate(card.figure)}
    return [
        _reckoned(card, figure, rows.in_order(figure, ids[place]), counts) for place, figure in enumerate(card.figure)
    ]


def _asked(card: Card) -> list[str]:
    """A council's own question is no column: whose records have the answer is looked up afterwards."""
    asked = {name for figure in card.figure for name, _wanted in card.conditions(figure)} - set(KEYS)
    return [*KEYS, *sorted(name for name in asked if not name.startswith(OWN))]


@dataclass(frozen=True, slots=True)
class _Rows:
    """A column for each name, in the order of the records' references, so that no figure's own list of records need be
    sorted; the reference of each record and child; and the places of the children in the order of theirs."""

    columns: Mapping[str, Sequence[Any]]
    references: Mapping[str, str]
    children: Mapping[str, int]

    @property
    def many(self) -> int:
        return len(self.columns["record_id"])

    def in_order(self, figure: Figure, ids: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """With the references: the case system's own numbers, for what was imported."""
        if figure.count == "families":
            found = tuple(sorted(ids))
            return found, found
        found = tuple(ids if figure.count == "records" else sorted(ids, key=self.children.__getitem__))
        return found, tuple(map(self.references.__getitem__, found))


def _rows(connection: Connection, rows: Subquery, names: Sequence[str]) -> _Rows:
    of_record, of_child = extract_number.alias(), extract_number.alias()
    joined = rows.outerjoin(of_record, of_record.c.record_id == rows.c.record_id)
    joined = joined.outerjoin(of_child, of_child.c.record_id == rows.c.child_id)
    record, child = (
        func.coalesce(of_record.c.number, rows.c.record_id),
        func.coalesce(of_child.c.number, rows.c.child_id).label("child_reference"),
    )
    query = select(record, *(rows.c[name] for name in names), child).select_from(joined)
    found = sorted(map(tuple, connection.execute(query).all()))
    references, *columns, of_children = zip(*found, strict=True) if found else [()] * (len(names) + 2)
    by_name = dict(zip(names, columns, strict=True))
    children = dict(zip(by_name["child_id"], of_children, strict=True))
    ordered = sorted(children, key=lambda one: (children[one], one))
    places = {one: place for place, one in enumerate(ordered)}
    return _Rows(by_name, children | dict(zip(by_name["record_id"], references, strict=True)), places)


class _Flags:
    """For each row, whether a figure counts it: a byte, 0 or 1. A hundred figures ask thousands of rows about a few
    codes, so a column is turned into small numbers once, and each condition is a table from those to 0 or 1."""

    def __init__(self, columns: Mapping[str, Sequence[Any]], many: int) -> None:
        self._columns = columns
        self._many = many
        self._coded: dict[str, tuple[list[Any], bytes]] = {}
        self._known: dict[tuple[str, str], int] = {}

    def of(self, card: Card, figure: Figure) -> bytes:
        asked = [(name, wanted) for name, wanted in card.conditions(figure) if not name.startswith(OWN)]
        every = int.from_bytes(b"\1" * self._many, "big")
        return reduce(and_, (self._one(name, wanted) for name, wanted in asked), every).to_bytes(self._many, "big")

    def _one(self, name: str, wanted: Wanted) -> int:
        key = name, str(wanted)
        if key not in self._known:
            said, coded = self._column(name)
            is_so = [holds(wanted, one if isinstance(one, str) else int(one)) for one in said]
            if len(said) <= _BYTE:
                flags = coded.translate(bytes(is_so).ljust(_BYTE, b"\0"))
            else:
                by_said = dict(zip(said, is_so, strict=True))
                flags = bytes(map(by_said.__getitem__, self._columns[name]))
            self._known[key] = int.from_bytes(flags, "big")
        return self._known[key]

    def _column(self, name: str) -> tuple[list[Any], bytes]:
        """What is said in it, and which of that each row says; nothing where it says more than a byte can number."""
        if name not in self._coded:
            said = list(dict.fromkeys(self._columns[name]))
            places = {one: place for place, one in enumerate(said)}
            coded = bytes(map(places.__getitem__, self._columns[name])) if len(said) <= _BYTE else b""
            self._coded[name] = said, coded
        return self._coded[name]


def _ids(figure: Figure, columns: Mapping[str, Sequence[str]], flags: bytes) -> list[str]:
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


def _reckoned(
    card: Card, figure: Figure, found: tuple[tuple[str, ...], tuple[str, ...]], counts: Mapping[str, int]
) -> Reckoned:
    ids, references = found
    if not figure.of:
        return Reckoned(figure, ids, references, None, None)
    denominator = sum(counts[number] for number in figure.of)
    return Reckoned(figure, ids, references, denominator, card.percent(len(ids), denominator))
