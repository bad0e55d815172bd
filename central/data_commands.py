"""The verbs of `homeward-central` that move data: import, export, backup, recover, form."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from central import definitions, keeping, recovering
from central.clock import utc_now
from central.errors import CentralError
from central.exporting import exported
from central.extracts import Columns
from central.home import Home, write_private
from central.importing import Importing
from central.saying import say, say_each, with_json
from central.service import Service

CONFIRM = """Telephone this officer: is it they who ask, and do they read out the same number?
Type the officer’s id to answer: """
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    bring = with_json(verbs.add_parser("import", help="take in a CSV extract of the case system"))
    bring.add_argument("what", choices=["children", "episodes", "allocations"])
    bring.add_argument("file", type=Path)
    bring.add_argument("--columns", type=Path, help="a TOML file that names the council's own columns")
    bring.set_defaults(deed=_import)
    give = with_json(verbs.add_parser("export", help="write children or episodes as CSV"))
    give.add_argument("what", choices=["children", "episodes"])
    give.add_argument("--to", type=Path, required=True)
    give.add_argument("--columns", type=Path)
    give.set_defaults(deed=_export)
    backup = with_json(verbs.add_parser("backup", help="copy the service, while it runs"))
    backup.add_argument("--to", type=Path, required=True)
    backup.set_defaults(deed=_backup)
    recover = with_json(verbs.add_parser("recover", help="answer a laptop whose passphrase was forgotten"))
    recover.add_argument("request", type=Path, help="the text the laptop gave, as a file")
    recover.add_argument("--to", type=Path, required=True, help="the file for the answer")
    recover.add_argument("--yes", action="store_true", help="do not ask: who asks has been confirmed already")
    recover.set_defaults(deed=_recover)
    form = verbs.add_parser("form", help="forms").add_subparsers(required=True, metavar="VERB")
    publish = with_json(form.add_parser("publish", help="publish a version of a form"))
    publish.add_argument("file", type=Path)
    publish.set_defaults(deed=_publish)
    with_json(form.add_parser("list", help="what is published")).set_defaults(deed=_forms)


def _import(options: argparse.Namespace) -> None:
    importing = Importing(Service.open(Home(options.home)), Columns.read(options.columns))
    found = getattr(importing, options.what)(options.file)
    if options.json:
        say(options, found.to_json())
        return
    say(options, {"added": found.added, "changed": found.changed, "unchanged": found.unchanged, "bad": len(found.bad)})
    say_each(options, [{"line": f"line {line}:", "reason": reason} for line, reason in found.bad])


def _export(options: argparse.Namespace) -> None:
    service, columns = Service.open(Home(options.home)), Columns.read(options.columns)
    extract = columns.children if options.what == "children" else columns.episodes
    with service.database.reading() as connection:
        text = exported(connection, service.definitions, extract)
    write_private(options.to, text.encode("utf-8-sig"))
    say(options, {"written": str(options.to), "rows": max(text.count("\r\n") - 1, 0)})


def _backup(options: argparse.Namespace) -> None:
    say(options, {"backup": str(keeping.back_up(Home(options.home), options.to, utc_now()))})


def _recover(options: argparse.Namespace) -> None:
    home = Home(options.home)
    service = Service.open(home)
    with service.database.reading() as connection:
        asking = recovering.read_request(home, connection, options.request)
    if not options.yes:
        _confirm(asking)
    recovering.give_answer(home, asking, options.to, service.now())
    found = {"officer": asking.officer.id, "name": asking.officer.name, "device": asking.device.id}
    say(options, {**found, "number": asking.request.number, "answer": str(options.to)})


def _confirm(asking: recovering.Asking) -> None:
    """On standard error, so that what programs read stays clean. Raises CentralError unless the id is typed."""
    sys.stderr.write("\n".join([*asking.lines(), CONFIRM]))
    sys.stderr.flush()
    if sys.stdin.readline().strip() != asking.officer.id:
        message = "That is not the officer’s id. Nothing was answered."
        raise CentralError(message)


def _publish(options: argparse.Namespace) -> None:
    service = Service.open(Home(options.home))
    with service.database.writing() as connection:
        card = definitions.publish(connection, options.file, service.now())
    released = service.intake.retry_held()
    say(options, {"id": card.id, "version": card.version, "hash": card.hash, "released": released})


def _forms(options: argparse.Namespace) -> None:
    with Service.open(Home(options.home)).database.reading() as connection:
        say_each(options, [card.model_dump() for card in definitions.cards(connection)])
