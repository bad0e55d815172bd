"""`homeward-central certificate`: when the council's certificates end, a new one for the service, another address."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing

from central.commands.printing import say, say_each, with_json, with_table
from central.database.home import Home
from central.keys import certificate_ends, key_folder
from central.service import Service

Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    whole = verbs.add_parser("certificate", help="the service's certificate, and when each of the council's ends")
    steps = whole.add_subparsers(required=True, metavar="VERB")
    with_table(steps.add_parser("show", help="when each of them ends")).set_defaults(deed=_show)
    with_json(steps.add_parser("renew", help="a new one for the service now")).set_defaults(deed=_renew, host=[])
    more = with_json(steps.add_parser("add-host", help="a name or address that laptops will use as well"))
    more.add_argument("host", nargs="+")
    more.set_defaults(deed=_renew)


def _show(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        now, found = service.now(), list(certificate_ends.endings(service.authority))
    rows = [
        {
            "certificate": each.which,
            "since": each.starts.date().isoformat(),
            "until": each.ends.date().isoformat(),
            "days_left": each.days(now),
        }
        for each in found
    ]
    say_each(options, rows)
    sys.stderr.writelines(f"{words}\n" for each in found if (words := each.words(now)))


def _renew(options: argparse.Namespace) -> None:
    """A service that runs shows the new one to whoever connects next."""
    with closing(Service.open(Home(options.home))) as service:
        keys = service.home.keys
        service.authority.issue_server([*key_folder.hosts_of(keys), *options.host], service.now())
        until = next(certificate_ends.endings(service.authority)).ends.date().isoformat()
        say(options, {"until": until, "hosts": key_folder.hosts_of(keys)})
