"""Taking in the police’s list of a month: every line judged first, then all of it kept or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from casework.canonical import JSON
from casework.dates_in_words import counted, local, month_and_year
from casework.errors import KnownError, NotThisRole
from casework.folding import folded
from casework.forms import Question
from casework.practice.lives.states import rows
from casework.practice.police.police_list_rules import (
    HOME,
    POLICE,
    POLICE_LIST,
    PoliceLine,
    fault_of_line,
    settles_police_lists,
)  # fmt: skip
from desktop.flows.desk import Desk
from desktop.flows.police.police_sheet import PoliceSheetLine, police_lines_of
from desktop.flows.record import editing
from desktop.flows.sheet_reading import file_read, month_typed
from desktop.store.vault import Summary

UNDECIDED: Mapping[str, JSON] = {"decision": None, "episode": None, "why": None}
_FACTS = ("reference", "name", "born", "reported", "returned", "risk")


class ListLine(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class JudgedListLine:
    number: int
    name: str
    state: ListLine
    why: str


@dataclass(frozen=True, slots=True)
class PoliceReport:
    """`gone`: children of the list kept before who are not in this file; they stay. `record_id` is empty until it is
    kept."""

    month: date
    lines: tuple[JudgedListLine, ...]
    gone: tuple[str, ...]
    record_id: str = ""

    def count(self, state: ListLine) -> int:
        return sum(line.state is state for line in self.lines)


def take_in_police_list(desk: Desk, file: Path, month: str, *, keep: bool, leave_out: bool = False) -> PoliceReport:
    """`month` as 2026-10. Without `keep` it is only looked over. With a refused line nothing is kept, unless those are
    left out. A line that changed is undecided again. Raises KnownError."""
    refuse_who_settles_no_lists(desk)
    of, today = month_typed(month, "list"), local(desk.now()).date()
    if of > today:
        message = f"{month_and_year(of)} has not begun."
        raise KnownError(message)
    lines = police_lines_of(file_read(file), _risk(desk))
    if not lines:
        message = "There is no line in that table. Nothing was kept."
        raise KnownError(message)
    held = lists_of(desk, of)
    judged = tuple(_judged(desk, held, lines, of))
    found = PoliceReport(of, tuple(line for line, _row in judged), tuple(_gone(held, [row for _line, row in judged])))
    if not keep:
        return found
    if found.count(ListLine.REFUSED) and not leave_out:
        message = f"Nothing was kept: {counted(found.count(ListLine.REFUSED), 'line')} cannot stand in the list."
        raise KnownError(message)
    return PoliceReport(of, found.lines, found.gone, _kept(desk, held, of, judged))


def refuse_who_settles_no_lists(desk: Desk) -> None:
    """Raises NotThisRole."""
    if not settles_police_lists(desk.officer.role):
        message = "The police’s lists are settled by the manager of the missing team."
        raise NotThisRole(message)


def lists_of(desk: Desk, month: date) -> tuple[Summary, ...]:
    """More than one where two laptops began a list of one month before they had met: they are read as one."""
    found = [one for one in desk.vault.summaries(form_id=POLICE_LIST) if one.answers.get("month") == month.isoformat()]
    return tuple(sorted(found, key=lambda one: (one.created_at, one.record_id)))


def _risk(desk: Desk) -> Question:
    column = desk.catalogue.form(POLICE_LIST).question("lines").column("risk")
    if column is None:
        message = "The council’s file has taken the risk from the police’s list. Ask your administrator."
        raise KnownError(message)
    return column


def _judged(
    desk: Desk, held: Sequence[Summary], lines: Iterable[PoliceSheetLine], month: date
) -> Iterator[tuple[JudgedListLine, dict[str, JSON]]]:
    """A child is known again by reference, name and day of birth, so that a list may come twice. Brothers and sisters
    who went together have one reference."""
    there = {str(row["id"]): row for one in held for row in rows(one.answers, "lines")}
    seen: set[str] = set()
    for one in lines:
        row, why = _row(one.line), one.why or fault_of_line(one.line, month, desk.now())
        row_id = str(row["id"])
        why = why or ("This child stands in the list twice with one reference." if row_id in seen else "")
        seen.add(row_id)
        state = ListLine.REFUSED if why else _against(there.get(row_id), row)
        yield JudgedListLine(one.number, one.line.name, state, why), row


def _against(there: Mapping[str, object] | None, row: Mapping[str, JSON]) -> ListLine:
    if there is None:
        return ListLine.NEW
    return ListLine.SAME if all(there.get(name) == row.get(name) for name in _FACTS) else ListLine.CHANGED


def _row(line: PoliceLine) -> dict[str, JSON]:
    born = line.born.isoformat() if line.born else ""
    said: dict[str, JSON] = {
        "reference": line.reference, "name": line.name, "born": born, "reported": _json(line.reported),
        "returned": _json(line.returned), "risk": line.risk,
    }  # fmt: skip
    mark = "|".join((folded(line.reference) or str(line.reported), folded(line.name), born))
    return {"id": hashlib.sha256(mark.encode()).hexdigest()[:16], **{n: v for n, v in said.items() if v}}


def _json(value: object) -> JSON:
    return value if isinstance(value, (str, dict)) else None


def _gone(held: Iterable[Summary], came: Iterable[Mapping[str, JSON]]) -> Iterator[str]:
    here = {str(row.get("id")) for row in came}
    there = {str(row.get("id")): str(row.get("name") or "") for one in held for row in rows(one.answers, "lines")}
    yield from (name for row_id, name in there.items() if row_id not in here)


def _kept(
    desk: Desk, held: Sequence[Summary], month: date, judged: Sequence[tuple[JudgedListLine, dict[str, JSON]]]
) -> str:
    """A new line lies in the list that was begun first; one that changed changes wherever it lies."""
    new: list[JSON] = [row for line, row in judged if line.state is ListLine.NEW]
    changed = {str(row["id"]): row for line, row in judged if line.state is ListLine.CHANGED}
    for one in held:
        ids = {str(row.get("id")) for row in rows(one.answers, "lines")}
        said: list[JSON] = [_anew(row) for row_id, row in changed.items() if row_id in ids]
        if said:
            editing.answer(desk, one.record_id, {"lines": said})
    record_id = held[0].record_id if held else _begun(desk, month)
    if new:
        editing.answer(desk, record_id, {"lines": new})
    return record_id


def _anew(row: Mapping[str, JSON]) -> JSON:
    nothing: dict[str, JSON] = dict.fromkeys(_FACTS)
    return {**nothing, **row, **UNDECIDED}


def _begun(desk: Desk, month: date) -> str:
    return editing.new_of_no_child(desk, POLICE_LIST, HOME, POLICE, {"month": month.isoformat()})
