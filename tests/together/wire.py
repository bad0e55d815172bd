"""What goes wrong between a laptop and the service, request by request."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    NONE = "none"
    LOSE_REQUEST = "lose_request"
    LOSE_ANSWER = "lose_answer"
    DOUBLE = "double"
    DELAY = "delay"
    CRASH_BEFORE = "crash_before"
    CRASH_AFTER = "crash_after"


class Delayed(Protocol):
    """A request the laptop has given up on, and that may arrive all the same."""

    def arrive(self) -> None: ...

    def vanish(self) -> None: ...


@dataclass
class Wire:
    """What happens to the next requests, in order; nothing, once the list is used up."""

    faults: list[Fault] = field(default_factory=list)
    delayed: list[Delayed] = field(default_factory=list)

    def next(self) -> Fault:
        return self.faults.pop(0) if self.faults else Fault.NONE

    def calm(self) -> None:
        """From now on whatever is asked is answered, and what was delayed never arrives."""
        self.faults.clear()
        while self.delayed:
            self.delayed.pop().vanish()
