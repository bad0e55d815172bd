"""What a life is: states, the moves between them, and what each needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Guard(NamedTuple):
    """A fact that must be known (or be one of `is_`), and what to say while it is not; `at` is the question where that
    can be put right, when it is not the fact itself."""

    fact: str
    say: str
    is_: tuple[object, ...] | None = None
    at: str = ""


class Move(NamedTuple):
    """One allowed step, from any of `before`."""

    before: tuple[str, ...]
    after: str
    guards: tuple[Guard, ...] = ()
    who: frozenset[str] = frozenset()
    source: str = "B"


@dataclass(frozen=True, slots=True)
class Life:
    """Every state of one kind of record; `ends` are ordinary outcomes, never faults."""

    states: tuple[str, ...]
    moves: tuple[Move, ...]
    ends: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The state a new record is in."""
        return self.states[0]


REASON = Guard("reason", "Write the reason; it is kept.")
WHO_DECIDED = Guard("decided_by", "Write who decided this.")
SIGNED = Guard("signed", "Sign the record first.")
ESCALATED = Guard("danger_settled", "The child may be in danger: record who was told before you close this.", (True,))
