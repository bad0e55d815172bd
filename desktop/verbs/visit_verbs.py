"""Verbs of safe-and-well visits that are asked for: asking, accepting, beginning, and how each stands."""

from __future__ import annotations

import argparse

from casework.canonical import JSON
from casework.plain_table import PlainTable
from desktop.flows.desk import Desk
from desktop.flows.visits import asking_visit, making_visit, visits_listed
from desktop.flows.visits.visits_listed import team_name
from desktop.verbs.caseload_verbs import table_saved
from desktop.verbs.result import Result
from desktop.verbs.store_verbs import passphrase

_SAID = ("purpose", "why", "address", "living_there", "languages", "risks", "locality", "by_day")


def ask_visit(args: argparse.Namespace, desk: Desk) -> Result:
    said: dict[str, JSON] = {name: words for name in _SAID if (words := getattr(args, name))}
    request = asking_visit.ask(desk, args.record, said, passphrase=passphrase(args, "Passphrase again, to sign: "))
    found = making_visit.visit_asked(desk, request)
    team, by = team_name(desk, found), visits_listed.by_day_said(found, desk.now())
    return visits_listed.as_json(desk, found), f"Asked {team} for a visit {by}. It goes with the next sync."


def accept_visit(args: argparse.Namespace, desk: Desk) -> Result:
    found = making_visit.accept(desk, args.visit, args.words)
    said = "Accepted. Its asker hears, and the child comes to you, with the next sync."
    return visits_listed.as_json(desk, found), said


def withdraw_visit(args: argparse.Namespace, desk: Desk) -> Result:
    found = asking_visit.withdraw(desk, args.visit)
    said = f"{team_name(desk, found)} is told with the next sync that the visit is no longer needed."
    return visits_listed.as_json(desk, found), said


def begin_visit(args: argparse.Namespace, desk: Desk) -> Result:
    record = making_visit.begin_visit(desk, args.visit)
    return {"record": record}, record


def list_visits(args: argparse.Namespace, desk: Desk) -> Result:
    found = making_visit.visits_asked(desk)
    if args.csv:
        return table_saved(args.csv, desk, "visits", PlainTable(visits_listed.HEADS, visits_listed.cells(desk, found)))
    values: list[JSON] = [visits_listed.as_json(desk, one) for one in found]
    return values, visits_listed.told(desk, found)
