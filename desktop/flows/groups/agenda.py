"""A group's agenda by rule: which children this laptop holds belong on it, why, and what has changed since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from casework.canonical import JSON
from casework.dates_in_words import counted, day, local, near_day
from casework.practice.groups.agenda_rules import Reason, Why, reasons
from casework.practice.groups.group_table import GROUPS, ITEM, GroupKind
from casework.practice.groups.seen_by_group import seen_missing
from casework.practice.roles import MISSING as MISSING_STRAND
from desktop.flows.case_file import PLAN, CaseFile, every_case_file
from desktop.flows.child.timeline import MISSING, TALK, WELL, TimelineMark, timeline
from desktop.flows.children import Child
from desktop.flows.council.sending import last_heard
from desktop.flows.desk import Desk
from desktop.flows.groups.at_home import case_stands, seen_at_home
from desktop.flows.groups.group_actions import GroupAction, action_line, actions_of, open_ones
from desktop.flows.groups.group_actions import as_json as action_json
from desktop.flows.groups.meeting_list import Meeting, items_of, last_before, meetings
from desktop.flows.groups.told_agenda import ToldChild, told_agenda, told_line
from desktop.flows.groups.told_agenda import as_json as told_json
from desktop.flows.police.prevention_asked import owed_of
from desktop.flows.record.plan_versions import live_plan, plan_versions


@dataclass(frozen=True, slots=True)
class AgendaChild:
    """`changed`: the day and what happened on it, in its order."""

    child: Child
    reasons: tuple[Reason, ...]
    changed: tuple[tuple[str, str], ...]
    plan: str
    actions: tuple[GroupAction, ...]
    worker: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """`last` is None where no meeting of the group is on this laptop: then it counts from the days between two.
    `children`: of this laptop; `told`: those who are not on it, where the service told its chair of them, and
    `told_line` how whole that makes the list."""

    kind: GroupKind
    on: date
    since: date
    last: Meeting | None
    heard: datetime | None
    children: tuple[AgendaChild, ...]
    told: tuple[ToldChild, ...] = ()
    told_line: str = ""

    @property
    def title(self) -> str:
        return f"{GROUPS[self.kind].title}, {day(self.on)}"

    @property
    def line(self) -> str:
        from_ = f"Since the last meeting on {day(self.since)}" if self.last else f"Since {day(self.since)}"
        here = f"{from_}. {counted(len(self.children), 'child', 'children')} of those on this laptop."
        return f"{here} {self.told_line}".rstrip()


def agenda(desk: Desk, kind: GroupKind, on: date | None = None) -> Agenda:
    """For a meeting on that day; read once, without a network."""
    on = on or local(desk.now()).date()
    last = last_before(desk, kind, on)
    since = last.on if last else on - timedelta(days=GROUPS[kind].days)
    held = tuple(one.on for one in meetings(desk, kind))
    given = actions_of(desk, kind, on, (*held, on))
    carried, is_missing = _carried(desk, last), GROUPS[kind].strand == MISSING_STRAND
    found, files = [], every_case_file(desk)
    for child_id, file in files.items():
        actions = open_ones(given.get(child_id, ()))
        carried_from = last.on if last and child_id in carried else None
        days = tuple((action.given, action.by) for action in actions)
        seen = seen_missing(file, days, carried_from) if is_missing else seen_at_home(file, days, carried_from)
        if why := reasons(kind, seen, since, file.now, file.council):
            found.append(_on_it(desk, kind, file, why, since, actions))
    others = told_agenda(desk, kind, files)
    told, line = others.children if others else (), told_line(desk, kind, others)
    return Agenda(kind, on, since, last, last_heard(desk), tuple(sorted(found, key=_gravest)), told, line)


def on_agenda(desk: Desk, kind: GroupKind, file: CaseFile, since: date, actions: Sequence[GroupAction]) -> AgendaChild:
    """Of a child whom a person puts on, whatever the rules say."""
    return _on_it(desk, kind, file, (), since, actions)


def told(found: Agenda, now: datetime) -> str:
    """For a person at the command line."""
    parts = [found.title, found.line]
    for number, one in enumerate(found.children, 1):
        worker = f" Worker: {one.worker}." if one.worker else ""
        parts.append(f"\n{number}. {one.child.name_and_age}.{worker}")
        parts += [f"   On it: {why.words}" for why in one.reasons]
        parts += [f"   {on}: {words}" for on, words in one.changed]
        parts.append(f"   {GROUPS[found.kind].stands}: {one.plan}")
        parts += [f"   Action: {action_line(action, local(now).date())}" for action in one.actions]
    for number, other in enumerate(found.told, len(found.children) + 1):
        worker = f" Worker: {other.worker}." if other.worker else ""
        parts.append(f"\n{number}. {other.child.name_and_age}. Not on this laptop.{worker}")
        parts += [f"   On it: {why.words}" for why in other.why]
        parts += [f"   {on}: {words}" for on, words in other.changed]
        parts.append(f"   {GROUPS[found.kind].stands}: {other.plan}")
    return "\n".join(parts)


def as_json(found: Agenda) -> dict[str, JSON]:
    return {
        "kind": str(found.kind),
        "on": found.on.isoformat(),
        "since": found.since.isoformat(),
        "children": [
            {
                "child": one.child.child_id,
                "name": one.child.name,
                "why": [{"why": str(why.why), "words": why.words, "rule": why.rule} for why in one.reasons],
                "changed": [{"on": on, "words": words} for on, words in one.changed],
                "plan": one.plan,
                "actions": [action_json(action) for action in one.actions],
            }
            for one in found.children
        ],
        "elsewhere": [told_json(one) for one in found.told],
        "elsewhere_line": found.told_line,
    }


def _carried(desk: Desk, last: Meeting | None) -> frozenset[str]:
    items = items_of(desk, last.record_id) if last else ()
    return frozenset(one.child.child_id for one in items if one.is_carried or not one.is_done)


def _on_it(  # noqa: PLR0917 - all that an agenda says of one child
    desk: Desk, kind: GroupKind, file: CaseFile, why: tuple[Reason, ...], since: date, actions: Sequence[GroupAction]
) -> AgendaChild:
    worker = str(file.child.facts.get("allocated_worker") or "")
    plan = _plan(file) if GROUPS[kind].strand == MISSING_STRAND else case_stands(desk, file)
    return AgendaChild(file.child, why, tuple(_changed(file, since)), plan, tuple(actions), worker)


def _changed(file: CaseFile, since: date) -> Iterator[tuple[str, str]]:
    """What the child's picture shows since then, and what is still not there."""
    for mark in timeline(file, whole=True).marks:
        if (on := _changed_on(mark, since, file.now)) is not None:
            yield near_day(on, file.today), _said(mark)
    for owed in owed_of(file):
        if owed.returned_on and owed.returned_on >= since:
            yield "Not received", "The prevention result of police"


