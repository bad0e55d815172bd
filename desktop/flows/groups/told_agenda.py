"""The children of an agenda who are not on this laptop, as the central service told its chair; and how old that is."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from casework.canonical import JSON
from casework.dates_in_words import counted, day, local, near_day
from casework.practice.groups.agenda_rules import Why
from casework.practice.groups.group_table import GroupKind, is_told_agenda
from casework.wire.agenda_messages import ChildOnAgenda, WhyTold
from desktop.flows.children import Child
from desktop.flows.desk import Desk
from desktop.flows.due.told.told_steps import plan_words
from desktop.store.database.remembered import AGENDAS, SERVICE
from desktop.sync.errors import SyncError
from desktop.sync.told.agenda_heard import LOOKED, ask_agenda, may_be_told

ONLY_HERE = "The list holds only the children of this laptop."
NOT_REACHED = f"The central service could not be reached yet. {ONLY_HERE}"
WHO_WRITES = (
    "The record is not on this laptop. Somebody of the group whose laptop holds it, such as the team’s manager, opens "
    "this meeting under Groups, brings its agenda up to date, and writes down there what the group decides."
)
NOT_CHAIR = f"{ONLY_HERE} Whoever manages the group can name you as its chair: then the others stand here too."


@dataclass(frozen=True, slots=True)
class ToldChild:
    """Why they are on the agenda, what changed and which plan they have: the rules' own words, none of a record."""

    child: Child
    why: tuple[WhyTold, ...]
    changed: tuple[tuple[str, str], ...]
    plan: str
    worker: str


@dataclass(frozen=True, slots=True)
class ToldAgenda:
    """`at`: when the service worked it out, `renewed` when it last told what changed since; `children`: those who are
    not on this laptop, the gravest first."""

    at: datetime
    renewed: datetime | None
    since: date
    children: tuple[ToldChild, ...]

    @property
    def line(self) -> str:
        """“2 more children are not on this laptop. Worked out by the central service on 27 March 2026 at 14:05.”"""
        number = counted(len(self.children), "more child is", "more children are")
        more = f"{number} not on this laptop." if self.children else "No child of another laptop is on it."
        return f"{more} {self.moment}"

    @property
    def moment(self) -> str:
        at, since = local(self.at), local(self.renewed) if self.renewed else None
        renewed = f", with what has changed until {since:%H:%M}" if since else ""
        return f"Worked out by the central service on {day(at.date())} at {at:%H:%M}{renewed}."


def ask_service(desk: Desk) -> str:
    """Somebody looks at an agenda. Empty where there was an answer or nothing was asked, else why there was none: the
    agenda is made all the same."""
    if not is_asked(desk):
        return ""
    try:
        ask_agenda(desk.vault, desk.now)
    except SyncError as error:
        return str(error)
    return ""


def is_asked(desk: Desk) -> bool:
    """Whether this laptop has a service to ask, in a role that keeps a group’s minutes without holding every child."""
    return bool(desk.vault.settings.get(SERVICE).url) and may_be_told(desk.officer.role)


def told_agenda(desk: Desk, kind: GroupKind, here: Collection[str]) -> ToldAgenda | None:
    """`here`: the children of this laptop, about whom its own records are newer. None where nothing was told."""
    kept = desk.vault.settings.get(AGENDAS) if is_told_agenda(desk.officer.role, kind) else None
    found = next((one for one in (kept.agendas or () if kept else ()) if one.kind == kind), None)
    if kept is None or found is None:
        return None
    today = local(desk.now()).date()
    others = sorted((one for one in found.children if one.child not in here), key=_gravest)
    renewed = datetime.fromisoformat(kept.renewed) if kept.renewed else None
    children = tuple(_child(one, today) for one in others)
    return ToldAgenda(datetime.fromisoformat(kept.at), renewed, date.fromisoformat(found.since), children)


def told_line(desk: Desk, kind: GroupKind, told: ToldAgenda | None) -> str:
    """How whole the list is; empty for a role that holds every child."""
    if told is not None:
        return told.line
    if not is_told_agenda(desk.officer.role, kind):
        return ""
    settings = desk.vault.settings
    return NOT_REACHED if settings.get(LOOKED) and settings.get(AGENDAS) is None else NOT_CHAIR


def lines_told(desk: Desk, kinds: Iterable[GroupKind]) -> dict[GroupKind, str]:
    """By group, how whole an agenda would be that is made now; no line where this laptop holds every child."""
    here = children_here(desk)
    found = {kind: told_line(desk, kind, told_agenda(desk, kind, here)) for kind in kinds}
    return {kind: line for kind, line in found.items() if line}


def children_here(desk: Desk) -> frozenset[str]:
    """Those whose own record is on this laptop."""
    return frozenset(one.record_id for one in desk.vault.summaries(form_id="child"))


def as_json(one: ToldChild) -> JSON:
    return {
        "child": one.child.child_id,
        "name": one.child.name,
        "why": [{"why": why.why, "words": why.words, "rule": why.rule} for why in one.why],
        "changed": [{"on": on, "words": words} for on, words in one.changed],
        "plan": one.plan,
        "worker": one.worker,
    }


def _gravest(one: ChildOnAgenda) -> tuple[int, str]:
    """As the agenda of this laptop; a reason that this version does not know comes last."""
    order = [str(why) for why in Why]
    first = one.why[0].why if one.why else ""
    return (order.index(first) if first in order else len(order)), one.name.casefold()


def _child(one: ChildOnAgenda, today: date) -> ToldChild:
    name = Child(one.child, one.name, one.name.split(" ")[0], None, one.age, {})
    changed = tuple((near_day(date.fromisoformat(each.on), today), each.words) for each in one.changed)
    return ToldChild(name, tuple(one.why), changed, plan_words(one.plan), one.worker)
