"""`homeward-central floor`: the version below which a laptop hands over its words and is given nothing new."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from sqlalchemy import Connection

from casework import VERSION
from casework.version_order import is_before
from central.commands.printing import say, with_json
from central.database.home import Home
from central.files.offered_updates import Shelf
from central.people import accounts, laptop_versions
from central.service import Service, council_of

SHOW, NONE = "show", "none"
NOT_OFFERED = "No version that meets this floor is offered here. Offer one with: homeward-central update offer FILE\n"


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    floor = with_json(verbs.add_parser("floor", help="the oldest version of Homeward that is given anything new"))
    floor.add_argument(
        "version",
        nargs="?",
        default=SHOW,
        metavar="VERSION|show|none",
        help="from now on this one; what it is; or every version again. Words are taken in from every laptop",
    )
    floor.set_defaults(deed=_floor)


def _floor(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        if options.version != SHOW:
            with service.database.writing() as connection:
                laptop_versions.set_floor(connection, "" if options.version == NONE else options.version)
        with service.database.reading() as connection:
            floor = council_of(connection).floor
            say(options, {"floor": floor or NONE, "laptops_below": _below(connection, floor)})
        if floor and options.version != SHOW and not _can_be_met(service, floor):
            sys.stderr.write(NOT_OFFERED)


def _can_be_met(service: Service, floor: str) -> bool:
    """By what laptops can get here, or by what is given out with this service."""
    return any(not is_before(each, floor) for each in (VERSION, *Shelf(service.home.updates).offered().values()))


def _below(connection: Connection, floor: str) -> int:
    """Of those in use: a laptop that was withdrawn is given nothing anyway."""
    in_use = [found for found in accounts.devices(connection) if found.state == "active"]
    return sum(bool(laptop_versions.floor_above(found.app, floor)) for found in in_use)
