"""Verbs of notices: what was sent to you, who has been told, that you have read it."""

from __future__ import annotations

import argparse

from casework.canonical import JSON
from casework.plain_table import PlainTable
from desktop.flows.desk import Desk
from desktop.flows.notices import inbox, notices_listed
from desktop.verbs.caseload_verbs import table_saved
from desktop.verbs.result import Result


def list_notices(args: argparse.Namespace, desk: Desk) -> Result:
    if args.about:
        found = inbox.told_of(desk, args.about)
    else:
        found = inbox.every_notice(desk) if args.all else inbox.inbox(desk)
    if args.csv:
        table = PlainTable(notices_listed.HEADS, notices_listed.cells(found, desk.now()))
        return table_saved(args.csv, desk, "notices", table)
    values: list[JSON] = [notices_listed.as_json(one) for one in found]
    return values, notices_listed.told(found, desk.now())


def open_notice(args: argparse.Namespace, desk: Desk) -> Result:
    found = inbox.open_notice(desk, args.notice)
    return notices_listed.as_json(found), notices_listed.told_whole(found, desk.now())


def acknowledge(args: argparse.Namespace, desk: Desk) -> Result:
    found = inbox.acknowledge(desk, args.notice, args.words)
    taken = " The child comes to you with the next sync." if found.is_taken_on else ""
    return notices_listed.as_json(found), f"Acknowledged. Its sender hears with the next sync.{taken}"


def ask_again(args: argparse.Namespace, desk: Desk) -> Result:
    found = inbox.ask_again(desk, args.notice)
    return notices_listed.as_json(found), f"Noted that you asked {found.addressee} again."
