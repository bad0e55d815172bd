"""`homeward-central recover`: what the service tells, what two keepers answer elsewhere, and what comes back."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path

from central.commands import answer_recovery, asking_keepers, standing_list, two_person_notes
from central.commands.printing import say, with_json
from central.database.clock import utc_now
from central.database.errors import CentralError
from central.database.home import Home
from central.keys import recovery_key
from central.service import Service

CONFIRM = """Telephone this officer: is it they who ask, and do they read out the same number?
Type the officer’s id to answer: """
Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_verbs(verbs: Verbs[argparse.ArgumentParser]) -> None:
    whole = verbs.add_parser("recover", help="answer a laptop whose passphrase was forgotten")
    steps = whole.add_subparsers(required=True, metavar="VERB")
    standing = with_json(steps.add_parser("standing", help="on the service: the laptops in good standing, as a file"))
    standing.add_argument("--to", type=Path, required=True)
    standing.set_defaults(deed=_standing)
    give = with_json(steps.add_parser("answer", help="on a machine of its own: two keepers answer a request"))
    give.add_argument("request", type=Path, help="the text the laptop gave, as a file")
    give.add_argument("--key", type=Path, required=True, help="the file with the council's recovery key")
    give.add_argument("--standing", type=Path, required=True, help="what “recover standing” wrote today")
    give.add_argument("--to", type=Path, required=True, help="the file for the answer")
    give.add_argument("--note", type=Path, required=True, help="the file for the note, which the service takes in")
    give.add_argument("--yes", action="store_true", help="do not ask: who asks has been confirmed already")
    asking_keepers.add_two(give)
    give.set_defaults(deed=_answer)
    noted = with_json(steps.add_parser("noted", help="on the service: take in the note of an answer"))
    noted.add_argument("note", type=Path)
    noted.set_defaults(deed=_noted)


def _standing(options: argparse.Namespace) -> None:
    with closing(Service.open(Home(options.home))) as service:
        say(options, {"written": str(options.to), "laptops": standing_list.write(service, options.to)})


def _answer(options: argparse.Namespace) -> None:
    """Needs no service's folder, and looks into none."""
    now, two = utc_now(), asking_keepers.those_who_open(options.keeper)
    asking = answer_recovery.read_request(options.request, key=options.key, standing=options.standing, two=two, now=now)
    if not options.yes:
        _confirm(asking)
    answer_recovery.give_answer(asking, to=options.to, note=options.note, now=now)
    found = {"officer": asking.laptop.officer_id, "name": asking.laptop.name, "device": asking.laptop.device_id}
    by = ", ".join(asking.key.by)
    say(
        options,
        {**found, "number": asking.request.number, "answer": str(options.to), "note": str(options.note), "by": by},
    )


def _noted(options: argparse.Namespace) -> None:
    home = Home(options.home)
    home.settings()
    entry = recovery_key.read_note(home.keys, answer_recovery.read_text(options.note))
    two_person_notes.note_recovery(home, entry, utc_now())
    say(options, {name: value for name, value in entry.items() if name != "vault"})


def _confirm(asking: answer_recovery.Asking) -> None:
    """On standard error, so that what programs read stays clean. Raises CentralError unless the id is typed."""
    sys.stderr.write("\n".join([*asking.lines(), CONFIRM]))
    sys.stderr.flush()
    if sys.stdin.readline().strip() != asking.laptop.officer_id:
        message = "That is not the officer’s id. Nothing was answered."
        raise CentralError(message)
