"""In which order letters stand on a line when some run from right to left: the Unicode Bidirectional Algorithm.

python-bidi gives the reordered characters, and HarfBuzz needs the levels: it shapes runs in their logical order. The
names of the rules (P2, X1, W1, N0, I1, L1, L2) are those of UAX #9; its own test file runs in the tests.
One file, though a long one: it is read beside the standard, rule after rule, in the standard’s order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from fontTools.unicodedata import Mirrored

DEEPEST = 125
_INITIATORS = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDINGS = {"LRE": "", "RLE": "", "LRO": "L", "RLO": "R"}
_REMOVED = frozenset({*_EMBEDDINGS, "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "PDI", *_INITIATORS})
_RIGHT = frozenset({"R", "AL", "AN"})
_NEEDS_ORDER = _RIGHT | _INITIATORS | {*_EMBEDDINGS}
_LETTERS_FROM_RIGHT = frozenset({"R", "AL"})
_ALL_FROM_RIGHT = _LETTERS_FROM_RIGHT | {"NSM", "WS", "ON", "CS", "ES", "ET"}
_MOST_BRACKETS = 63


@dataclass(frozen=True, slots=True)
class Order:
    """The levels of a paragraph's characters, odd ones from right to left; empty where all run from left to right."""

    base: int
    levels: Sequence[int]


@dataclass(slots=True)
class _Status:
    level: int
    override: str
    isolate: bool


@dataclass(slots=True)
class _Sequence:
    """An isolating run sequence: places of the paragraph that are resolved together."""

    places: list[int]
    kinds: list[str]
    level: int
    start: str
    end: str

    @property
    def embedding(self) -> str:
        return "R" if self.level % 2 else "L"


def order_of(text: str, base: int | None = None) -> Order:
    """Of one paragraph; without a base, its direction is that of its first letter that has one (P2, P3)."""
    met = {unicodedata.bidirectional(char) or "L" for char in set(text)}
    if _NEEDS_ORDER.isdisjoint(met):
        return Order(0, ())
    if base in {None, 1} and met <= _ALL_FROM_RIGHT and not met.isdisjoint(_LETTERS_FROM_RIGHT):
        return Order(1, [1] * len(text))  # nothing in it asks for another direction
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    found = _first_strong(kinds, 0) if base is None else base
    return Order(found, levels_of(text, kinds, found))


def levels_of(text: str, kinds: Sequence[str], base: int) -> list[int]:
    explicit = _Explicit(kinds, base)
    levels = explicit.levels
    for sequence in list(_sequences(kinds, explicit, base)):  # all of them before a level changes
        _resolve_weak(sequence)
        _resolve_brackets(sequence, text)
        _resolve_neutral(sequence)
        for place, kind in zip(sequence.places, sequence.kinds, strict=True):
            levels[place] = _implicit(sequence.level, kind)
    for place, kind in enumerate(kinds):  # what X9 takes out goes where its neighbour goes
        if kind in _REMOVED:
            levels[place] = levels[place - 1] if place else base
    return levels


def line_levels(text: str, order: Order, start: int, end: int) -> list[int]:
    """L1: the space at the end of a line, and tabs, stand as the paragraph runs."""
    levels = list(order.levels[start:end])
    trailing = True
    for place in range(end - 1, start - 1, -1):
        kind = unicodedata.bidirectional(text[place])
        trailing = kind in {"S", "B"} or (
            trailing and (kind in {"WS", "PDI"} or kind in _INITIATORS or kind in _REMOVED)
        )
        if trailing:
            levels[place - start] = order.base
    return levels


def visual_runs(levels: Sequence[int]) -> list[tuple[int, int, int]]:
    """L2: [(start, end, level)] from the left of the line to its right."""
    bounds = [0, *(place for place in range(1, len(levels)) if levels[place] != levels[place - 1]), len(levels)]
    runs = [(start, end, levels[start]) for start, end in pairwise(bounds)] if levels else []
    highest = max((level for _, _, level in runs), default=0)
    lowest = min((level for _, _, level in runs if level % 2), default=highest + 1)
    for depth in range(highest, lowest - 1, -1):
        runs = list(_reversed_from(runs, depth))
    return runs


