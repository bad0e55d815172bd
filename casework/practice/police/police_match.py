"""Which episode recorded here a line of the police’s list may be: suggestions only, for a person to decide (F12).

The reference first; then name, day of birth and times that overlap. Brothers and sisters who went together share a
reference and a day: another name is never taken for the same child, and is only shown where nobody else is like.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from casework.folding import folded, is_same_person, near_keys_of
from casework.forms.moments import span
from casework.practice.police.police_list_rules import PoliceLine

MOST = 5
_REFERENCE, _WHOLE, _NO_DAY, _OTHER_NAME = (
    "The same police reference",
    "The same name and date of birth, and the times overlap",
    "The same name, and the times overlap. The date of birth is not in both",
    "The same police reference, and another name",
)
_ORDER = (_REFERENCE, _WHOLE, _NO_DAY, _OTHER_NAME)


class Recorded(NamedTuple):
    """An episode here. `names`: all that the child is called; `until` is None while the child is missing."""

    episode_id: str
    names: tuple[str, ...]
    born: date | None
    reference: str
    began: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    episode_id: str
    why: str


class Episodes:
    """Those recorded here, found by reference and by anything their child’s name may be typed as."""

    def __init__(self, recorded: Iterable[Recorded]) -> None:
        self._by_mark: dict[str, list[Recorded]] = defaultdict(list)
        for one in recorded:
            for mark in _marks(one.names, one.reference):
                self._by_mark[mark].append(one)

    def like(self, line: PoliceLine) -> tuple[Suggestion, ...]:
        """The likeliest first."""
        marks, times = _marks((line.name,), line.reference), _times(line)
        near = {one.episode_id: one for mark in marks for one in self._by_mark.get(mark, ())}
        found = [Suggestion(one.episode_id, why) for one in near.values() if (why := _why(line, times, one))]
        sure = [one for one in found if one.why != _OTHER_NAME]
        chosen: Sequence[Suggestion] = sure or found
        return tuple(sorted(chosen, key=lambda one: (_ORDER.index(one.why), one.episode_id))[:MOST])


def _why(line: PoliceLine, times: tuple[float, float], one: Recorded) -> str:
    """Names are compared last: that is what takes long."""
    same_day = None if line.born is None or one.born is None else line.born == one.born
    if line.reference and folded(line.reference) == folded(one.reference):
        return _REFERENCE if same_day is not False and _is_like(line, one) else _OTHER_NAME
    if same_day is False or not _overlap(times, one) or not _is_like(line, one):
        return ""
    return _WHOLE if same_day else _NO_DAY


def _is_like(line: PoliceLine, one: Recorded) -> bool:
    return is_same_person((line.name,), one.names)


def _times(line: PoliceLine) -> tuple[float, float]:
    """By moments, so that a night when the clocks change has as many hours as it has; an end nobody knows is open."""
    reported, returned = span(line.reported), span(line.returned)
    first = reported.first.timestamp() if reported else math.inf
    return first, returned.last.timestamp() if returned else math.inf


def _overlap(times: tuple[float, float], one: Recorded) -> bool:
    reported, returned = times
    return one.began.timestamp() <= returned and (one.until is None or reported <= one.until.timestamp())


def _marks(names: Iterable[str], reference: str) -> set[str]:
    words = {folded(word) for name in names for word in name.split()}
    near = {key for name in names for key in near_keys_of(name)}
    return {*(words - {""}), *near, *([f"#{folded(reference)}"] if reference else [])}
