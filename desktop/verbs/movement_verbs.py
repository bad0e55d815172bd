"""Verbs of schools’ movement returns, of who is followed from them, and of the case that a referral leads to."""

from __future__ import annotations

import argparse
from datetime import date

from casework.dates_in_words import local, typed_day
from casework.errors import KnownError
from casework.plain_table import PlainTable
from desktop.flows.desk import Desk
from desktop.flows.record.editing import MayBeHere
from desktop.flows.schools import files_between, leavers_followed, movement_listed
from desktop.flows.schools.case_opened import open_the_case
from desktop.flows.schools.returned_file import take_in_file
from desktop.verbs.caseload_verbs import table_saved, typed_date
from desktop.verbs.result import Result


def list_movement(args: argparse.Namespace, desk: Desk) -> Result:
    found, today = leavers_followed.movement(desk), local(desk.now()).date()
    if args.csv:
        table = PlainTable(movement_listed.HEADS, movement_listed.cells(found, today))
        return table_saved(args.csv, desk, "leavers", table)
    return movement_listed.as_json(found), movement_listed.told(found, today)


def list_transfers(args: argparse.Namespace, desk: Desk) -> Result:
    found = files_between.files_between(desk, since=typed_date(args.since))
    if args.csv:
        return table_saved(args.csv, desk, "files between schools", files_between.table_of(found))
    return [files_between.as_json(one) for one in found], files_between.told(found)


def take_return(args: argparse.Namespace, desk: Desk) -> Result:
    keep, leave_out = not args.dry_run, args.leave_out
    found = take_in_file(desk, args.file, args.school, args.month, keep=keep, leave_out=leave_out)
    return movement_listed.report_json(found), movement_listed.report_said(found)


def note_arrived(args: argparse.Namespace, desk: Desk) -> Result:
    found = leavers_followed.arrived(desk, args.leaver, args.how, _day(args.on) if args.on else None)
    return movement_listed.leaver_json(found), f"{found.name} has arrived safe, and is followed no more."


def refer_leaver(args: argparse.Namespace, desk: Desk) -> Result:
    try:
        referral = leavers_followed.refer(desk, args.leaver, args.child, is_new=args.new)
    except MayBeHere as found:
        named = "; ".join(f"--child {one.child_id} ({one.name_and_age})" for one in found.who)
        message = f"{found} Say it with {named}, or with --new."
        raise KnownError(message) from found
    return {"record": referral}, referral


def open_case(args: argparse.Namespace, desk: Desk) -> Result:
    case = open_the_case(desk, args.record)
    return {"record": case}, case


def _day(text: str) -> date:
    """Raises KnownError."""
    try:
        return typed_day(text)
    except ValueError as error:
        message = "Write the day as 2026-03-27."
        raise KnownError(message) from error
