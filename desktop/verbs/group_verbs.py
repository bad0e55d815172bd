"""Verbs of the groups: the agenda by rule, the meeting that is kept, what is decided about each child, the minutes."""

from __future__ import annotations

import argparse
from datetime import datetime, time

from casework.canonical import JSON
from casework.dates_in_words import LONDON, counted, day, day_and_time, local
from casework.errors import AnswerError
from casework.identifiers import OfficerId
from casework.practice.groups.group_table import GROUPS, GroupKind, groups_of, may_keep
from casework.practice.roles import MISSING
from desktop.flows.desk import Desk
from desktop.flows.groups import agenda as agendas
from desktop.flows.groups import group_actions, group_chairs, meeting_list, minutes, told_agenda
from desktop.flows.groups.minutes import Minutes
from desktop.verbs.caseload_verbs import typed_date
from desktop.verbs.result import Result


def show_agenda(args: argparse.Namespace, desk: Desk) -> Result:
    """With `--keep` it becomes the meeting; else nothing is written."""
    kind = GroupKind(args.kind) if args.kind else _own_group(desk)
    on = typed_date(args.on)
    told_agenda.ask_service(desk)  # what it does not say is said by the agenda itself
    if args.keep:
        at = datetime.combine(on, time(10), LONDON) if on else None
        return _whole(desk, minutes.keep_agenda(desk, kind, at))
    found = agendas.agenda(desk, kind, on)
    return agendas.as_json(found), agendas.told(found, desk.now())


def _own_group(desk: Desk) -> GroupKind:
    """The first whose agenda this officer makes, else reads; before joining the weekly group."""
    role = desk.officer.role
    known = groups_of(role)
    return next((kind for kind in known if may_keep(role, kind)), next(iter(known), GroupKind.OPERATIONAL))


def list_meetings(args: argparse.Namespace, desk: Desk) -> Result:
    found = meeting_list.meetings(desk, GroupKind(args.kind) if args.kind else None)
    values: list[JSON] = [meeting_list.as_json(one) for one in found]
    named = ", ".join(GROUPS[kind].title for kind in groups_of(desk.officer.role))
    none = f"No meeting is on this laptop yet. Yours to know of: {named}." if named else "Your role sits in no group."
    lines = [f"{one.record_id}  {one.title}, {day(one.on)}{', ended' if one.ended else ''}" for one in found]
    return values, "\n".join(lines) or none


def show_minutes(args: argparse.Namespace, desk: Desk) -> Result:
    """Raises AnswerError where somebody asks for a copy without saying where to."""
    if not args.pdf:
        return _whole(desk, args.meeting)
    from desktop.flows.groups.minutes_paper import MinutesCopy, print_minutes  # noqa: PLC0415 - what makes PDFs takes half a second to load

    said = print_minutes(desk, args.meeting, args.pdf, MinutesCopy(args.copy), args.child)
    return {"file": str(args.pdf)}, said


def decide_item(args: argparse.Namespace, desk: Desk) -> Result:
    """What was decided, and whether the child has been spoken of or is carried over."""
    if not (args.decided or args.done or args.carry):
        message = "Say what was decided (--decided), that the child was spoken of (--done), or --carry."
        raise AnswerError(message)
    if args.decided:
        minutes.decide(desk, args.item, args.decided)
    if args.done:
        minutes.settle(desk, args.item)
    if args.carry:
        minutes.carry_over(desk, args.item)
    told = args.done and GROUPS[meeting_list.kind_of(desk, args.item)].strand == MISSING
    return {"item": args.item}, "In the minutes." + (" The worker is told." if told else "")


def put_on(args: argparse.Namespace, desk: Desk) -> Result:
    item = minutes.put_on(desk, args.meeting, args.child, args.why)
    return {"item": item}, "The child is on the agenda."


