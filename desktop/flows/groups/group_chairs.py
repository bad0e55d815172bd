"""Who chairs a group for a while without holding every child: named by whoever manages it, and told its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from casework.canonical import JSON
from casework.dates_in_words import day, local
from casework.errors import KnownError, NotThisRole
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import GROUPS, MADE_BY_SERVICE, GroupKind, is_told_agenda, may_name_chair
from casework.practice.roles import Role
from casework.wire.agenda_messages import Chairs
from desktop.flows.desk import Desk
from desktop.sync.told.agenda_heard import ask_chairs, name_chair

LENGTHS = (1, 7, 28, 91)  # days that are offered
NOBODY = "Nobody who keeps the minutes of this group with a caseload of their own has joined."


@dataclass(frozen=True, slots=True)
class AbleToChair:
    """`until` is the last day on which they chair; None for one who does not."""

    officer_id: OfficerId
    name: str
    until: date | None


@dataclass(frozen=True, slots=True)
class GroupChairs:
    kind: GroupKind
    officers: tuple[AbleToChair, ...]

    @property
    def title(self) -> str:
        return GROUPS[self.kind].title


def kinds_chaired(role: str) -> tuple[GroupKind, ...]:
    """The groups whose chair this role names."""
    able = {kind for kind in MADE_BY_SERVICE if any(is_told_agenda(one, kind) for one in Role)}
    return tuple(kind for kind in GroupKind if kind in able and may_name_chair(role, kind))


def chairs(desk: Desk, kind: GroupKind) -> GroupChairs:
    """Raises NotThisRole, and SyncError where the council cannot be asked."""
    _refuse_others(desk, kind)
    return _read(kind, ask_chairs(desk.vault, desk.now, kind))


def set_chair(desk: Desk, kind: GroupKind, officer_id: OfficerId, last: date | None) -> GroupChairs:
    """Until the end of that day; without one it ends now. Raises as `chairs`, and KnownError for a day that is over."""
    _refuse_others(desk, kind)
    if last is not None and last < local(desk.now()).date():
        message = f"{day(last)} is over. Name today or a day to come."
        raise KnownError(message)
    said = name_chair(desk.vault, desk.now, kind, officer_id, last.isoformat() if last else "")
    desk.vault.audit.add("chair_named", group=str(kind), until=last.isoformat() if last else "ended")
    return _read(kind, said)


def last_days(today: date) -> tuple[tuple[str, str], ...]:
    """Last days, each with its words."""
    return tuple(((today + timedelta(days=n)).isoformat(), f"Until {day(today + timedelta(days=n))}") for n in LENGTHS)


def as_json(found: GroupChairs) -> JSON:
    officers: list[JSON] = [
        {"officer": one.officer_id, "name": one.name, "until": one.until.isoformat() if one.until else None}
        for one in found.officers
    ]
    return {"kind": str(found.kind), "officers": officers}


def told(found: GroupChairs) -> str:
    lines = [
        f"{one.officer_id}  {one.name}, {f'chairs until {day(one.until)}' if one.until else 'not named'}"
        for one in found.officers
    ]
    return "\n".join(lines) or NOBODY


def _read(kind: GroupKind, said: Chairs) -> GroupChairs:
    people = (
        AbleToChair(one.officer, one.name, date.fromisoformat(one.until) if one.until else None)
        for one in said.officers
    )
    return GroupChairs(kind, tuple(people))


def _refuse_others(desk: Desk, kind: GroupKind) -> None:
    if kind not in kinds_chaired(desk.officer.role):
        message = f"{GROUPS[kind].title}: its chair is named by whoever manages the group and holds every child."
        raise NotThisRole(message)