def _changed_on(mark: TimelineMark, since: date, now: datetime) -> date | None:
    """What lasts changed when it began, or else when it ended; a child who is away is so today, and what has gone well
    since before is no change."""
    if mark.at > now or (mark.lane == WELL and mark.until == now and local(mark.at).date() < since):
        return None
    days = (local(at).date() for at in (mark.at, mark.until) if at is not None)
    return next((on for on in days if on >= since), None)


def _said(mark: TimelineMark) -> str:
    if mark.lane == MISSING:
        return f"Away {mark.words}"
    if mark.lane == TALK:
        return f"Interview {mark.words}"
    if mark.lane == WELL:
        return f"Going well: {mark.words}"
    return f"Find Me Plan: {mark.words[0].lower()}{mark.words[1:]}" if mark.kind in ("plan", "review") else mark.words


def _plan(file: CaseFile) -> str:
    if not file.holds(PLAN):
        return "Plans are not kept on this laptop"
    live = live_plan(plan_versions(file.of(PLAN)))
    if live is not None:
        return live.line
    return "No agreed plan, only a draft" if file.of(PLAN) else "No agreed plan"


def _gravest(one: AgendaChild) -> tuple[int, str]:
    return list(Why).index(one.reasons[0].why), one.child.name.casefold()


__all__ = ["ITEM", "Agenda", "AgendaChild", "agenda", "as_json", "on_agenda", "told"]