def give_action(args: argparse.Namespace, desk: Desk) -> Result:
    given = group_actions.give_action(desk, args.item, what=args.what, who=args.who, by=typed_date(args.by))
    return {
        "action": given
    }, f"Given to {args.who}. A colleague who may see the child gets a notice, and so does the child’s worker."


def note_member(args: argparse.Namespace, desk: Desk) -> Result:
    minutes.note_member(desk, args.meeting, args.name, args.agency, came=not args.apology)
    return {"meeting": args.meeting}, f"{args.name}: {'apologies' if args.apology else 'here'}."


def show_chairs(args: argparse.Namespace, desk: Desk) -> Result:
    """Raises AnswerError where --to comes without --until, or beside --end."""
    kind, until = GroupKind(args.kind), typed_date(args.until)
    if bool(args.to) is not bool(until) or (args.to and args.end):
        message = "Say who is to chair and until when (--to and --until), or who does no longer (--end)."
        raise AnswerError(message)
    named = args.to or args.end
    found = group_chairs.set_chair(desk, kind, OfficerId(named), until) if named else group_chairs.chairs(desk, kind)
    return group_chairs.as_json(found), group_chairs.told(found)


def end_meeting(args: argparse.Namespace, desk: Desk) -> Result:
    minutes.end_meeting(desk, args.meeting)
    return {"meeting": args.meeting}, "The meeting has ended. The next agenda counts from its day."


def _whole(desk: Desk, meeting_id: str) -> Result:
    found = minutes.minutes(desk, meeting_id)
    return _as_json(found), _told(desk, found)


def _as_json(found: Minutes) -> JSON:
    items: list[JSON] = [
        {
            "item": item.record_id,
            "child": item.child.child_id,
            "name": item.child.name,
            "why": list(item.why),
            "changed": [{"on": on, "words": words} for on, words in item.changed],
            "plan": item.plan,
            "decided": item.decided,
            "done": item.is_done,
            "carried": item.is_carried,
            "actions": [group_actions.as_json(one) for one in found.actions.get(item.child.child_id, ())],
        }
        for item in found.items
    ]
    told: list[JSON] = [told_agenda.as_json(one) for one in found.told]
    return {**meeting_list.as_json(found.meeting), "items": items, "elsewhere": found.elsewhere, "told": told}


def _told(desk: Desk, found: Minutes) -> str:
    meeting, today = found.meeting, local(desk.now()).date()
    parts = [
        f"{meeting.title}, {day_and_time(meeting.held_at)}. Chair: {meeting.chair}.",
        members_or_nobody(found),
        f"{counted(len(found.items), 'child', 'children')}, {found.done} done. {found.elsewhere_line}".rstrip(),
        *([found.told_line] if found.told_line else []),
        f"Meeting: {meeting.record_id}",
    ]
    for number, item in enumerate(found.items, 1):
        state = "done" if item.is_done else "carried over" if item.is_carried else "to come"
        parts.append(f"\n{number}. {item.child.name_and_age}, {state}. Item: {item.record_id}")
        parts += [f"   On it: {why}" for why in item.why]
        parts += [f"   {on}: {words}" for on, words in item.changed]
        parts.append(f"   {item.stands}: {item.plan}")
        parts += [f"   Decided: {item.decided}"] if item.decided else []
        actions = found.actions.get(item.child.child_id, ())
        parts += [f"   Action: {group_actions.action_line(one, today)}" for one in actions]
    for number, other in enumerate(found.told, len(found.items) + 1):
        parts.append(f"\n{number}. {other.child.name_and_age}, not on this laptop. Child: {other.child.child_id}")
        parts += [f"   On it: {why.words}" for why in other.why]
        parts += [f"   {on}: {words}" for on, words in other.changed]
        parts.append(f"   {GROUPS[meeting.kind].stands}: {other.plan}")
    return "\n".join(parts)


def members_or_nobody(found: Minutes) -> str:
    return meeting_list.members_line(found.meeting) or "Nobody is noted as here yet."
