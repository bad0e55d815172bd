"""What a move still asks for: another council that has not heard, and new carers without the plan (F11, S4 ¶78–79)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from casework.dates_in_words import counted
from casework.practice.copies.copy_table import PLAN_COPY
from casework.practice.council import Council
from casework.practice.deadlines import Deadline
from casework.practice.placements.placement_rules import (
    MOVE,
    carers_hold_plan_by,
    councils_told_by,
    moved_on,
    must_hear,
    still_to_tell,
)
from desktop.flows.case_file import PLAN, CaseFile
from desktop.flows.due.matter import Matter, due_words, matter_by
from desktop.flows.placements.placement_history import carers_plan_owed, latest_move
from desktop.store.vault import Summary

COUNCIL_UNTOLD, CARERS_PLAN = "council_untold", "carers_plan"
WITHIN: Mapping[str, Callable[[Council], str]] = {
    COUNCIL_UNTOLD: lambda council: f"another council hears within {_days(council, 'council_told_working_days')}",
    CARERS_PLAN: lambda council: f"new carers have the plan within {_days(council, 'carers_plan_working_days')}",
}


def _days(council: Council, name: str) -> str:
    return f"{counted(council.number(name), 'working day')} of a move"


def placement_matters(file: CaseFile) -> Iterator[Matter]:
    """A council is owed until it hears, whichever move it was; carers are those of the last move alone."""
    latest = latest_move(file) if file.holds(MOVE) else None
    on = moved_on(latest.answers) if latest else None
    if latest is None or on is None:
        return
    for council, (move, day) in _councils_owed(file).items():
        found, title = councils_told_by(day, file.council), f"{council} has not been told of the move"
        yield _matter(file, found, COUNCIL_UNTOLD, title, move.record_id)
    plans = file.agreed_plans() if file.holds(PLAN, PLAN_COPY) else []
    if plans and carers_plan_owed(file, latest, plans[-1]):
        found, title = carers_hold_plan_by(on, file.council), "New carers have no copy of the Find Me Plan"
        yield _matter(file, found, CARERS_PLAN, title, plans[-1].record_id)


def _councils_owed(file: CaseFile) -> Mapping[str, tuple[Summary, date]]:
    """Each once, by the last move of which it has not heard; one that heard of a later move knows enough."""
    found: dict[str, tuple[Summary, date]] = {}
    dated = [(on, one) for one in file.of(MOVE) if (on := moved_on(one.answers)) and on <= file.today]
    for on, move in sorted(dated, key=lambda one: (one[0], one[1].created_at)):
        for hears in must_hear(file.child.facts, move.answers, file.council):
            found.pop(hears.council, None)
        for hears in still_to_tell(file.child.facts, move.answers, file.council):
            found[hears.council] = (move, on)
    return found


def _matter(file: CaseFile, found: Deadline, kind: str, title: str, record_id: str) -> Matter:
    act = "Open the move" if kind == COUNCIL_UNTOLD else "Open the plan"
    made = matter_by(found, file, kind=kind, title=title, act=act, record_id=record_id)
    return replace(made, line=due_words(found.due, file.today, "Due"), rule=WITHIN[kind](file.council))
