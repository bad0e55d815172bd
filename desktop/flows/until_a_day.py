"""What the council lets an officer do until a day: hold an episode, chair a group."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casework.canonical import JSON
from casework.dates_in_words import day
from casework.errors import KnownError
from casework.identifiers import OfficerId


@dataclass(frozen=True, slots=True)
class OfficerUntil:
    """`until` is the last day; None for one who could, and does not."""

    officer_id: OfficerId
    name: str
    until: date | None

    @classmethod
    def told(cls, officer: OfficerId, name: str, until: str) -> OfficerUntil:
        """As the council says it, where the empty word is no day."""
        return cls(officer, name, date.fromisoformat(until) if until else None)

    @property
    def last_day(self) -> str:
        return f"until {day(self.until)}" if self.until else ""


def days_from(today: date, lengths: Iterable[int]) -> tuple[tuple[str, str], ...]:
    """Last days that are offered, each with its words; `lengths` in days."""
    last = [today + timedelta(days=length) for length in lengths]
    return tuple((one.isoformat(), f"Until {day(one)}") for one in last)


def refuse_day_over(last: date, today: date) -> None:
    """Raises KnownError."""
    if last < today:
        message = f"{day(last)} is over. Name today or a day to come."
        raise KnownError(message)


def officers_as_json(officers: Iterable[OfficerUntil]) -> list[JSON]:
    return [
        {"officer": one.officer_id, "name": one.name, "until": one.until.isoformat() if one.until else None}
        for one in officers
    ]


def officers_told(officers: Iterable[OfficerUntil], *, does: str, does_not: str, nobody: str) -> str:
    """A line each, or that there is nobody."""
    lines = [
        f"{one.officer_id}  {one.name}, {' '.join((does, one.last_day)).strip() if one.until else does_not}"
        for one in officers
    ]
    return "\n".join(lines) or nobody
