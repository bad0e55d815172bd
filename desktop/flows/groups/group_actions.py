"""The actions a group gave: records of their own, carried over for as long as they are open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.dates_in_words import counted, local, near_day
from casework.errors import AnswerError
from casework.forms.moments import span
from casework.practice.groups.group_table import ITEM, GroupKind
from desktop.flows.desk import Desk
from desktop.flows.groups.meeting_list import item_of
from desktop.flows.record.editing import new_record
from desktop.store.vault import Summary

ACTION = "action"
OVER = ("done", "dropped")


@dataclass(frozen=True, slots=True)
class GroupAction:
    """`given` on the day of its meeting; `carried` counts the meetings since."""

    record_id: str
    child_id: str
    what: str
    who: str
    by: date | None
    given: date
    status: str
    days_over: int
    carried: int

    @property
    def is_open(self) -> bool:
        return self.status not in OVER

    @property
    def state_line(self) -> str:
        """“3 days over, carried twice”."""
        if not self.is_open:
            return self.status.capitalize()
        late = f"{counted(self.days_over, 'day')} over" if self.days_over else ""
        times = {0: "", 1: "carried over", 2: "carried twice"}.get(self.carried, f"carried {self.carried} times")
        return ", ".join(part for part in (late, times) if part).capitalize() or "New"


def actions_of(desk: Desk, kind: GroupKind, on: date, days: Sequence[date]) -> dict[str, tuple[GroupAction, ...]]:
    """By child: those that this group gave until that day. `days`: of all its meetings."""
    items = {s.record_id: s for s in desk.vault.summaries(form_id=ITEM) if s.answers.get("kind") == kind}
    today = local(desk.now()).date()
    found: dict[str, list[GroupAction]] = {}
    for summary in desk.vault.summaries(form_id=ACTION):
        item = items.get(str(summary.answers.get("from_record") or ""))
        given = _day(item.answers.get("held_at")) if item else None
        if given is not None and given <= on:
            carried = len({one for one in days if given < one <= on})
            found.setdefault(summary.child_id, []).append(_action(summary, given, carried, today))
    return {child: tuple(sorted(held, key=_oldest)) for child, held in found.items()}


def give_action(desk: Desk, item_id: str, *, what: str, who: str, by: date | None) -> str:
    """Raises AnswerError without a who and a day; whoever it is given to gets a notice."""
    item = item_of(desk, item_id)
    if not what.strip() or not who.strip() or by is None:
        message = "An action needs what is to be done, one person who does it, and a day."
        raise AnswerError(message)
    known: dict[str, JSON] = {
        "what": what.strip(),
        "who": who.strip(),
        "by_when": by.isoformat(),
        "from_record": item_id,
        "status": "open",
    }
    return new_record(desk, ACTION, item.child.child_id, known)


def action_line(action: GroupAction, today: date) -> str:
    by = f"by {near_day(action.by, today)}" if action.by else "no day"
    return f"{action.what} ({action.who or 'nobody'}, {by}). {action.state_line}"


def as_json(action: GroupAction) -> dict[str, JSON]:
    return {
        "action": action.record_id,
        "what": action.what,
        "who": action.who,
        "by": action.by.isoformat() if action.by else None,
        "given": action.given.isoformat(),
        "status": action.status,
        "days_over": action.days_over,
        "carried": action.carried,
    }


def open_ones(found: Iterable[GroupAction]) -> tuple[GroupAction, ...]:
    return tuple(one for one in found if one.is_open)


def _action(summary: Summary, given: date, carried: int, today: date) -> GroupAction:
    said: Mapping[str, JSON] = summary.answers
    by, status = _day(said.get("by_when")), str(said.get("status") or "open")
    over = (today - by).days if by and by < today and status not in OVER else 0
    return GroupAction(
        summary.record_id, summary.child_id, str(said.get("what") or ""), str(said.get("who") or ""), by, given, status,
        over, carried,
    )  # fmt: skip


def _day(value: object) -> date | None:
    found = span(value)
    return local(found.last).date() if found and isinstance(found.last, datetime) else None


def _oldest(action: GroupAction) -> tuple[date, str]:
    return action.given, action.record_id
