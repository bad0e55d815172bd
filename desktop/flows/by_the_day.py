"""What follows from a child's records and the day alone: worked out once, and kept until one of them changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from msgspec import Struct

from casework.dates_in_words import LONDON
from casework.practice.council import Council
from desktop.flows.case_file import CaseFile, ChildRecords

T = TypeVar("T")


class _Kept(Struct, Generic[T], frozen=True):
    """Holds from `first` to `until`, for a laptop that holds these forms and an officer who does as much."""

    council: Council
    held: frozenset[str]
    writes: bool
    asked_until: date | None
    told_at: datetime | None
    besides: str
    first: datetime
    until: datetime
    found: T

    def holds_for(self, file: CaseFile, besides: str) -> bool:
        return (
            self.council is file.council
            and self.first <= file.now < self.until
            and self.writes == file.writes
            and self.asked_until == file.asked_until
            and self.told_at == _told_at(file)
            and (self.held is file.held or self.held == file.held)
            and self.besides == besides
        )


class ByTheDay(Generic[T]):
    """`hours` names the moments from now on, this one too, at which something else would be found, or after which;
    None where nobody can name them, so that nothing may be kept. Thread-safe: two threads at once work it out twice, to
    the same end."""

    def __init__(self, hours: Callable[[CaseFile], Iterable[datetime] | None]) -> None:
        self._hours = hours
        self._kept: WeakKeyDictionary[ChildRecords, _Kept[T]] = WeakKeyDictionary()

    def of(self, file: CaseFile, work_out: Callable[[CaseFile], T], besides: str = "") -> T:
        """`besides` names whatever decides that is neither in the child's records nor in the council's file."""
        kept = self._held(file, besides)
        if kept is not None:
            return kept.found
        found, hours = work_out(file), self._hours(file)
        if hours is not None:
            until = min((_midnight(file), *hours))
            self._kept[file.sorted_out] = _Kept(
                file.council, file.held, file.writes, file.asked_until, _told_at(file), besides, file.now, until, found
            )
        return found

    def has(self, file: CaseFile, besides: str = "") -> bool:
        """Whether it need not be worked out."""
        return self._held(file, besides) is not None

    def _held(self, file: CaseFile, besides: str) -> _Kept[T] | None:
        kept = self._kept.get(file.sorted_out)
        return kept if kept is not None and kept.holds_for(file, besides) else None


def _told_at(file: CaseFile) -> datetime | None:
    return file.told.at if file.told else None


def _midnight(file: CaseFile) -> datetime:
    return datetime.combine(file.today + timedelta(days=1), time.min, LONDON)
