"""The verbs `retention`: what is due, what is held back, and, by two keepers together, what is destroyed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from casework.dates_in_words import counted, local
from casework.identifiers import ChildId, RecordId
from central.commands import asking_keepers
from central.commands.printing import a_day, say, say_each, with_json, with_table
from central.database.errors import CentralError
from central.database.home import Home, write_private
from central.extracts.case_numbers import CHILD, numbers_of
from central.files.ended_files import remove_ended
from central.files.uploads import Blobs
from central.keys import key_folder
from central.keys.council_root import CouncilRoot
from central.retention import destroying, destruction_log, holds
from central.retention.destroying import CarriedOut
from central.retention.scrubbing import scrub
from central.retention.what_is_due import due_list
from central.service import Service

TWO_NEEDED = "Two keepers of the council’s keys destroy records together: name both with --keeper."
LOOK_OVER = "Look it over, then destroy what is not held back with: homeward-central retention destroy {}\n"
NOTHING_GOES = "Nothing of this would go now.\n"
UNBORN = "{} with records under a birthday rule: nobody knows when they were born, so nothing of theirs is ever due.\n"
UNFINISHED = "Order {} was signed and not carried out to its end: homeward-central retention repeat\n"
KEEP_LOG = (
    "Keep a copy of the log where no backup reaches, for after a restore: homeward-central retention log --to FILE\n"
    "Backups made until now still hold these records. Destroy them when your rule says.\n"
)
NOT_SCRUBBED = (
    "The database was in use, so traces may still lie in its files. They go with: homeward-central retention repeat\n"
)
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    retention = verbs.add_parser("retention", help="what is kept, and what goes by the council's rule")
    deeds = retention.add_subparsers(required=True, metavar="VERB")
    due = with_table(deeds.add_parser("due", help="list what is due to be destroyed; changes nothing"))
    due.set_defaults(deed=_due)
    _add_holds(deeds)
    destroy = with_json(deeds.add_parser("destroy", help="destroy what a list named, by order of two keepers"))
    destroy.add_argument("list", help="the hash that “retention due” printed under what was looked over")
    asking_keepers.add_two(destroy)
    destroy.set_defaults(deed=_destroy)
    repeat = with_json(deeds.add_parser("repeat", help="destroy again what the signed log names: after a restore"))
    repeat.add_argument("file", nargs="?", type=Path, help="the newest copy of the log; that of this folder if none")
    asking_keepers.add_two(repeat, "after a restore from before the first order: one of two keepers")
    repeat.set_defaults(deed=_repeat)
    log = with_table(deeds.add_parser("log", help="what was destroyed, when, by which rule and by whom"))
    log.add_argument("--to", type=Path, metavar="FILE", help="a copy of the signed log, to be kept elsewhere")
    log.set_defaults(deed=_log)


def _add_holds(deeds: Verbs[argparse.ArgumentParser]) -> None:
    hold = with_json(deeds.add_parser("hold", help="nothing of a child goes, whatever the rule says"))
    hold.add_argument("child", help="the child's id, or number in the case system")
    hold.add_argument("--reason", required=True)
    hold.add_argument("--by", required=True, metavar="NAME", help="who says so")
    hold.add_argument("--until", type=a_day, metavar="DATE", help="the last day, such as 2031-03-27; without, no end")
    hold.set_defaults(deed=_hold)
    release = with_json(deeds.add_parser("release", help="end a hold; it stays listed"))
    release.add_argument("hold", help="its id, as “retention holds” lists it")
    release.add_argument("--reason", required=True)
    release.add_argument("--by", required=True, metavar="NAME", help="who says so")
    release.set_defaults(deed=_release)
    listed = with_table(deeds.add_parser("holds", help="list the holds"))
    listed.add_argument("--all", action="store_true", help="those that are over too")
    listed.set_defaults(deed=_holds)


def _due(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        with service.database.reading() as connection:
            found = due_list(connection, service.now())
        unfinished = destroying.unfinished_orders(service)
    rows = [row.to_json() for row in found.rows]
    if options.json:
        told = {"list": found.hash, "records": rows, "without_birthday": found.unborn, "unfinished": unfinished}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    say_each(options, rows)
    sys.stderr.write(LOOK_OVER.format(found.hash) if found.hash else NOTHING_GOES)
    if found.unborn:
        sys.stderr.write(UNBORN.format(counted(found.unborn, "child", "children")))
    for number in unfinished:
        sys.stderr.write(UNFINISHED.format(number))


def _destroy(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        root = _two_keepers(service, options.keeper)
        done = destroying.destroy(service, options.list, root)
        _tell(options, service, done)


def _repeat(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        root = _two_keepers(service, options.keeper) if options.keeper else None
        service.database.migrate()  # what was restored may be of before
        home = service.home
        lines = destruction_log.bring(options.file, home) if options.file else destruction_log.here(home)
        _tell(options, service, destroying.repeat(service, lines, root))


def _tell(options: argparse.Namespace, service: Service, done: CarriedOut) -> None:
    """What the files of the service still hold of it goes last, and each part may be done again."""
    files = remove_ended(service.database, Blobs(service.home.blobs))
    is_clean = scrub(service.database)
    orders = len(destruction_log.here(service.home))
    told = {"orders": orders, "records": done.records, "operations": done.operations, "files": files}
    say(options, told | {"held": done.held, "to be read": done.unread, "traces": "none" if is_clean else "some"})
    sys.stderr.write(KEEP_LOG if is_clean else KEEP_LOG + NOT_SCRUBBED)


def _log(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    lines = destruction_log.here(home)
    if options.to:
        write_private(options.to, (home.folder / destruction_log.LOG).read_bytes() if lines else b"")
    say_each(options, [row for line in lines for row in line.order.rows()])


def _hold(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service, service.database.writing() as connection:
        by_number = [found for found, number in numbers_of(connection, CHILD).items() if number == options.child]
        child = ChildId(by_number[0] if by_number else RecordId(options.child))
        found = holds.place(
            connection, child, reason=options.reason, by=options.by, until=options.until, now=service.now()
        )
        say(options, found.to_json(local(service.now()).date()))


def _release(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service, service.database.writing() as connection:
        found = holds.release(connection, options.hold, why=options.reason, by=options.by, now=service.now())
        say(options, found.to_json(local(service.now()).date()))


def _holds(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        today = local(service.now()).date()
        with service.database.reading() as connection:
            found = [one for one in holds.holds(connection) if options.all or one.stands(today)]
    say_each(options, [one.to_json(today) for one in found])


def _two_keepers(service: Service, named: Sequence[str]) -> CouncilRoot:
    """Raises CentralError."""
    key_folder.kept_root(service.home.keys)
    if not named:
        raise CentralError(TWO_NEEDED)
    return key_folder.open_root(service.home.keys, asking_keepers.those_who_open(named))
