"""What differs between two texts, word by word: only for showing, never for joining them (ux 2, conflicts)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from desktop.ui.kit.basics.labels import Runs

_PIECES = re.compile(r"\s+|\w+(?:[:’'.,-]\w+)*|[^\w\s]")
MOST_PIECES = 4000  # beyond it comparing would hold up the window, and marks would tell nobody anything


def changed(before: str, after: str) -> Runs:
    """`after` whole and in order, in runs: (is it other than in `before`?, the run)."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    if len(old) + len(new) > MOST_PIECES:
        return ((False, after),)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    runs = [(step != "equal", "".join(new[j1:j2])) for step, _i1, _i2, j1, j2 in steps if j1 < j2]
    return tuple(_joined(runs))


def either(one: Runs, other: Runs) -> Runs:
    """Marked where at least one marks it; both are runs of the same text."""
    letters = zip(_letters(one), _letters(other), strict=True)
    return tuple(_joined([(a or b, letter) for (a, letter), (b, _same) in letters]))


def _letters(runs: Runs) -> list[tuple[bool, str]]:
    return [(differs, letter) for differs, run in runs for letter in run]


def _joined(runs: list[tuple[bool, str]]) -> Iterator[tuple[bool, str]]:
    """Changes with only a space between them are one change."""
    bridges = [
        not differs and not run.strip() and 0 < number < len(runs) - 1 for number, (differs, run) in enumerate(runs)
    ]
    marks = [(differs or bridge, run) for (differs, run), bridge in zip(runs, bridges, strict=True)]
    for differs, group in groupby(marks, key=lambda mark: mark[0]):
        yield differs, "".join(run for _differs, run in group)
