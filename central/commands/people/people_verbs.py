"""The verbs for officers, their laptops, what each holds, and what was not taken in of theirs."""

from __future__ import annotations

import argparse
import secrets
from contextlib import closing
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Connection

from casework import VERSION
from central.commands import asking_keepers
from central.commands.people import officer_leaves
from central.commands.printing import a_day, say, say_each, with_json, with_table
from central.commands.two_person_notes import note_erasure
from central.database.clock import stamp
from central.database.errors import CentralError
from central.database.home import Home
from central.facts.numbers_of_practice import council_now
from central.intake.quarantine_decisions import Deciding, Decision, listed
from central.keys import key_folder
from central.keys.council_root import CouncilRoot
from central.people import accounts, allocating, laptop_versions, revoking, teams
from central.people.accounts import Officer
from central.service import Service


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    _add_people(verbs)
    _add_care(verbs)


def _add_people(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    officer = verbs.add_parser("officer", help="officers").add_subparsers(required=True, metavar="VERB")
    add = with_json(officer.add_parser("add", help="add an officer"))
    for name in ("--name", "--role", "--id"):
        add.add_argument(name, required=True)
    add.add_argument("--team", default="", help="of the council's file: what is asked of the team reaches them")
    add.set_defaults(deed=_officer_add)
    with_table(officer.add_parser("list", help="list the officers")).set_defaults(deed=_officer_list)
    team = with_json(officer.add_parser("team", help="put an officer in a team, or with no team take them out"))
    team.add_argument("officer")
    team.add_argument("team", nargs="?", default="")
    team.set_defaults(deed=_officer_team)
    end = with_json(officer.add_parser("end", help="an officer leaves: laptops, certificates, codes and children end"))
    end.add_argument("officer")
    end.add_argument(
        "--wipe", dest="how", action="store_const", const="wipe", default="drain", help="erase the laptops"
    )
    asking_keepers.add_two(end, "with --wipe: one of two keepers who do this together")
    end.set_defaults(deed=_officer_end)
    device = verbs.add_parser("device", help="laptops").add_subparsers(required=True, metavar="VERB")
    code = with_json(device.add_parser("code", help="a one-time code to join with"))
    code.add_argument("officer")
    code.set_defaults(deed=_device_code)
    codes = with_table(device.add_parser("codes", help="a code for each officer who has neither a laptop nor a code"))
    codes.set_defaults(deed=_device_codes)
    laptops = with_table(device.add_parser("list", help="list the laptops"))
    laptops.add_argument("--behind", nargs="?", const=VERSION, metavar="VERSION", help="those before it, or this one")
    laptops.set_defaults(deed=_device_list)
    allocate = with_json(verbs.add_parser("allocate", help="entitle an officer to a child's record, or end that"))
    allocate.add_argument("officer")
    allocate.add_argument("child")
    allocate.add_argument("--strand", action="append", default=[], help="one strand only; may be repeated")
    allocate.add_argument("--reason", default="allocated by the administrator")
    allocate.add_argument("--episode", help="a commissioned interviewer: this episode alone, by id or number")
    allocate.add_argument(
        "--until", type=a_day, metavar="DATE", help="with --episode: the last day, such as 2026-03-27"
    )
    which = allocate.add_mutually_exclusive_group()
    which.add_argument("--end", action="store_true", help="end the allocation")
    which.add_argument("--expected", action="store_true", help="after a restore: a laptop will bring the child again")
    allocate.set_defaults(deed=_allocate)


def _officer_add(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        found = Officer(options.id, options.name, options.role, active=True, team=options.team)
        with service.database.writing() as connection:
            teams.refuse_unknown_team(found, council_now(connection).teams)
            accounts.add_officer(connection, found, service.now())
        say(options, _officer(found))


def _officer_team(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        with service.database.writing() as connection:
            found = teams.put_in_team(connection, options.officer, options.team, council_now(connection).teams)
        say(options, _officer(found))


def _officer_list(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service, service.database.reading() as connection:
        say_each(options, [_officer(found) for found in accounts.officers(connection)])


def _officer_end(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        found = officer_leaves.end(service, options.officer, options.how, _root(service, options))
    ended = {"laptops": list(found.laptops), "allocations": found.allocations, "codes": found.codes}
    say(options, _officer(found.officer) | ended)


def _device_code(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        with service.database.writing() as connection:
            code, until = accounts.issue_code(connection, options.officer, service.authority.der, service.now())
        say(options, {"code": str(code), "expires_at": stamp(until), "officer": options.officer})


def _device_codes(options: argparse.Namespace) -> None:
    """All or none: a list that broke off would leave codes that nobody has."""
    with closing(Service.open(Home(options.home))) as service, service.database.writing() as connection:
        waiting, der, rows = accounts.without_laptop(connection, service.now()), service.authority.der, []
        for each in waiting:
            code, until = accounts.issue_code(connection, each.id, der, service.now())
            row = {"officer": each.id, "name": each.name, "code": str(code), "expires_at": stamp(until)}
            rows.append(row)
        say_each(options, rows)


def _device_list(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service, service.database.reading() as connection:
        rows = [
            {
                "id": found.id,
                "officer": found.officer_id,
                "state": found.state,
                "last_seen_at": found.last_seen_at,
                "lease_until": found.lease_until,
                "received_to": found.acked_seq,
                "unsent": found.unsent,
                "version": laptop_versions.version_in(found.app),
            }
            for found in accounts.devices(connection)
            if options.behind is None or laptop_versions.is_behind(found.app, options.behind)
        ]
    say_each(options, rows)


def _allocate(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        with service.database.writing() as connection:
            owner = accounts.officer_of(connection, options.officer)
            strands = allocating.chosen_strands(owner, options.strand)
            if options.episode or options.until:
                found = _commissioned(connection, options, owner, service.now())
            else:
                count = _allocated(connection, options, owner, strands, service.now())
                found = {"ended": options.end, "changed": count}
        say(options, {"officer": owner.id, "child": options.child, "strands": sorted(strands)} | found)


def _commissioned(
    connection: Connection, options: argparse.Namespace, owner: Officer, now: datetime
) -> dict[str, object]:
    """Raises CentralError where one of the two is missing, or something is asked beside them."""
    if not options.episode or not options.until or options.end or options.expected or options.strand:
        message = "A commission needs --episode and --until, and takes no --strand, --end or --expected with them."
        raise CentralError(message)
    found = allocating.commission_known(
        connection, owner, options.child, options.episode, options.until, now=now, reason=options.reason
    )
    return {"episode": found.episode, "until": options.until.isoformat()}


def _allocated(
    connection: Connection, options: argparse.Namespace, owner: Officer, strands: frozenset[str], now: datetime
) -> int:
    """How many strands began or ended."""
    if options.end:
        return accounts.withdraw(connection, owner.id, options.child, strands, now=now)
    allocate = accounts.allocate if options.expected else allocating.allocate_known
    return allocate(connection, owner.id, options.child, strands, now=now, reason=options.reason)


def _officer(found: Officer) -> dict[str, object]:
    """Every one with the same names, since a list of them is a table."""
    return {"id": found.id, "name": found.name, "role": found.role, "active": found.active, "team": found.team}


def _add_care(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    revoke = with_json(verbs.add_parser("revoke", help="withdraw a laptop"))
    revoke.add_argument("device")
    how = revoke.add_mutually_exclusive_group(required=True)
    how.add_argument("--drain", dest="how", action="store_const", const="drain", help="hand over the last work first")
    how.add_argument("--wipe", dest="how", action="store_const", const="wipe", help="erase everything at next contact")
    asking_keepers.add_two(revoke, "with --wipe: one of two keepers who do this together")
    revoke.set_defaults(deed=_revoke)
    quarantine = verbs.add_parser("quarantine", help="what was not taken in").add_subparsers(
        required=True, metavar="VERB"
    )
    with_table(quarantine.add_parser("list", help="what waits for a decision")).set_defaults(deed=_quarantine_list)
    for choice in ("accept", "return", "reject"):
        decide = with_json(quarantine.add_parser(choice, help=f"{choice} one item"))
        decide.add_argument("item")
        decide.add_argument("--reason", required=True)
        decide.add_argument("--by", default="administrator", help="whose decision it is")
        decide.set_defaults(deed=_decide, choice=choice)


def _revoke(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        root, now = _root(service, options), service.now()
        with service.database.writing() as connection:
            found = revoking.revoke(connection, options.device, options.how, now, root=root)
            if root is not None:
                note_erasure(service.home, (found.id,), root.by, now)
    say(options, {"device": found.id, "state": found.state, "received_to": found.acked_seq, "unsent": found.unsent})


def _root(service: Service, options: argparse.Namespace) -> CouncilRoot | None:
    """Two keepers open it for an order to erase; nothing else here needs it. Raises CentralError."""
    if options.how != "wipe":
        return None
    key_folder.kept_root(service.home.keys)
    if not options.keeper:
        raise CentralError(revoking.TWO_NEEDED)
    return key_folder.open_root(service.home.keys, asking_keepers.those_who_open(options.keeper))


def _quarantine_list(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service, service.database.reading() as connection:
        rows = [asdict(found) for found in listed(connection)]
    say_each(options, [{name: row[name] for name in row if options.json or name != "payload"} for row in rows])


def _decide(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        decision = Decision(options.item, options.choice, secrets.token_hex(8), by=options.by, reason=options.reason)
        found = Deciding(service.database, service.definitions, service.now).decide(decision)
        say(options, {"item": found.op_id, "status": found.status, "reason": found.reason})
