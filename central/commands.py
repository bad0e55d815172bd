"""The verbs of `homeward-central`, and what each says."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from dataclasses import asdict
from pathlib import Path

from platformdirs import user_data_path

from central import accounts, data_commands, ending, founding, revoking, serving
from central.accounts import Officer
from central.clock import stamp, utc_now
from central.deciding import Deciding, Decision, listed
from central.home import Home
from central.saying import say, say_each, with_json
from central.scope import strands_of
from central.service import Service, council_of


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="homeward-central", description="The council's central service for Homeward.")
    whole.add_argument("--home", type=Path, default=_default_home(), help="the service's folder")
    verbs = whole.add_subparsers(required=True, metavar="VERB")
    _add_service(verbs)
    _add_people(verbs)
    _add_care(verbs)
    data_commands.add_verbs(verbs)
    return whole


def _add_service(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = verbs.add_parser("init", help="found a council here: keys, database, forms")
    init.add_argument("--council", default="Rotherham", help="the council's name")
    init.add_argument("--database", help="an SQLAlchemy address; an SQLite file in the folder unless given")
    init.add_argument("--host", action="append", default=[], help="a name or address laptops will use; may be repeated")
    init.set_defaults(deed=_init)
    serve = verbs.add_parser("serve", help="run the service")
    serve.add_argument("--port", type=int, required=True)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--attended", action="store_true", help="end when standard input does")
    serve.set_defaults(deed=_serve)
    epoch = with_json(verbs.add_parser("epoch", help="show the epoch, or begin a new one after a restore"))
    epoch.add_argument("--new", action="store_true", help="the database was restored from a backup")
    epoch.set_defaults(deed=_epoch)


def _add_people(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    officer = verbs.add_parser("officer", help="officers").add_subparsers(required=True, metavar="VERB")
    add = with_json(officer.add_parser("add", help="add an officer"))
    for name in ("--name", "--role", "--id"):
        add.add_argument(name, required=True)
    add.set_defaults(deed=_officer_add)
    with_json(officer.add_parser("list", help="list the officers")).set_defaults(deed=_officer_list)
    end = with_json(officer.add_parser("end", help="an officer leaves: laptops, certificates, codes and children end"))
    end.add_argument("officer")
    end.add_argument(
        "--wipe", dest="how", action="store_const", const="wipe", default="drain", help="erase the laptops"
    )
    end.set_defaults(deed=_officer_end)
    device = verbs.add_parser("device", help="laptops").add_subparsers(required=True, metavar="VERB")
    code = with_json(device.add_parser("code", help="a one-time code to join with"))
    code.add_argument("officer")
    code.set_defaults(deed=_device_code)
    with_json(device.add_parser("list", help="list the laptops")).set_defaults(deed=_device_list)
    allocate = with_json(verbs.add_parser("allocate", help="entitle an officer to a child's record, or end that"))
    allocate.add_argument("officer")
    allocate.add_argument("child")
    allocate.add_argument("--strand", action="append", default=[], help="one strand only; may be repeated")
    allocate.add_argument("--reason", default="allocated by the administrator")
    allocate.add_argument("--end", action="store_true", help="end the allocation")
    allocate.set_defaults(deed=_allocate)


def _init(options: argparse.Namespace) -> None:
    home = Home(options.home)
    settings = founding.found(home, name=options.council, database=options.database, hosts=options.host, now=utc_now())
    sys.stdout.write(f"{settings.council} is set up in {home.folder}.\n")


def _serve(options: argparse.Namespace) -> None:
    home = Home(options.home)
    founding.upgrade(home, utc_now())
    serving.serve(Service.open(home), host=options.host, port=options.port, attended=options.attended)


def _epoch(options: argparse.Namespace) -> None:
    service = Service.open(Home(options.home))
    if options.new:
        founding.begin_epoch(service.database)
    with service.database.reading() as connection:
        say(options, {"epoch": council_of(connection).epoch})


def _officer_add(options: argparse.Namespace) -> None:
    service = Service.open(Home(options.home))
    found = Officer(options.id, options.name, options.role, active=True)
    with service.database.writing() as connection:
        accounts.add_officer(connection, found, service.now())
    say(options, _officer(found))


def _officer_list(options: argparse.Namespace) -> None:
    with Service.open(Home(options.home)).database.reading() as connection:
        say_each(options, [_officer(found) for found in accounts.officers(connection)])


def _officer_end(options: argparse.Namespace) -> None:
    found = ending.end(Service.open(Home(options.home)), options.officer, options.how)
    ended = {"laptops": list(found.laptops), "allocations": found.allocations, "codes": found.codes}
    say(options, _officer(found.officer) | ended)


def _device_code(options: argparse.Namespace) -> None:
    service = Service.open(Home(options.home))
    with service.database.writing() as connection:
        code, until = accounts.issue_code(connection, options.officer, service.authority.der, service.now())
    say(options, {"code": str(code), "expires_at": stamp(until), "officer": options.officer})


def _device_list(options: argparse.Namespace) -> None:
    with Service.open(Home(options.home)).database.reading() as connection:
        rows = [
            {
                "id": found.id,
                "officer": found.officer_id,
                "state": found.state,
                "last_seen_at": found.last_seen_at,
                "lease_until": found.lease_until,
                "received_to": found.acked_seq,
                "unsent": found.unsent,
            }
            for found in accounts.devices(connection)
        ]
    say_each(options, rows)


def _allocate(options: argparse.Namespace) -> None:
    service = Service.open(Home(options.home))
    with service.database.writing() as connection:
        owner = accounts.officer_of(connection, options.officer)
        strands = frozenset({*options.strand, "core"}) if options.strand else strands_of(owner.role)
        if options.end:
            accounts.withdraw(connection, owner.id, options.child, strands, now=service.now())
        else:
            accounts.allocate(connection, owner.id, options.child, strands, now=service.now(), reason=options.reason)
    say(options, {"officer": owner.id, "child": options.child, "strands": sorted(strands), "ended": options.end})


def _officer(found: Officer) -> dict[str, object]:
    return {"id": found.id, "name": found.name, "role": found.role, "active": found.active}


def _add_care(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    revoke = with_json(verbs.add_parser("revoke", help="withdraw a laptop"))
    revoke.add_argument("device")
    how = revoke.add_mutually_exclusive_group(required=True)
    how.add_argument("--drain", dest="how", action="store_const", const="drain", help="hand over the last work first")
    how.add_argument("--wipe", dest="how", action="store_const", const="wipe", help="erase everything at next contact")
    revoke.set_defaults(deed=_revoke)
    quarantine = verbs.add_parser("quarantine", help="what was not taken in").add_subparsers(
        required=True, metavar="VERB"
    )
    with_json(quarantine.add_parser("list", help="what waits for a decision")).set_defaults(deed=_quarantine_list)
    for choice in ("accept", "return", "reject"):
        decide = with_json(quarantine.add_parser(choice, help=f"{choice} one item"))
        decide.add_argument("item")
        decide.add_argument("--reason", required=True)
        decide.add_argument("--by", default="administrator", help="whose decision it is")
        decide.set_defaults(deed=_decide, choice=choice)


def _revoke(options: argparse.Namespace) -> None:
    service = Service.open(Home(options.home))
    with service.database.writing() as connection:
        found = revoking.revoke(connection, options.device, options.how, service.authority, service.now())
    say(options, {"device": found.id, "state": found.state, "received_to": found.acked_seq, "unsent": found.unsent})


def _quarantine_list(options: argparse.Namespace) -> None:
    with Service.open(Home(options.home)).database.reading() as connection:
        rows = [asdict(found) for found in listed(connection)]
    say_each(options, [{name: row[name] for name in row if options.json or name != "payload"} for row in rows])


def _decide(options: argparse.Namespace) -> None:
    service = Service.open(Home(options.home))
    decision = Decision(options.item, options.choice, secrets.token_hex(8), by=options.by, reason=options.reason)
    found = Deciding(service.database, service.definitions, service.now).decide(decision)
    say(options, {"item": found.op_id, "status": found.status, "reason": found.reason})


def _default_home() -> Path:
    return (
        Path(os.environ.get("HOMEWARD_CENTRAL_HOME", ""))
        if "HOMEWARD_CENTRAL_HOME" in os.environ
        else (user_data_path("homeward-central", "Homeward"))
    )
