"""Which children a place has to read: of most nothing is due for a while, and that is kept until a record changes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zlib import crc32

from casework import VERSION
from casework.dates_in_words import LONDON
from casework.practice.roles import EDUCATION, MISSING, reach_of
from desktop.flows.case_file import CaseFile, case_files
from desktop.flows.desk import Desk
from desktop.store.disk.errors import DiskFull, DiskGone, DiskReadOnly
from desktop.store.records.children_at_rest import Counts, Resting
from desktop.store.vault import ChildRead, Summary

EDITION = 5  # raised whenever something else can come to stand on Today or Team
LEAST, SPREAD = 7, 28  # days of rest, by the child, so that not all of them end on one morning
IsQuiet = Callable[[CaseFile], bool]


class RestPlace(StrEnum):
    """Each has a rest of its own: a check that waits stands on Team and not on Today."""

    TODAY = "today"
    TEAM = "team"


@dataclass(frozen=True)
class Stirred:
    """What has to be looked at, and the file of each child in it; `counted`: what the others add to the figures, each
    with how many of them add just that. `seen` is None where nobody is ever at rest."""

    place: RestPlace
    children: Sequence[ChildRead]
    files: Mapping[str, CaseFile]
    counted: Sequence[tuple[Counts, int]] = ()
    seen: int | None = None

    def of(self, form_id: str) -> Iterator[Summary]:
        """Of all of them, also of those whose own record is not here."""
        return (one for child in self.children for one in child.summaries if one.form_id == form_id)


def stirred(desk: Desk, place: RestPlace, *, everyone: bool = False) -> Stirred:
    """The children of whom something may stand in a place. Everyone is read for a role whose clocks run otherwise: in
    education what is due can pass by itself, with a visit that was planned."""
    strands = reach_of(desk.officer.role).strands
    if everyone or MISSING not in strands or EDUCATION in strands or reach_of(desk.officer.role).by_commission:
        everybody = desk.vault.children.everyone()
        return Stirred(place, everybody, case_files(desk, everybody))
    found = desk.vault.children.stirring(place, _stamp(desk), desk.now())
    return Stirred(place, found.children, case_files(desk, found.children), found.counted, found.seen)


def let_rest(
    desk: Desk,
    read: Stirred,
    quiet: Iterable[str],
    is_quiet: IsQuiet,
    counted: Callable[[CaseFile], Counts] = lambda _file: (),
) -> None:
    """Keeps how long nothing will stand of the children of whom nothing does now. `is_quiet` must stay false, once it
    is, until a record changes: rules make things due, and only a person makes them done. Not kept on a full disk."""
    if read.seen is None:
        return
    found = list(_resting((read.files[child] for child in quiet), is_quiet, counted))
    if found:
        with contextlib.suppress(DiskFull, DiskGone, DiskReadOnly):
            desk.vault.children.keep(read.place, _stamp(desk), desk.now(), found, seen=read.seen)


def _resting(files: Iterable[CaseFile], is_quiet: IsQuiet, counted: Callable[[CaseFile], Counts]) -> Iterator[Resting]:
    for file in files:
        until = _until(file, is_quiet)
        if until is not None:
            yield Resting(file.child.child_id, until, counted(file))


def _until(file: CaseFile, is_quiet: IsQuiet) -> datetime | None:
    """The end of the last day on which nothing stands, found by halves; None where that is before today's."""
    quiet, due = 0, LEAST + crc32(file.child.child_id.encode()) % SPREAD
    if is_quiet(file.at(_end(file, due))):
        return _end(file, due)
    if not is_quiet(file.at(_end(file, 0))):
        return None
    while due - quiet > 1:
        middle = (quiet + due) // 2
        if is_quiet(file.at(_end(file, middle))):
            quiet = middle
        else:
            due = middle
    return _end(file, quiet)


def _end(file: CaseFile, days: int) -> datetime:
    """Of the day so many days from today."""
    return datetime.combine(file.today + timedelta(days=days), time.max, LONDON)


def _stamp(desk: Desk) -> str:
    """Whatever decides besides the records and the clock."""
    council = desk.catalogue.council
    said = (VERSION, EDITION, desk.officer.role, desk.catalogue.ids(), council.text, sorted(council.readings.items()))
    numbers = sorted((name, str(one.value)) for name, one in council.thresholds.items())
    return hashlib.sha256(repr((*said, numbers)).encode()).hexdigest()[:32]
