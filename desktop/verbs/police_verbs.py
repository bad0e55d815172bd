"""Verbs of the police’s monthly list: taking it in, each line decided, signed off; and the results that police owe."""

from __future__ import annotations

import argparse
from datetime import date

from casework.dates_in_words import day_and_time, local, month_and_year
from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.flows.police import police_deciding, police_listed, prevention_asked
from desktop.flows.police.police_months import police_month, police_months
from desktop.flows.police.police_taking_in import take_in_police_list
from desktop.flows.record.editing import MayBeHere
from desktop.flows.sheet_reading import month_typed
from desktop.verbs.caseload_verbs import table_saved
from desktop.verbs.result import Result


def take_list(args: argparse.Namespace, desk: Desk) -> Result:
    found = take_in_police_list(desk, args.file, args.month, keep=not args.dry_run, leave_out=args.leave_out)
    return police_listed.report_json(found), police_listed.report_said(found)


def list_police(args: argparse.Namespace, desk: Desk) -> Result:
    """Of one month, or which months there are."""
    if not args.month:
        months = police_months(desk)
        return [police_listed.month_json(one) for one in months], police_listed.months_told(months)
    found = police_month(desk, _month(args.month))
    if args.csv:
        return table_saved(args.csv, desk, "police list", police_listed.table_of(found))
    return police_listed.whole_json(found), police_listed.month_told(desk, found)


def match_line(args: argparse.Namespace, desk: Desk) -> Result:
    if args.same_as:
        police_deciding.same_episode(desk, args.line, args.same_as)
        return {"line": args.line, "episode": args.same_as}, "The same episode, and counted once."
    if args.not_ours:
        police_deciding.not_ours(desk, args.line, args.not_ours)
        return {"line": args.line, "why": args.not_ours}, "Not ours, and why is kept."
    if args.undo:
        police_deciding.undecide(desk, args.line)
        return {"line": args.line}, "The line waits for a decision again."
    try:
        episode = police_deciding.record_it(desk, args.line, args.child, is_new=args.new)
    except MayBeHere as found:
        named = "; ".join(f"--child {one.child_id} ({one.name_and_age})" for one in found.who)
        message = f"{found} Say it with {named}, or with --new."
        raise KnownError(message) from found
    return {"record": episode}, episode


def match_ours(args: argparse.Namespace, desk: Desk) -> Result:
    month = _month(args.month)
    if args.asked:
        police_deciding.police_asked(desk, month, args.episode, args.asked)
        return {"episode": args.episode, "asked": args.asked}, "Police were asked, and it is kept with the list."
    police_deciding.not_for_police(desk, month, args.episode, args.not_reported)
    return {"episode": args.episode, "why": args.not_reported}, "It was not for police, and why is kept."


def sign_off_list(args: argparse.Namespace, desk: Desk) -> Result:
    found = police_deciding.sign_off(desk, _month(args.month))
    signed = found.signed
    when = day_and_time(signed.at) if signed else ""
    by = signed.by if signed else ""
    return police_listed.month_json(found), f"{month_and_year(found.month)} is signed off by {by}, {when}."


def list_results(args: argparse.Namespace, desk: Desk) -> Result:
    found = prevention_asked.results_owed(desk)
    if args.csv:
        return table_saved(args.csv, desk, "results owed", prevention_asked.table_of(found))
    return [prevention_asked.as_json(one) for one in found], prevention_asked.told(found, local(desk.now()).date())


def ask_for_result(args: argparse.Namespace, desk: Desk) -> Result:
    found = prevention_asked.ask_police(desk, args.episode, args.whom, args.reply)
    return prevention_asked.as_json(found), f"{prevention_asked.asked_said(found, local(desk.now()).date())}."


def _month(text: str) -> date:
    return month_typed(text, "list")
