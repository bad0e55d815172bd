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
    first: datetime
    until: datetime
    found: T

    def holds_for(self, file: CaseFile) -> bool:
        return (
            self.council is file.council
            and self.first <= file.now < self.until
            and self.writes == file.writes
            and self.asked_until == file.asked_until
            and self.held == file.held
        )


class ByTheDay(Generic[T]):
    """`hours` names the moments later than now at which `work_out` would find something else; None where it already
    counts hours, so that nothing may be kept. Thread-safe: two threads at once work it out twice, to the same end."""

    def __init__(
        self, work_out: Callable[[CaseFile], T], hours: Callable[[CaseFile], Iterable[datetime] | None]
    ) -> None:
        self._work_out, self._hours = work_out, hours
        self._kept: WeakKeyDictionary[ChildRecords, _Kept[T]] = WeakKeyDictionary()

    def of(self, file: CaseFile) -> T:
        kept = self._kept.get(file.sorted_out)
        if kept is not None and kept.holds_for(file):
            return kept.found
        found, hours = self._work_out(file), self._hours(file)
        if hours is not None:
            until = min((_midnight(file), *hours))
            self._kept[file.sorted_out] = _Kept(
                file.council, file.held, file.writes, file.asked_until, file.now, until, found
            )
        return found


def _midnight(file: CaseFile) -> datetime:
    return datetime.combine(file.today + timedelta(days=1), time.min, LONDON)
