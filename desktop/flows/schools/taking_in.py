"""Taking in a school’s movement return: every line judged first, then all of it kept or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.canonical import JSON
from casework.dates_in_words import counted, local
from casework.errors import KnownError, NotThisRole
from casework.practice.lives.states import rows
from casework.practice.schools.movement_rules import (
    HOME,
    LONGEST,
    RETURN,
    SCHOOLS,
    Moved,
    Pupil,
    fault_of,
    keeps_returns,
)  # fmt: skip
from desktop.flows.desk import Desk
from desktop.flows.record import editing
from desktop.flows.schools.return_sheet import SheetLine
from desktop.store.vault import Summary

GROUPS: Mapping[Moved, str] = {Moved.JOINED: "joiners", Moved.LEFT: "leavers"}


class LineState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class JudgedLine:
    number: int
    name: str
    state: LineState
    why: str


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """`record_id` is empty until it is kept."""

    school: str
    month: date
    lines: tuple[JudgedLine, ...]
    record_id: str = ""

    def count(self, state: LineState) -> int:
        return sum(line.state is state for line in self.lines)


def take_in(
    desk: Desk, lines: Iterable[SheetLine], school: str, month: date, *, keep: bool, leave_out: bool = False
) -> ReturnReport:
    """Without `keep` it is only looked over. With a refused line nothing is kept, unless those are left out. Raises
    KnownError."""
    refuse_who_keeps_no_returns(desk)
    month, school, today = month.replace(day=1), " ".join(school.split())[:LONGEST], local(desk.now()).date()
    if not school or month > today:
        message = "Say which school it is of, and a month that has begun."
        raise KnownError(message)
    school = next((one for one in desk.catalogue.council.schools if one.casefold() == school.casefold()), school)
    held = return_of(desk, school, month)
    judged = tuple(_judged(held, lines, today, school))
    report = ReturnReport(school, month, tuple(line for line, _row, _group in judged))
    if not keep:
        return report
    if report.count(LineState.REFUSED) and not leave_out:
        message = f"Nothing was kept: {counted(report.count(LineState.REFUSED), 'line')} cannot stand in a return."
        raise KnownError(message)
    wanted = [(row, group) for line, row, group in judged if line.state in (LineState.NEW, LineState.CHANGED)]
    said = {name: [row for row, group in wanted if group == name] for name in GROUPS.values()}
    record_id = held.record_id if held else _begin(desk, school, month, today)
    editing.answer(desk, record_id, {name: list(found) for name, found in said.items() if found})
    return ReturnReport(school, month, report.lines, record_id)


def refuse_who_keeps_no_returns(desk: Desk) -> None:
    """Raises NotThisRole."""
    if not keeps_returns(desk.officer.role):
        message = "Schools’ movement returns are kept by children missing education officers."
        raise NotThisRole(message)


def return_of(desk: Desk, school: str, month: date) -> Summary | None:
    found = [
        one
        for one in desk.vault.summaries(form_id=RETURN)
        if one.answers.get("month") == month.isoformat()
        and str(one.answers.get("school")).casefold() == school.casefold()
    ]
    return min(found, key=lambda one: (one.created_at, one.record_id), default=None)


def _judged(
    held: Summary | None, lines: Iterable[SheetLine], today: date, school: str
) -> Iterator[tuple[JudgedLine, dict[str, JSON], str]]:
    """A pupil is known again by name, day of birth and day of moving, so that a return may come twice."""
    there = {str(row["id"]): row for name in GROUPS.values() for row in rows(held.answers if held else {}, name)}
    seen: set[str] = set()
    for line in lines:
        if line.pupil is None:
            why = line.why or "The first column should say “joined” or “left”."
            yield JudgedLine(line.number, "", LineState.REFUSED, why), {}, ""
            continue
        row, why = _row(line.pupil, school), line.why or fault_of(line.pupil, today)
        row_id = str(row["id"])
        why = why or ("This pupil stands in the return twice." if row_id in seen else "")
        seen.add(row_id)
        state = LineState.REFUSED if why else _against(there.get(row_id), row)
        yield JudgedLine(line.number, line.pupil.name, state, why), row, GROUPS[line.pupil.moved]


def _against(there: Mapping[str, object] | None, row: Mapping[str, JSON]) -> LineState:
    if there is None:
        return LineState.NEW
    return LineState.SAME if all(there.get(name) == value for name, value in row.items()) else LineState.CHANGED


def _row(pupil: Pupil, school: str) -> dict[str, JSON]:
    born, on = pupil.born.isoformat() if pupil.born else "", pupil.on.isoformat() if pupil.on else ""
    mark = "|".join((school.casefold(), pupil.moved, pupil.name.casefold(), born, on))
    said: dict[str, JSON] = {
        "name": pupil.name, "date_of_birth": born, "on": on, "school": pupil.school, "address": pupil.address,
    }  # fmt: skip
    if pupil.moved is Moved.LEFT:
        said |= {"country": pupil.country, "checked": pupil.checked}
    kept = {name: value for name, value in said.items() if value}
    return {"id": hashlib.sha256(mark.encode()).hexdigest()[:16], **kept}


def _begin(desk: Desk, school: str, month: date, today: date) -> str:
    known: dict[str, JSON] = {"school": school, "month": month.isoformat(), "returned_on": today.isoformat()}
    return editing.new_of_no_child(desk, RETURN, HOME, SCHOOLS, known)
