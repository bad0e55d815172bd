"""Verbs between this laptop and the council: sync, and what was not taken in."""

from __future__ import annotations

import argparse

from casework import VERSION
from casework.canonical import JSON
from casework.dates_in_words import counted
from casework.errors import KnownError
from desktop.flows.council import destroyed_told, kept_apart, not_taken_in, sending, updating
from desktop.flows.council import review as reviewing
from desktop.flows.desk import Desk
from desktop.verbs.caseload_verbs import table_saved
from desktop.verbs.result import Result


def sync(args: argparse.Namespace, desk: Desk) -> Result:
    """Raises KnownError when it failed, unless a program reads the whole report."""
    report = sending.sync(desk, losses_confirmed=args.let_go)
    if report.problem and "json" not in args:
        raise KnownError(report.problem)
    return report.to_json() | {"good": report.problem is None}, sending.told(report)


def list_quarantine(_args: argparse.Namespace, desk: Desk) -> Result:
    found = reviewing.reviews(desk)
    elsewhere = reviewing.elsewhere_line(desk)
    nothing = "Nothing waits for you." if elsewhere else "The council has taken in everything."
    said = "\n\n".join([*map(reviewing.told, found)] or [nothing]) + (f"\n\n{elsewhere}" if elsewhere else "")
    return [reviewing.as_json(one) for one in found], said


def review(args: argparse.Namespace, desk: Desk) -> Result:
    said = reviewing.decide(desk, args.item, args.decision, args.why)
    return {"item": args.item, "decision": args.decision}, said


def list_returned(args: argparse.Namespace, desk: Desk) -> Result:
    found = not_taken_in.dealt_with(desk) if args.dealt_with else not_taken_in.returned(desk)
    said = "\n\n".join(map(not_taken_in.told, found)) or "Nothing of yours waits for you."
    return [not_taken_in.as_json(one) for one in found], said


def deal(args: argparse.Namespace, desk: Desk) -> Result:
    said = not_taken_in.say_again(desk, args.item) if args.how == "again" else not_taken_in.done(desk, args.item)
    return {"item": args.item, "dealt": args.how, "said": said}, said


def settle_written_before(args: argparse.Namespace, desk: Desk) -> Result:
    if args.mine:
        count = kept_apart.are_mine(desk)
        return {"taken_over": count}, f"{counted(count, 'record')} of before joining are yours now, and wait to go."
    found = kept_apart.kept_apart(desk)
    said = f"{found.title} {found.text}\n{kept_apart.OURS}" if found else kept_apart.NOTHING
    return kept_apart.as_json(desk), said


def list_destroyed(args: argparse.Namespace, desk: Desk) -> Result:
    if args.csv:
        return table_saved(args.csv, desk, "destroyed", destroyed_told.table(desk))
    return destroyed_told.as_json(desk), destroyed_told.told(desk)


def update(args: argparse.Namespace, desk: Desk) -> Result:
    """Tells; fetches only with a folder to save it in, and installs nothing."""
    found = updating.standing(desk)
    value: dict[str, JSON] = {"version": VERSION, "floor": found.floor, "offered": found.offered}
    if args.to is None:
        said = f"{found.title}. {found.text}" if found.title else updating.NOTHING.format(own=VERSION)
        return value, said
    saved = updating.save(desk, args.to)
    return value | {"saved": str(saved.file)}, saved.words
