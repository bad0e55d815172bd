"""Verbs of a manager: exceptions, an action taken to supervision, themes, and an episode given to another agency."""

from __future__ import annotations

import argparse

from casework.canonical import JSON
from casework.dates_in_words import local, when
from casework.errors import AnswerError
from casework.identifiers import OfficerId
from casework.plain_table import PlainTable
from desktop.flows.collated import themes, themes_told
from desktop.flows.collated.themes_periods import groups_period, latest_two_months
from desktop.flows.council import commissioning_out
from desktop.flows.desk import Desk
from desktop.flows.team import exception_row, exceptions
from desktop.flows.team.exception_row import Gap, GapsWanted
from desktop.verbs.caseload_verbs import table_saved, typed_date, typed_period
from desktop.verbs.result import Result


def list_exceptions(args: argparse.Namespace, desk: Desk) -> Result:
    team = exceptions.team(desk, since=typed_date(args.since))
    wanted = GapsWanted(Gap(args.list) if args.list else None, args.of, args.words, args.sort)
    rows = exception_row.chosen(team.rows, wanted)
    if args.csv:
        return table_saved(args.csv, desk, "team", PlainTable(exception_row.HEADS, exception_row.cells(rows)))
    values: list[JSON] = [exception_row.as_json(row) for row in rows]
    heard = when(team.heard, desk.now()) if team.heard else "not yet"
    foot = ". ".join(part for part in (exceptions.rates_line(team), f"Council last heard from: {heard}") if part)
    return values, f"{exception_row.told(rows, local(desk.now()).date())}\n\n{foot}."


def take_to_supervision(args: argparse.Namespace, desk: Desk) -> Result:
    exceptions.to_supervision(desk, args.record)
    return {"record": args.record}, "Taken to supervision, as of today."


def tell_themes(args: argparse.Namespace, desk: Desk) -> Result:
    """The two months that are over, or the group's until a meeting, unless told."""
    usual = groups_period(desk, args.meeting) if args.meeting else latest_two_months(local(desk.now()).date())
    found = themes.themes(desk, *typed_period(args, usual))
    if args.csv:
        return table_saved(args.csv, desk, "themes", themes_told.inside_table(found))
    if args.pdf:
        from desktop.flows.collated.for_the_group import print_for_group  # noqa: PLC0415 - what makes PDFs takes half a second to load

        return {"file": str(args.pdf)}, print_for_group(desk, args.pdf, found, args.meeting)
    return themes_told.as_json(found), themes_told.told(found)


def commission(args: argparse.Namespace, desk: Desk) -> Result:
    """Raises AnswerError where --to comes without --until, or beside --end."""
    until = typed_date(args.until)
    if bool(args.to) is not bool(until) or (args.to and args.end):
        message = "Say whose it is to be and until when (--to and --until), or whose it is no longer (--end)."
        raise AnswerError(message)
    if args.to and until:
        found = commissioning_out.give_episode(desk, args.episode, OfficerId(args.to), until)
    elif args.end:
        found = commissioning_out.end_commission(desk, args.episode, OfficerId(args.end))
    else:
        found = commissioning_out.commissions(desk, args.episode)
    return commissioning_out.as_json(found), commissioning_out.told(found)
