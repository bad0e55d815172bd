"""The command line: each verb is one deed of the window. `--json` for machines; passphrase by prompt or file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop import verbs
from desktop.flows.unlocking import Gate
from desktop.verbs import Result


@dataclass(frozen=True)
class Windows:
    """What only the composition root can do: open the window, or walk through it unseen."""

    open: Callable[[Gate], int]
    demonstrate: Callable[[Gate, argparse.Namespace], int]


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Exits with status 2 for a line it cannot read."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    common.add_argument("--officer", metavar="NAME", help="whose store to open, when several people share the laptop")
    common.add_argument("--passphrase-file", type=Path, metavar="FILE", help="read the passphrase from a file")
    common.add_argument("--home", type=Path, metavar="DIR", help="where the stores lie")
    parser = argparse.ArgumentParser(prog="homeward", description=__doc__, parents=[common])
    found = parser.add_subparsers(dest="verb", metavar="VERB")
    for name, verb in VERBS.items():
        sub = found.add_parser(name, help=verb.help, description=verb.help, parents=[common])
        for flags, options in verb.arguments:
            sub.add_argument(*flags, **options)
        group = sub.add_mutually_exclusive_group(required=True) if verb.one_of else sub
        for flags, options in verb.one_of:
            group.add_argument(*flags, **options)
    return parser.parse_args(arguments)


def run(args: argparse.Namespace, gate: Gate, windows: Windows) -> int:
    if args.verb is None:
        return windows.open(gate)
    if args.verb == "demo":
        return windows.demonstrate(gate, args)
    verb = VERBS[args.verb]
    if verb.needs_desk:
        with verbs.opened_desk(args, gate) as desk:
            return _print(args, verb.deed(args, desk))
    return _print(args, verb.deed(args, gate))


def _print(args: argparse.Namespace, result: Result) -> int:
    value, sentence = result
    text = json.dumps(value, ensure_ascii=False, indent=2) if "json" in args else sentence
    sys.stdout.write(text + "\n")
    return 0 if not isinstance(value, dict) or value.get("good", True) else 1


@dataclass(frozen=True)
class Verb:
    help: str
    deed: Callable[[argparse.Namespace, Any], Result]  # the second is a Desk, or the Gate when no desk is needed
    arguments: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()
    needs_desk: bool = True
    one_of: tuple[tuple[tuple[str, ...], dict[str, Any]], ...] = ()  # exactly one of these must be given


def _arg(*flags: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return flags, options


_RECORD = _arg("record", help="the record's id")
_NEW = _arg("--new-passphrase-file", type=Path, metavar="FILE", help="read the new passphrase from a file")
VERBS: dict[str, Verb] = {
    "setup": Verb(
        "make a new, empty, encrypted store on this laptop", verbs.set_up, (_arg("--name", required=True),), False
    ),
    "passphrase": Verb("change the passphrase", verbs.change_passphrase, (_NEW,)),
    "rekey": Verb("after a compromise: write everything anew under a new key", verbs.rekey, (_NEW,), False),
    "recovery-code": Verb("make a new recovery code; the one before ends", verbs.recovery_code),
    "recover": Verb(
        "open a store whose passphrase is forgotten, with its recovery code or the council’s answer",
        verbs.recover,
        (
            _arg("code", nargs="?", help="asked for when left out, so that no shell remembers it"),
            _NEW,
            _arg("--ask-council", type=Path, metavar="FILE", help="write a request for the council, and wait for it"),
        ),
        False,
    ),
    "enrol": Verb(
        "join a council with a one-time code",
        verbs.enrol,
        (
            _arg("url"),
            _arg("code"),
            _arg("--again", action="store_true", help="when the council’s service no longer knows this laptop"),
        ),
        False,
    ),
    "records": Verb("list the records on this laptop", verbs.list_records, (_arg("--form"), _arg("--child"))),
    "show": Verb("show one record", verbs.show, (_RECORD,)),
    "new": Verb(
        "begin a record", verbs.begin, (_arg("form"), _arg("--child"), _arg("--answers", type=Path, metavar="FILE"))
    ),
    "answer": Verb("say answers from a file: {question: answer}", verbs.answer, (_RECORD, _arg("file", type=Path))),
    "decisions": Verb("list the answers that two people changed", verbs.list_decisions),
    "decide": Verb(
        "decide what such an answer says; every text stays in the history",
        verbs.decide,
        (
            _RECORD,
            _arg("path", help="the place in the record, as decisions lists it"),
            _arg("--seen", nargs="+", required=True, metavar="OP_ID", help="every text you read; no other is replaced"),
            _arg("--why", default="", help="the reason, kept in the history"),
        ),
        one_of=(
            _arg("--use", metavar="OP_ID", help="one of the texts, as written"),
            _arg("--both", action="store_true", help="each text under its author's name"),
            _arg("--file", type=Path, help="a new text (for an answer that is not text: JSON)"),
        ),
    ),
    "sign": Verb(
        "sign and lock a record", verbs.sign, (_RECORD, _arg("--name"), _arg("--ink", type=Path, metavar="FILE"))
    ),
    "export": Verb(
        "save a signed PDF for one recipient",
        verbs.export,
        (_RECORD, _arg("--copy", default="full"), _arg("--to", type=Path, required=True, metavar="FILE")),
    ),
    "verify": Verb(
        "say who signed a PDF and whether it has changed",
        verbs.verify,
        (_arg("file", type=Path), _arg("--ca", type=Path, metavar="PEM", help="a council's certificate to trust")),
        False,
    ),
    "sync": Verb(
        "send what waits and fetch what is new",
        verbs.sync,
        (_arg("--let-go", action="store_true", help="agree that many records leave this laptop at once"),),
    ),
    "quarantine": Verb("list what the council's service has not taken in", verbs.list_quarantine),
    "review": Verb(
        "decide, as a supervisor, about something that was not taken in",
        verbs.review,
        (
            _arg("item", help="its id, as quarantine lists it"),
            _arg("decision", choices=["accept", "return", "reject"]),
            _arg("--why", required=True, help="the reason, which its author is shown"),
        ),
    ),
    "returned": Verb(
        "list your own words that the council did not take in, and why",
        verbs.list_returned,
        (_arg("--dealt-with", action="store_true", help="those that no longer wait for you"),),
    ),
    "deal": Verb(
        "say such words again in their record, or say that they are dealt with; they are kept either way",
        verbs.deal,
        (_arg("item", help="its id, as returned lists it"), _arg("how", choices=["again", "done"])),
    ),
    "backup": Verb("copy the store, encrypted, to a folder or stick", verbs.back_up, (_arg("folder", type=Path),)),
    "restore": Verb("bring a backup back, beside what is here", verbs.restore, (_arg("folder", type=Path),), False),
    "audit": Verb("read the audit trail and check that it holds together", verbs.check_audit),
    "forms": Verb(
        "explain every mistake in a folder of forms, with file and line",
        verbs.check_forms,
        (_arg("check", choices=["check"]), _arg("--folder", type=Path), _arg("--council", type=Path)),
        False,
    ),
    "demo": Verb(
        "make an invented caseload with its own central service",
        verbs.show,  # never called: the composition root does this one, for it needs the window
        (
            _arg("--open", action="store_true", help="then open the window"),
            _arg("--walk", action="store_true", help="then walk the journeys unseen, leaving pictures in out/"),
        ),
        False,
    ),
}
