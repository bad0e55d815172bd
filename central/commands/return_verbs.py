"""The verbs `return` and `report`: what is sent on, made the same from the same records, and what is not counted."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from casework.practice.calendar import london_day
from central.commands.printing import a_day, add_csv, save_csv, say, with_json
from central.database.errors import CentralError
from central.database.home import Home, write_private
from central.feed.feed_moments import place_at
from central.figures.board_report import board_report
from central.figures.periods import AsAt
from central.returns.annex_a import annex_a
from central.returns.counted_records import Return
from central.returns.ehe_cme import ehe_cme
from central.returns.ssd import ssd
from central.returns.ssda903 import ssda903
from central.service import Service

Verbs = argparse._SubParsersAction  # argparse has no public name for it
KINDS = ("ssda903", "annex-a", "ssd", "ehe-cme")


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    add_report(verbs)
    give = with_json(verbs.add_parser("return", help="a return to the government or the inspectors, as CSV"))
    give.add_argument("kind", choices=KINDS)
    give.add_argument(
        "--year", type=int, help="ssda903, ssd: in which it ends on 31 March; ehe-cme: in which the school year begins"
    )
    give.add_argument("--on", type=a_day, help="annex-a: the day of the list; today unless told")
    give.add_argument("--to", type=Path, required=True, metavar="FILE")
    give.set_defaults(deed=_return)


def add_report(verbs: Verbs[argparse.ArgumentParser]) -> None:
    report = verbs.add_parser("report", help="a report that leaves the council")
    kinds = report.add_subparsers(required=True, metavar="KIND")
    board = with_json(kinds.add_parser("board", help="the annual report to the board, small numbers hidden"))
    board.add_argument("--year", type=int, required=True, help="in which April the year begins")
    add_csv(board)
    board.set_defaults(deed=_report)


def _report(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        now = service.now()
        with service.database.writing() as connection:
            as_at = AsAt.of(place_at(connection, None, now), now)
        with service.database.reading() as connection:
            table = board_report(connection, _year(options), as_at, now)
    if options.csv:
        save_csv(options.csv, table)
    elif options.json:
        say(options, {"year": options.year, "figures": table.values()})
    else:
        sys.stdout.writelines(f"{line}\n" for line in table.lines())


def _return(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        today = london_day(service.now())
        with service.database.reading() as connection:
            made = _made(connection, options, today)
        write_private(options.to, f"{made.table.csv()}\n".encode())
        if options.json:
            doubts = [{"reference": one.reference, "question": one.question} for one in made.doubts]
            say(options, {"rules": made.rules, "rows": len(made.table.rows), "not_counted": doubts})
            return
        sys.stdout.write(f"{made.rules}: {len(made.table.rows)} rows in {options.to.name}.\n")
        if made.doubts:
            sys.stdout.write("Not counted until this is answered:\n")
        sys.stdout.writelines(f"  {one.reference}: {one.question}\n" for one in made.doubts)


def _made(connection: Connection, options: argparse.Namespace, today: date) -> Return:
    match options.kind:
        case "annex-a":
            return annex_a(connection, options.on or today)
        case "ssd":
            return ssd(connection, options.year)
        case "ssda903":
            return ssda903(connection, _year(options))
        case _:
            return ehe_cme(connection, _year(options), today)


def _year(options: argparse.Namespace) -> int:
    if options.year is None or not 1990 <= options.year <= 2200:
        message = "Name the year with --year, such as 2026."
        raise CentralError(message)
    found: int = options.year
    return found
