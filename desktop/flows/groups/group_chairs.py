"""Who chairs a group for a while without holding every child: named by whoever manages it, and told its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import NotThisRole
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import GROUPS, MADE_BY_SERVICE, GroupKind, is_told_agenda, may_name_chair
from casework.practice.roles import Role
from casework.wire.agenda_messages import Chairs
from desktop.flows.desk import Desk
from desktop.flows.until_a_day import OfficerUntil, days_from, officers_as_json, officers_told, refuse_day_over
from desktop.sync.told.agenda_heard import ask_chairs, name_chair

LENGTHS = (1, 7, 28, 91)  # days that are offered
NOBODY = "Nobody who keeps the minutes of this group with a caseload of their own has joined."


@dataclass(frozen=True, slots=True)
class GroupChairs:
    kind: GroupKind
    officers: tuple[OfficerUntil, ...]

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
    if last is not None:
        refuse_day_over(last, local(desk.now()).date())
    said = name_chair(desk.vault, desk.now, kind, officer_id, last.isoformat() if last else "")
    desk.vault.audit.add("chair_named", group=str(kind), until=last.isoformat() if last else "ended")
    return _read(kind, said)


def last_days(today: date) -> tuple[tuple[str, str], ...]:
    """Last days, each with its words."""
    return days_from(today, LENGTHS)


def as_json(found: GroupChairs) -> JSON:
    return {"kind": str(found.kind), "officers": officers_as_json(found.officers)}


def told(found: GroupChairs) -> str:
    return officers_told(found.officers, does="chairs", does_not="not named", nobody=NOBODY)


def _read(kind: GroupKind, said: Chairs) -> GroupChairs:
    return GroupChairs(kind, tuple(OfficerUntil.told(one.officer, one.name, one.until) for one in said.officers))


def _refuse_others(desk: Desk, kind: GroupKind) -> None:
    if kind not in kinds_chaired(desk.officer.role):
        message = f"{GROUPS[kind].title}: its chair is named by whoever manages the group and holds every child."
        raise NotThisRole(message)
