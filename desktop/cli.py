"""The command line: each verb is one deed of the window. `--json` for machines; passphrase by prompt or file."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casework.canonical import JSON, parse
from casework.errors import KnownError
from desktop.flows import (
    backing_up,
    choosing,
    deciding,
    exporting,
    keeping,
    records,
    reviewing,
    sending,
    showing,
    signing,
    unlocking,
)
from desktop.flows.desk import Desk
from desktop.flows.unlocking import Gate
from desktop.forms.checking import mistakes
from desktop.paths import resources
from desktop.store.vault import VaultCard

Result = tuple[JSON, str]  # for machines, and for people
KEEP = "This is the only time the code is shown. Print it or write it down, and keep it away from the laptop."

ASK = """The request is in {file}. Send it to your administrator. Its number, for the telephone: {number}
Keep this open until the answer comes. The file with the answer: """
REKEYED = """
Everything is written anew under a new key. The passphrase and the code you had open nothing here now.
Backups made before still open with the passphrase of their day: destroy them, and make a new one."""


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
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    for name, verb in VERBS.items():
        sub = verbs.add_parser(name, help=verb.help, description=verb.help, parents=[common])
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
        with _desk(args, gate) as desk:
            return _print(args, verb.deed(args, desk))
    return _print(args, verb.deed(args, gate))


@contextmanager
def _desk(args: argparse.Namespace, gate: Gate) -> Iterator[Desk]:
    card = _card(args, gate)
    desk = gate.unlock(card.folder, _passphrase(args, f"Passphrase of {card.label}: "))
    try:
        for notice in keeping.notices(desk):
            sys.stderr.write(notice + "\n")
        yield desk
    finally:
        desk.vault.close()


def _card(args: argparse.Namespace, gate: Gate) -> VaultCard:
    return gate.named(args.officer) if "officer" in args else gate.only()


def _passphrase(args: argparse.Namespace, prompt: str) -> str:
    return _secret(args.passphrase_file) if "passphrase_file" in args else getpass.getpass(prompt)


def _new_passphrase(args: argparse.Namespace) -> str:
    if args.new_passphrase_file:
        return _secret(args.new_passphrase_file)
    new = getpass.getpass(f"New passphrase, five words or more (such as: {keeping.suggested_passphrase()}): ")
    if getpass.getpass("The new passphrase again: ") != new:
        message = "The two passphrases are not the same. Nothing was changed."
        raise KnownError(message)
    return new


def _secret(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The passphrase file {file.name} cannot be read."
        raise KnownError(message) from error


def _print(args: argparse.Namespace, result: Result) -> int:
    value, sentence = result
    text = json.dumps(value, ensure_ascii=False, indent=2) if "json" in args else sentence
    sys.stdout.write(text + "\n")
    return 0 if not isinstance(value, dict) or value.get("good", True) else 1


def _setup(args: argparse.Namespace, gate: Gate) -> Result:
    desk = gate.set_up(args.name, _passphrase(args, "New passphrase, five words or more: "))
    try:
        folder, sheet = desk.vault.folder.name, keeping.first_recovery_code(desk)
    finally:
        desk.vault.close()
    value: JSON = {"vault": folder, "name": args.name, "recovery_code": sheet.code}
    return value, f"{sheet.text}\n{KEEP}\n\nA store for {args.name} is ready. Next: homeward enrol ADDRESS CODE"


def _change_passphrase(args: argparse.Namespace, desk: Desk) -> Result:
    old = _passphrase(args, "The passphrase you have now, again: ")
    keeping.change_passphrase(desk, old, _new_passphrase(args))
    return {"changed": True}, "The passphrase is changed. The old one opens nothing now, except backups made before."


def _rekey(args: argparse.Namespace, gate: Gate) -> Result:
    card = _card(args, gate)
    old, new = _passphrase(args, f"Passphrase of {card.label}: "), _new_passphrase(args)
    desk, sheet = keeping.rekey(gate, card.folder, old, new, _tell_progress)
    desk.vault.close()
    value: JSON = {"vault": card.folder.name, "recovery_code": sheet.code}
    return value, f"{sheet.text}\n{KEEP}\n{REKEYED}"


def _tell_progress(done: int, of: int) -> None:
    sys.stderr.write(f"\rWriting everything anew: {done} of {of}" + ("\n" if done == of else ""))
    sys.stderr.flush()


def _recovery_code(args: argparse.Namespace, desk: Desk) -> Result:
    sheet = keeping.new_recovery_code(desk, _passphrase(args, "Passphrase again, to make a new code: "))
    return {"recovery_code": sheet.code}, f"{sheet.text}\n{KEEP} Any code you had before opens nothing now."


def _recover(args: argparse.Namespace, gate: Gate) -> Result:
    card = _card(args, gate)
    if args.ask_council:
        return _recover_by_council(args, gate, card)
    code = args.code or getpass.getpass(f"Recovery code of {card.label}: ")
    keeping.recover(gate, card.folder, code, _new_passphrase(args)).vault.close()
    value: JSON = {"vault": card.folder.name, "name": card.label}
    return value, f"The store of {card.label} is open to the new passphrase. The recovery code stays as it is."


def _recover_by_council(args: argparse.Namespace, gate: Gate, card: VaultCard) -> Result:
    """Waits for the answer: what reads it is in the memory of this program only."""
    asked = keeping.ask_council(card.folder, card.label)
    keeping.save_sheet(asked.text, args.ask_council)
    sys.stderr.write(ASK.format(file=args.ask_council.name, number=asked.number))
    sys.stderr.flush()
    answer = keeping.read_text(Path(sys.stdin.readline().strip()))
    keeping.recover_by_council(gate, asked, answer, _new_passphrase(args)).vault.close()
    value: JSON = {"vault": card.folder.name, "name": card.label, "number": asked.number}
    return value, f"The store of {card.label} is open to the new passphrase. The council’s answer opens nothing now."


def _enrol(args: argparse.Namespace, desk: Desk) -> Result:
    council = unlocking.join(desk, args.url, args.code)
    value: JSON = {"council": council, "officer": desk.officer.id, "name": desk.officer.name, "device": desk.device.id}
    return value, f"This laptop has joined {council} as {desk.device.name}, for {desk.officer.name}."


def _records(args: argparse.Namespace, desk: Desk) -> Result:
    rows = showing.listed(desk, form_id=args.form, child_id=args.child)
    lines = [f"{row['record']}  {row['state']:<7} {row['title']}, {row['child_name']}" for row in rows]
    return list(rows), "\n".join(lines) or "No records here yet. Add one, or fetch yours with: homeward sync"


def _show(args: argparse.Namespace, desk: Desk) -> Result:
    return showing.shown(desk, args.record), showing.told(desk, args.record)


def _new(args: argparse.Namespace, desk: Desk) -> Result:
    record_id = records.new_record(desk, args.form, args.child or "", _json_file(args.answers) if args.answers else {})
    return {"record": record_id}, record_id


def _answer(args: argparse.Namespace, desk: Desk) -> Result:
    changed = records.answer(desk, args.record, _json_file(args.file))
    return {"record": args.record, "changed": changed}, f"Saved on this laptop: {changed} changed."


def _decisions(_args: argparse.Namespace, desk: Desk) -> Result:
    found = deciding.decisions(desk)
    return [choosing.as_json(one) for one in found], "\n\n".join(map(choosing.told, found)) or "Nothing to decide."


def _decide(args: argparse.Namespace, desk: Desk) -> Result:
    found = choosing.the_one(desk, args.record, args.path)
    if args.both:
        value: JSON = choosing.both_of(found)
    elif args.file:
        value = choosing.value_in(found, _bytes(args.file))
    else:
        value = choosing.side_of(found, args.use).value
    made = deciding.decide(desk, found.record_id, found.path, value, args.why, shown=tuple(args.seen))
    value = {"record": found.record_id, "path": found.path, "decision": made.op_id}
    return value, "Decided. Every text stays in the history."


def _sign(args: argparse.Namespace, desk: Desk) -> Result:
    passphrase = _passphrase(args, "Passphrase again, to sign: ")
    ink: JSON = _json_file(args.ink) if args.ink else None
    op_id = signing.sign(desk, args.record, name=args.name or desk.officer.name, passphrase=passphrase, ink=ink)
    return {"record": args.record, "signature": op_id}, "Signed and locked. Nobody can change this record now."


def _export(args: argparse.Namespace, desk: Desk) -> Result:
    done = exporting.export(desk, args.record, args.copy, args.to)
    return {"file": str(done.path), "copy": args.copy}, f"{done.title}: saved as {done.path.name}."


def _verify(args: argparse.Namespace, gate: Gate) -> Result:
    if not args.ca and gate.cards():
        with _desk(args, gate) as desk:
            verdict = exporting.verify(args.file, desk)
    else:
        roots = (args.ca.read_text(encoding="ascii"),) if args.ca else ()
        verdict = exporting.verify(args.file, roots_pem=roots)
    return verdict.to_json(), verdict.sentence


def _sync(args: argparse.Namespace, desk: Desk) -> Result:
    report = sending.sync(desk, losses_confirmed=args.let_go)
    return report.to_json(), sending.told(report)


def _quarantine(_args: argparse.Namespace, desk: Desk) -> Result:
    found = reviewing.reviews(desk)
    said = "\n\n".join(map(reviewing.told, found)) or "The council has taken in everything."
    return [reviewing.as_json(one) for one in found], said


def _review(args: argparse.Namespace, desk: Desk) -> Result:
    said = reviewing.decide(desk, args.item, args.decision, args.why)
    return {"item": args.item, "decision": args.decision}, said


def _backup(args: argparse.Namespace, desk: Desk) -> Result:
    made = backing_up.back_up(desk, args.folder)
    return {"backup": str(made)}, f"Backed up and opened again to check: {made.name}"


def _restore(args: argparse.Namespace, gate: Gate) -> Result:
    folder = backing_up.restore(gate, args.folder, _passphrase(args, "Passphrase of the backup: "))
    return {"vault": folder.name}, "Restored beside what was here; nothing was overwritten."


def _audit(_args: argparse.Namespace, desk: Desk) -> Result:
    found = desk.vault.audit.check()
    entries = desk.vault.audit.entries()
    lines = [f"{entry.at}  {entry.actor or 'this laptop'}  {entry.event}  {entry.facts}" for entry in entries]
    verdict = found.sentence or f"The trail of {len(entries)} entries holds together."
    listed: JSON = [{"at": e.at, "actor": e.actor, "event": e.event, "facts": str(e.facts)} for e in entries]
    return {"good": not found.sentence, "sentence": verdict, "entries": listed}, "\n".join([*lines, verdict])


def _forms(args: argparse.Namespace, _gate: Gate) -> Result:
    found = mistakes(args.folder or resources() / "forms", args.council or resources() / "councils" / "rotherham.toml")
    said = "\n".join(str(mistake) for mistake in found) or "Every form is sound."
    return {"good": not found, "mistakes": [str(mistake) for mistake in found]}, said


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path.name} cannot be read: {error.strerror or 'unknown reason'}."
        raise KnownError(message) from error


def _json_file(path: Path) -> dict[str, JSON]:
    value = parse(_bytes(path))
    if not isinstance(value, dict):
        message = f"{path.name} must hold one object: {{question: answer}}."
        raise KnownError(message)
    return value


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
    "setup": Verb("make a new, empty, encrypted store on this laptop", _setup, (_arg("--name", required=True),), False),
    "passphrase": Verb("change the passphrase", _change_passphrase, (_NEW,)),
    "rekey": Verb("after a compromise: write everything anew under a new key", _rekey, (_NEW,), False),
    "recovery-code": Verb("make a new recovery code; the one before ends", _recovery_code),
    "recover": Verb(
        "open a store whose passphrase is forgotten, with its recovery code or the council’s answer",
        _recover,
        (
            _arg("code", nargs="?", help="asked for when left out, so that no shell remembers it"),
            _NEW,
            _arg("--ask-council", type=Path, metavar="FILE", help="write a request for the council, and wait for it"),
        ),
        False,
    ),
    "enrol": Verb("join a council with a one-time code", _enrol, (_arg("url"), _arg("code"))),
    "records": Verb("list the records on this laptop", _records, (_arg("--form"), _arg("--child"))),
    "show": Verb("show one record", _show, (_RECORD,)),
    "new": Verb("begin a record", _new, (_arg("form"), _arg("--child"), _arg("--answers", type=Path, metavar="FILE"))),
    "answer": Verb("say answers from a file: {question: answer}", _answer, (_RECORD, _arg("file", type=Path))),
    "decisions": Verb("list the answers that two people changed", _decisions),
    "decide": Verb(
        "decide what such an answer says; every text stays in the history",
        _decide,
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
    "sign": Verb("sign and lock a record", _sign, (_RECORD, _arg("--name"), _arg("--ink", type=Path, metavar="FILE"))),
    "export": Verb(
        "save a signed PDF for one recipient",
        _export,
        (_RECORD, _arg("--copy", default="full"), _arg("--to", type=Path, required=True, metavar="FILE")),
    ),
    "verify": Verb(
        "say who signed a PDF and whether it has changed",
        _verify,
        (_arg("file", type=Path), _arg("--ca", type=Path, metavar="PEM", help="a council's certificate to trust")),
        False,
    ),
    "sync": Verb(
        "send what waits and fetch what is new",
        _sync,
        (_arg("--let-go", action="store_true", help="agree that many records leave this laptop at once"),),
    ),
    "quarantine": Verb("list what the council's service has not taken in", _quarantine),
    "review": Verb(
        "decide, as a supervisor, about something that was not taken in",
        _review,
        (
            _arg("item", help="its id, as quarantine lists it"),
            _arg("decision", choices=["accept", "return", "reject"]),
            _arg("--why", required=True, help="the reason, which its author is shown"),
        ),
    ),
    "backup": Verb("copy the store, encrypted, to a folder or stick", _backup, (_arg("folder", type=Path),)),
    "restore": Verb("bring a backup back, beside what is here", _restore, (_arg("folder", type=Path),), False),
    "audit": Verb("read the audit trail and check that it holds together", _audit),
    "forms": Verb(
        "explain every mistake in a folder of forms, with file and line",
        _forms,
        (_arg("check", choices=["check"]), _arg("--folder", type=Path), _arg("--council", type=Path)),
        False,
    ),
    "demo": Verb(
        "make an invented caseload with its own central service",
        _show,  # never called: the composition root does this one, for it needs the window
        (
            _arg("--open", action="store_true", help="then open the window"),
            _arg("--walk", action="store_true", help="then walk the journeys unseen, leaving pictures in out/"),
        ),
        False,
    ),
}
