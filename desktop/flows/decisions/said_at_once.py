"""What one person said in one minute, together: who and when are said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from casework.dates_in_words import day_and_time
from desktop.flows.decisions.answer_history import AnswerStep
from desktop.flows.decisions.answer_seen import Sight


@dataclass(frozen=True, slots=True)
class SaidAtOnce:
    """`first`: the number of its first step among all of them. `how` and `seen` are empty where its steps differ in
    them: then each says its own."""

    first: int
    steps: tuple[AnswerStep, ...]
    how: str
    seen: tuple[Sight, ...]

    @property
    def latest(self) -> AnswerStep:
        return self.steps[0]


def said_at_once(steps: Sequence[AnswerStep]) -> list[SaidAtOnce]:
    """In the order of the steps; the same person in another minute, or after another person, is another."""
    found, first = [], 0
    for _key, those in groupby(steps, key=lambda one: (one.officer, day_and_time(one.at))):
        together = tuple(those)
        hows, sights = {one.how for one in together}, {one.seen for one in together}
        found.append(
            SaidAtOnce(first, together, hows.pop() if len(hows) == 1 else "", sights.pop() if len(sights) == 1 else ())
        )
        first += len(together)
    return found
