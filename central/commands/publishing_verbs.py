"""The verbs of `homeward-central` that publish: a council's own file, and versions of forms."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from casework.forms.loading import read_text
from central.commands.printing import say, say_each, with_json, with_table
from central.database.errors import CentralError, UnknownThing
from central.database.home import Home
from central.facts.numbers_of_practice import CouncilFile, example, newest_file
from central.intake import council_files, definitions
from central.service import Service

Verbs = argparse._SubParsersAction  # argparse has no public name for it
MISFIT = (
    "The council’s file no longer fits a form: {sentence} New records are begun as before; publish a file that fits.\n"
)
NOTHING = "No council file is published here yet. Publish one with: homeward-central council publish FILE"


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    council = verbs.add_parser("council", help="the council's own file: its numbers, lists, people and questions")
    deeds = council.add_subparsers(required=True, metavar="VERB")
    publish = with_json(deeds.add_parser("publish", help="check a file, and give it to every laptop"))
    publish.add_argument("file", type=Path)
    publish.set_defaults(deed=_publish_file)
    show = with_json(deeds.add_parser("show", help="which file is published"))
    show.add_argument("--text", action="store_true", help="the file itself")
    show.set_defaults(deed=_show)
    differs = deeds.add_parser("diff", help="what publishing this file would change")
    differs.add_argument("file", type=Path)
    differs.set_defaults(deed=_diff)
    begin = with_json(deeds.add_parser("example", help="write the example file, to copy and change"))
    begin.add_argument("--to", type=Path, required=True)
    begin.set_defaults(deed=_example)
    form = verbs.add_parser("form", help="forms").add_subparsers(required=True, metavar="VERB")
    version = with_json(form.add_parser("publish", help="publish a version of a form"))
    version.add_argument("file", type=Path)
    version.set_defaults(deed=_publish_form)
    with_table(form.add_parser("list", help="what is published")).set_defaults(deed=_forms)


def _publish_file(options: argparse.Namespace) -> None:
    text = read_text(options.file)
    with closing(Service.open(Home(options.home))) as service:
        with service.database.writing() as connection:
            found = council_files.publish(connection, text, service.now(), file=options.file.name)
        released = service.intake.retry_held()
        brought = [f"{form.id} {form.version}" for form in found.forms]
        heard = {"council": found.council.name, "number": found.number, "new": "yes" if found.is_new else "no"}
        say(
            options, {**heard, "forms": brought if options.json else ", ".join(brought) or "none", "released": released}
        )
        if found.is_new and not options.json:
            sys.stdout.write("Laptops take it up with their next sync. For the figures of before: facts rebuild\n")


def _show(options: argparse.Namespace) -> None:
    found = _newest(options)
    if options.text:
        sys.stdout.write(found.text)
        return
    say(options, {"number": found.number, "file": found.file, "hash": found.hash, "published_at": found.published_at})


def _diff(options: argparse.Namespace) -> None:
    found, text = _newest(options), read_text(options.file)
    lines = difflib.unified_diff(
        found.text.splitlines(keepends=True),
        text.splitlines(keepends=True),
        f"{found.file} (number {found.number})",
        options.file.name,
    )
    sys.stdout.writelines(lines)


def _newest(options: argparse.Namespace) -> CouncilFile:
    with closing(Service.open(Home(options.home))) as service, service.database.reading() as connection:
        found = newest_file(connection)
    if found is None:
        raise UnknownThing(NOTHING)
    return found


def _example(options: argparse.Namespace) -> None:
    if options.to.exists():
        message = f"There is a file called {options.to.name} already. Name another."
        raise CentralError(message)
    options.to.write_text(example(), encoding="utf-8")
    say(options, {"written": str(options.to)})


def tell_misfits(misfits: Sequence[str]) -> None:
    """On standard error: nothing is broken, and somebody should know."""
    for sentence in misfits:
        sys.stderr.write(MISFIT.format(sentence=sentence))


def _publish_form(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        with service.database.writing() as connection:
            card = definitions.publish(connection, options.file, service.now())
            misfits = council_files.bring_up(connection, service.now())
        tell_misfits(misfits)
        released = service.intake.retry_held()
        say(options, {"id": card.id, "version": card.version, "hash": card.hash, "released": released})


def _forms(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service, service.database.reading() as connection:
        say_each(options, [msgspec.structs.asdict(card) for card in definitions.cards(connection)])