def _reversed_from(runs: Sequence[tuple[int, int, int]], depth: int) -> Iterator[tuple[int, int, int]]:
    held: list[tuple[int, int, int]] = []
    for run in runs:
        if run[2] >= depth:
            held.append(run)
            continue
        yield from reversed(held)
        held = []
        yield run
    yield from reversed(held)


def _first_strong(kinds: Sequence[str], start: int, *, inside: bool = False) -> int:
    """P2 and P3, passing over isolates; `inside` one, only as far as its end."""
    depth = 0
    for kind in kinds[start:] if start else kinds:
        if kind in _INITIATORS:
            depth += 1
        elif kind == "PDI":
            if inside and not depth:
                break
            depth = max(depth - 1, 0)
        elif not depth and kind in {"L", "R", "AL"}:
            return int(kind != "L")
    return 0


@dataclass(slots=True)
class _Explicit:
    """X1 to X8: the levels that marks in the text ask for, what they override, and which isolate ends where."""

    given: Sequence[str]
    base: int
    levels: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    _stack: list[_Status] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _valid: int = 0
    _lost_isolates: int = 0
    _lost_embeddings: int = 0

    def __post_init__(self) -> None:
        self._stack.append(_Status(self.base, "", isolate=False))
        for place, kind in enumerate(self.given):
            if kind in _EMBEDDINGS:
                self._keep(kind)
                self._embed(kind)
            elif kind in _INITIATORS:
                self._isolate(place, kind)
            elif kind == "PDI":
                self._end_isolate(place)
            elif kind == "PDF":
                self._end_embedding()
                self._keep(kind)
            elif kind == "B":
                self.levels.append(self.base)
                self.kinds.append(kind)
            else:
                self._keep(kind)

    def _keep(self, kind: str) -> None:
        status = self._stack[-1]
        self.levels.append(status.level)
        self.kinds.append(status.override if status.override and kind not in _REMOVED else kind)

    def _next_level(self, *, right: bool) -> int:
        level = self._stack[-1].level
        return level + (1 if (level % 2 == 0) == right else 2)

    def _embed(self, kind: str) -> None:
        level = self._next_level(right=kind in {"RLE", "RLO"})
        if level <= DEEPEST and not self._lost_isolates and not self._lost_embeddings:
            self._stack.append(_Status(level, _EMBEDDINGS[kind], isolate=False))
        elif not self._lost_isolates:
            self._lost_embeddings += 1

    def _isolate(self, place: int, kind: str) -> None:
        self._keep(kind)
        self._open.append(place)
        right = kind == "RLI" or (kind == "FSI" and _first_strong(self.given, place + 1, inside=True) == 1)
        level = self._next_level(right=right)
        if level <= DEEPEST and not self._lost_isolates and not self._lost_embeddings:
            self._valid += 1
            self._stack.append(_Status(level, "", isolate=True))
        else:
            self._lost_isolates += 1

    def _end_isolate(self, place: int) -> None:
        if self._open:
            self.ends[self._open.pop()] = place
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._valid:
            self._lost_embeddings = 0
            while not self._stack[-1].isolate:
                self._stack.pop()
            self._stack.pop()
            self._valid -= 1
        self._keep("PDI")

    def _end_embedding(self) -> None:
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif not self._stack[-1].isolate and len(self._stack) > 1:
            self._stack.pop()


def _sequences(given: Sequence[str], explicit: _Explicit, base: int) -> Iterator[_Sequence]:
    """X10: runs of one level, an isolate's outside joined over what it holds."""
    levels, kept = explicit.levels, [place for place, kind in enumerate(given) if kind not in _REMOVED]
    at = {place: number for number, place in enumerate(kept)}
    runs: dict[int, list[int]] = {}
    run: list[int] = []
    for number, place in enumerate(kept):
        if number and levels[kept[number - 1]] == levels[place]:
            run.append(place)
        else:
            run = runs[place] = [place]
    continued = set(explicit.ends.values())
    for first, run in runs.items():
        if first in continued:
            continue
        places = list(run)
        while (end := explicit.ends.get(places[-1])) is not None and end in runs:
            places += runs[end]
        level = levels[first]
        before = levels[kept[at[first] - 1]] if at[first] else base
        last = at[places[-1]] + 1
        after = base if given[places[-1]] in _INITIATORS or last == len(kept) else levels[kept[last]]
        yield _Sequence(places, [explicit.kinds[p] for p in places], level, _edge(level, before), _edge(level, after))


