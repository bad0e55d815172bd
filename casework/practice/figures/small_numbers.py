"""Which figures stay inside the council: counts of one to four, and as many more as keep those from being worked out.

A small count is safe when another caseload, in which it is different, would have given the very same page. So for each
one such a caseload is looked for: a record with one answer otherwise, or one that belongs to another child. The figures
in which the two caseloads differ are hidden together. What is not hidden then fits both, however it is added up.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import TypeAlias

from casework.practice.figures.figure_cards import Card, Code, Figure, Wanted

SMALL = range(1, 5)
TRIES = 16  # of one small count: how many records are thought of
PATIENCE = 400  # answers that are tried before a record is given up
MOST_RECORDS = 6  # of one child, or children of one family
Row: TypeAlias = Mapping[str, Code]
_Link: TypeAlias = tuple[tuple[str, ...], list[Row]]
Change: TypeAlias = dict[str, int]  # by figure, how many more the other caseload has


def hidden(card: Card, counts: Mapping[str, int], also: Collection[str] = ()) -> frozenset[str]:
    """The numbers of the figures that are not told: the small ones, those that are hidden `also` for another reason,
    and what would give either away."""
    return _Hiding(card, counts, also).all()


def gives_away(before: Mapping[str, int], after: Mapping[str, int]) -> bool:
    """Whether two pages of one period, one taken from the other, would tell a small number."""
    return any(abs(count - before[number]) in SMALL for number, count in after.items() if number in before)


class _Hiding:
    def __init__(self, card: Card, counts: Mapping[str, int], also: Collection[str]) -> None:
        self._card = card
        self._counts = counts
        self._hidden = {number for number, count in counts.items() if count in SMALL or number in also}
        self._steps = PATIENCE
        self._chance = random.Random(card.card)  # noqa: S311 - the same page every time, nothing secret

    def all(self) -> frozenset[str]:
        """The rarest first: what hides it often hides others too."""
        somebodys = (number for number in self._hidden if self._counts[number] > 0)
        for number in sorted(somebodys, key=lambda found: (self._counts[found], found)):
            figure = self._by_number[number]
            best = self._least(figure)
            self._hidden |= set(best) if best is not None else self._related(figure)
        return frozenset(self._hidden)

    def _least(self, figure: Figure) -> Change | None:
        """Of the caseloads that differ in it, the one that takes fewest others with it."""
        best: Change | None = None
        for change in self._changes(figure):
            if not change.get(figure.number) or not self._is_possible(change):
                continue
            if best is None or self._cost(change) < self._cost(best):
                best = change
            if self._cost(best)[0] == 0:
                break
        return best

    @cached_property
    def _by_number(self) -> dict[str, Figure]:
        return {figure.number: figure for figure in self._card.figure}

    @cached_property
    def _conditions(self) -> dict[str, list[tuple[str, Wanted]]]:
        return {figure.number: list(self._card.conditions(figure)) for figure in self._card.figure}

    @cached_property
    def _values(self) -> dict[str, list[Code]]:
        """What a column may say, as far as any figure can tell."""
        found: dict[str, set[Code]] = {}
        for conditions in self._conditions.values():
            for column, wanted in conditions:
                found.setdefault(column, set()).update(_said_by(wanted))
        return {column: sorted(values, key=str) for column, values in sorted(found.items())}

    @cached_property
    def _links(self) -> list[_Link]:
        """Columns that go together, with all that they may say; a column that goes with none is alone."""
        linked: list[_Link] = [
            (of.columns, [dict(zip(of.columns, row, strict=True)) for row in of.rows]) for of in self._card.linked
        ]
        together = {column for columns, _rows in linked for column in columns}
        alone: list[_Link] = [((name,), [{name: one} for one in values]) for name, values in self._values.items()]
        return [*linked, *(link for link in alone if link[0][0] not in together)]

    def _changes(self, figure: Figure) -> Iterator[Change]:
        for row in self._rows_in(figure):
            yield from self._otherwise(figure, row)
            if figure.at_least > 1 or figure.most is not None:
                yield from self._moved(figure, row)

    def _rows_in(self, figure: Figure) -> Iterator[Row]:
        """Records that it counts, and whose every figure counts somebody."""
        wanted = dict(self._conditions[figure.number])
        fitting = sorted(([row for row in rows if _fits(row, wanted)] for _columns, rows in self._links), key=len)
        if not all(fitting):
            return
        for _try in range(TRIES):
            self._steps = PATIENCE
            row = self._row(fitting, {})
            if row is None:  # there is none, or it is not worth the time to find it
                return
            yield row

    def _row(self, fitting: Sequence[Sequence[Row]], so_far: Row) -> Row | None:
        """By chance, link after link; back where what was chosen leaves nothing to choose."""
        if not fitting:
            return so_far
        for one in self._chance.sample(fitting[0], len(fitting[0])):
            self._steps -= 1
            if self._steps < 0:
                return None
            if self._is_anybodys(so_far, one):
                row = self._row(fitting[1:], {**so_far, **one})
                if row is not None:
                    return row
        return None

    def _is_anybodys(self, row: Row, more: Row) -> bool:
        """Whether each figure that these answers alone settle counts somebody."""
        whole = {**row, **more}
        return all(
            self._counts[number] > 0
            for number in self._settled(frozenset(whole), next(iter(more)))
            if all(holds(wanted, whole[column]) for column, wanted in self._conditions[number])
        )

    @cache  # noqa: B019 - it goes with the page it was made for
    def _settled(self, columns: frozenset[str], newest: str) -> list[str]:
        found = []
        for number, conditions in self._conditions.items():
            asked, figure = {column for column, _wanted in conditions}, self._by_number[number]
            if newest in asked and asked <= columns and figure.at_least == 1 and figure.most is None:
                found.append(number)
        return found

    def _otherwise(self, figure: Figure, row: Row) -> Iterator[Change]:
        """The only record of a child, with one answer of those that the figure asks about otherwise."""
        asked = {column for column, _wanted in self._conditions[figure.number]}
        size = figure.at_least
        before = self._counted_in(self._matching(row), size, row, figure)
        for columns, rows in self._links:
            if asked & set(columns):
                for other in rows:
                    changed = {**row, **other}
                    yield _difference(before, self._counted_in(self._matching(changed), size, changed, figure))

    def _moved(self, figure: Figure, row: Row) -> Iterator[Change]:
        """A record that belongs to another child, who has others: no record is more or less."""
        matching = self._matching(row)
        sizes = [Counter(self._counted_in(matching, size, row, figure)) for size in range(MOST_RECORDS + 1)]
        for many in range(2, MOST_RECORDS + 1):
            for few in range(1, many):
                yield _difference(sizes[many] + sizes[few], sizes[many - 1] + sizes[few + 1])

    def _matching(self, row: Row) -> list[Figure]:
        return [
            figure
            for figure in self._card.figure
            if all(holds(wanted, row[column]) for column, wanted in self._conditions[figure.number])
        ]

    def _counted_in(self, matching: Sequence[Figure], size: int, row: Row, of: Figure) -> dict[str, int]:
        """What a child with so many of these records adds to each figure; or a family of so many children, each with
        one, where families are counted."""
        groups = {"records": (size, 1), "children": (1, size), "families": (1, size if of.count == "families" else 1)}
        if of.count == "families":
            groups["children"] = (size, 1)
        found = {}
        for figure in matching:
            many, each = groups[figure.count]
            is_nobodys = figure.count == "families" and row.get("family") == ""
            if not is_nobodys and figure.at_least <= each and (figure.most is None or each <= figure.most):
                found[figure.number] = many
        return found

    def _is_possible(self, change: Change) -> bool:
        return all(self._counts[number] + more >= 0 for number, more in change.items())

    def _cost(self, change: Change) -> tuple[int, int, list[str]]:
        """As few as can be, and of them those that tell least."""
        more = [number for number in change if number not in self._hidden]
        return len(more), sum(self._counts[number] for number in more), sorted(more)

    def _related(self, figure: Figure) -> set[str]:
        """Where no other caseload was found: everything that asks about the same."""
        asked = {column for column, _wanted in self._conditions[figure.number]}
        return {number for number, of in self._conditions.items() if asked & {column for column, _wanted in of}}


def holds(wanted: Wanted, said: Code) -> bool:
    match wanted:
        case str():
            return said == wanted
        case list():
            return said in wanted
    if said in wanted.excepted:
        return False
    if wanted.least is None and wanted.most is None:
        return True
    least, most = wanted.least, wanted.most
    return isinstance(said, int) and (least is None or said >= least) and (most is None or said <= most)


def _said_by(wanted: Wanted) -> set[Code]:
    """Only what some record may say: a value that no record has would hide nothing."""
    match wanted:
        case str():
            return {wanted, "not_recorded"}
        case list():
            return {*wanted, "not_recorded"}
    edges: set[Code] = {edge for edge in (wanted.least, wanted.most) if edge is not None}
    numbers = [one for one in wanted.excepted if isinstance(one, int)]
    other: set[Code] = {max(numbers) + 1 if numbers else "not_recorded"} if wanted.excepted else set()
    return edges | set(wanted.excepted) | other


def _fits(row: Row, wanted: Mapping[str, Wanted]) -> bool:
    return all(holds(wanted[column], said) for column, said in row.items() if column in wanted)


def _difference(before: Mapping[str, int], after: Mapping[str, int]) -> Change:
    numbers = dict.fromkeys([*before, *after])
    found = {number: after.get(number, 0) - before.get(number, 0) for number in numbers}
    return {number: more for number, more in found.items() if more}
