"""The verbs for the service itself: founded, run, and proved."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing, suppress
from pathlib import Path

from central.commands import asking_keepers, founding, key_verbs, log_head
from central.commands.founding import Keeping
from central.commands.printing import say, with_json
from central.commands.publishing_verbs import tell_misfits
from central.database.clock import utc_now
from central.database.errors import CentralError
from central.database.home import Home
from central.keys.key_files import is_protected
from central.retention import destroying, destruction_log
from central.service import Service, council_of

NOT_REPEATED = (
    "Order {} of the log of what was destroyed is not carried out in this database. "
    "Run “homeward-central retention repeat” first, or laptops would be sent those records again."
)
UNPROTECTED = (
    "The council’s keys lie open in this folder and in each of its backups: "
    "give them keepers with “homeward-central keys protect”.\n"
)


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = verbs.add_parser("init", help="found a council here: keys, database, forms")
    init.add_argument("--council-file", type=Path, required=True, help="its own file; one to copy: council example")
    init.add_argument("--council", help="the council's name, if it is not the one in its file")
    init.add_argument("--database", help="an SQLAlchemy address; an SQLite file in the folder unless given")
    init.add_argument("--host", action="append", default=[], help="a name or address laptops will use; may be repeated")
    asking_keepers.add_new(init)
    key_verbs.add_recovery_file(init)
    init.set_defaults(deed=_init)
    serve = verbs.add_parser("serve", help="run the service")
    serve.add_argument("--port", type=int, required=True)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--attended", action="store_true", help="end when standard input does")
    who = "who else may read /metrics, such as 10.20.0.0/16"
    serve.add_argument("--metrics-from", action="append", default=[], metavar="NETWORK", help=who)
    serve.add_argument("--behind-proxy", action="append", default=[], metavar="ADDRESS", help="the council's own proxy")
    serve.set_defaults(deed=_serve)
    epoch = with_json(verbs.add_parser("epoch", help="show the epoch, or begin a new one after a restore"))
    epoch.add_argument("--new", action="store_true", help="the database was restored from a backup")
    epoch.set_defaults(deed=_epoch)
    audit = with_json(verbs.add_parser("audit", help="show how far the service's log goes, to be noted elsewhere"))
    audit.add_argument("--against", metavar="FILE|HEAD", help="what this verb said before, or a file that holds it")
    audit.set_defaults(deed=_audit)


def _init(options: argparse.Namespace) -> None:
    home = Home(options.home)
    own = founding.OwnFile.read(options.council_file)
    name = own.name if options.council is None else options.council
    founding.refuse_founded(home)
    keeping = Keeping(
        asking_keepers.those_who_keep(options.keeper), options.recovery_key, asking_keepers.cost_of(options)
    )
    settings = founding.found(
        home, name=name, database=options.database, hosts=options.host, now=utc_now(), own_file=own, keeping=keeping
    )
    sys.stdout.write(f"{settings.council} is set up in {home.folder}.\n")


def _serve(options: argparse.Namespace) -> None:
    from central.commands import serving  # noqa: PLC0415 - no other verb needs the network, and Starlette takes a while

    home = Home(options.home)
    home.settings()
    if not is_protected(home.keys):
        sys.stderr.write(UNPROTECTED)
    tell_misfits(founding.upgrade(home, utc_now()))
    with suppress(KeyboardInterrupt):  # an ordinary end of a service
        serving.serve(
            Service.open(home),
            host=options.host,
            port=options.port,
            attended=options.attended,
            counted_from=options.metrics_from,
            proxies=options.behind_proxy,
        )


def _epoch(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        if options.new:
            _refuse_unrepeated(service)
            founding.begin_epoch(service.database)
        with service.database.reading() as connection:
            say(options, {"epoch": council_of(connection).epoch})


def _refuse_unrepeated(service: Service) -> None:
    """Raises CentralError where laptops would be sent again what the log of this folder says is destroyed."""
    if destruction_log.here(service.home):
        service.database.migrate()  # the backup may be of before
    if unfinished := destroying.unfinished_orders(service):
        raise CentralError(NOT_REPEATED.format(unfinished[0]))


def _audit(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service, service.database.reading() as connection:
        told = log_head.prove(connection, options.against) if options.against else ""
        found = {"head": log_head.head(connection)}
    say(options, found | ({"against": told} if told else {}))