def _edge(level: int, beside: int) -> str:
    return "R" if max(level, beside) % 2 else "L"


def _resolve_weak(sequence: _Sequence) -> None:
    """W1 to W7."""
    kinds = sequence.kinds
    previous, strong = sequence.start, sequence.start
    for place, kind in enumerate(kinds):  # W1, W2, W3
        if kind == "NSM":
            kind = "ON" if previous == "PDI" or previous in _INITIATORS else previous  # noqa: PLW2901
        previous = kind
        if kind == "EN" and strong == "AL":
            kind = "AN"  # noqa: PLW2901
        if kind in {"L", "R", "AL"}:
            strong = kind
        kinds[place] = "R" if kind == "AL" else kind
    for place in range(1, len(kinds) - 1):  # W4
        around = {kinds[place - 1], kinds[place + 1]}
        if (kinds[place] in {"ES", "CS"} and around == {"EN"}) or (kinds[place] == "CS" and around == {"AN"}):
            kinds[place] = around.pop()
    _resolve_terminators(kinds)
    strong = sequence.start
    for place, kind in enumerate(kinds):  # W6, W7
        if kind in {"ES", "ET", "CS"}:
            kinds[place] = "ON"
        elif kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _resolve_terminators(kinds: list[str]) -> None:
    """W5: signs such as % belong to the number they stand beside."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] == "ET":
            end += 1
        if end > place and "EN" in (kinds[place - 1] if place else "", kinds[end] if end < len(kinds) else ""):
            kinds[place:end] = ["EN"] * (end - place)
        place = max(end, place + 1)


def _resolve_brackets(sequence: _Sequence, text: str) -> None:
    """N0: both brackets of a pair run the way of what they hold."""
    kinds = sequence.kinds
    for opening, closing in _pairs(sequence, text):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} - {""}
        if sequence.embedding in inside:
            found = sequence.embedding
        elif inside:
            before = (_strong(kind) for kind in reversed(kinds[:opening]))
            context = next((kind for kind in before if kind), sequence.start)
            found = context if context in inside else sequence.embedding
        else:
            continue
        for bracket in (opening, closing):
            kinds[bracket] = found
            for after in range(bracket + 1, len(kinds)):
                if unicodedata.bidirectional(text[sequence.places[after]]) != "NSM":
                    break
                kinds[after] = found


def _pairs(sequence: _Sequence, text: str) -> list[tuple[int, int]]:
    """BD16."""
    found: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for number, place in enumerate(sequence.places):
        if sequence.kinds[number] != "ON" or (pair := _BRACKETS.get(text[place])) is None:
            continue
        partner, opens = pair
        if opens:
            if len(stack) == _MOST_BRACKETS:
                return []
            stack.append((partner, number))
            continue
        char = _CANONICAL.get(text[place], text[place])
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == char:
                found.append((stack[depth][1], number))
                del stack[depth:]
                break
    return sorted(found)


def _strong(kind: str) -> str:
    return "R" if kind in {"R", "EN", "AN"} else "L" if kind == "L" else ""


def _resolve_neutral(sequence: _Sequence) -> None:
    """N1 and N2."""
    kinds, place = sequence.kinds, 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        if end > place:
            before = _strong(kinds[place - 1]) if place else sequence.start
            after = _strong(kinds[end]) if end < len(kinds) else sequence.end
            kinds[place:end] = [before if before == after else sequence.embedding] * (end - place)
        place = end + 1


def _implicit(level: int, kind: str) -> int:
    """I1 and I2."""
    if level % 2:
        return level + (kind in {"L", "EN", "AN"})
    return level + (1 if kind == "R" else 2 if kind in {"EN", "AN"} else 0)


_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}


def _bracket_pairs() -> dict[str, tuple[str, bool]]:
    """{bracket: (the closing one to look for, whether this one opens)}."""
    found = {}
    for code, mirrored in Mirrored.MIRRORED.items():
        char, partner = chr(code), chr(mirrored)
        kinds = unicodedata.category(char), unicodedata.category(partner)
        if kinds in {("Ps", "Pe"), ("Pe", "Ps")} and unicodedata.bidirectional(char) == "ON":
            found[char] = (_CANONICAL.get(partner, partner), kinds[0] == "Ps")
    return found


_BRACKETS = _bracket_pairs()
