"""What each verb of the command line does: from its arguments to a result, for machines and for people."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casework.canonical import JSON, parse
from casework.errors import KnownError
from desktop.flows import (
    backing_up,
    choosing,
    deciding,
    exporting,
    keeping,
    records,
    returned,
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


@contextmanager
def opened_desk(args: argparse.Namespace, gate: Gate, *, code: str = "", url: str = "") -> Iterator[Desk]:
    """With a `code`, of a laptop that joins again."""
    card = _card(args, gate)
    desk = gate.unlock(card.folder, _passphrase(args, f"Passphrase of {card.label}: "), code=code, url=url)
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


def set_up(args: argparse.Namespace, gate: Gate) -> Result:
    desk = gate.set_up(args.name, _passphrase(args, "New passphrase, five words or more: "))
    try:
        folder, sheet = desk.vault.folder.name, keeping.first_recovery_code(desk)
    finally:
        desk.vault.close()
    value: JSON = {"vault": folder, "name": args.name, "recovery_code": sheet.code}
    return value, f"{sheet.text}\n{KEEP}\n\nA store for {args.name} is ready. Next: homeward enrol ADDRESS CODE"


def change_passphrase(args: argparse.Namespace, desk: Desk) -> Result:
    old = _passphrase(args, "The passphrase you have now, again: ")
    keeping.change_passphrase(desk, old, _new_passphrase(args))
    return {"changed": True}, "The passphrase is changed. The old one opens nothing now, except backups made before."


def rekey(args: argparse.Namespace, gate: Gate) -> Result:
    card = _card(args, gate)
    old, new = _passphrase(args, f"Passphrase of {card.label}: "), _new_passphrase(args)
    desk, sheet = keeping.rekey(gate, card.folder, old, new, _tell_progress)
    desk.vault.close()
    value: JSON = {"vault": card.folder.name, "recovery_code": sheet.code}
    return value, f"{sheet.text}\n{KEEP}\n{REKEYED}"


def _tell_progress(done: int, of: int) -> None:
    sys.stderr.write(f"\rWriting everything anew: {done} of {of}" + ("\n" if done == of else ""))
    sys.stderr.flush()


def recovery_code(args: argparse.Namespace, desk: Desk) -> Result:
    sheet = keeping.new_recovery_code(desk, _passphrase(args, "Passphrase again, to make a new code: "))
    return {"recovery_code": sheet.code}, f"{sheet.text}\n{KEEP} Any code you had before opens nothing now."


def recover(args: argparse.Namespace, gate: Gate) -> Result:
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


def enrol(args: argparse.Namespace, gate: Gate) -> Result:
    if args.again:
        with opened_desk(args, gate, code=args.code, url=args.url) as desk:
            return _joined(desk, "has joined {} again")
    with opened_desk(args, gate) as desk:
        unlocking.join(desk, args.url, args.code)
        return _joined(desk, "has joined {}")


def _joined(desk: Desk, words: str) -> Result:
    officer, device = desk.officer, desk.device
    value: JSON = {"council": officer.council, "officer": officer.id, "name": officer.name, "device": device.id}
    return value, f"This laptop {words.format(officer.council)} as {device.name}, for {officer.name}."


def list_records(args: argparse.Namespace, desk: Desk) -> Result:
    rows = showing.listed(desk, form_id=args.form, child_id=args.child)
    lines = [f"{row['record']}  {row['state']:<7} {row['title']}, {row['child_name']}" for row in rows]
    return list(rows), "\n".join(lines) or "No records here yet. Add one, or fetch yours with: homeward sync"


def show(args: argparse.Namespace, desk: Desk) -> Result:
    return showing.shown(desk, args.record), showing.told(desk, args.record)


def begin(args: argparse.Namespace, desk: Desk) -> Result:
    record_id = records.new_record(desk, args.form, args.child or "", _json_file(args.answers) if args.answers else {})
    return {"record": record_id}, record_id


def answer(args: argparse.Namespace, desk: Desk) -> Result:
    changed = records.answer(desk, args.record, _json_file(args.file))
    return {"record": args.record, "changed": changed}, f"Saved on this laptop: {changed} changed."


def list_decisions(_args: argparse.Namespace, desk: Desk) -> Result:
    found = deciding.decisions(desk)
    return [choosing.as_json(one) for one in found], "\n\n".join(map(choosing.told, found)) or "Nothing to decide."


def decide(args: argparse.Namespace, desk: Desk) -> Result:
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


def sign(args: argparse.Namespace, desk: Desk) -> Result:
    passphrase = _passphrase(args, "Passphrase again, to sign: ")
    ink: JSON = _json_file(args.ink) if args.ink else None
    op_id = signing.sign(desk, args.record, name=args.name or desk.officer.name, passphrase=passphrase, ink=ink)
    return {"record": args.record, "signature": op_id}, "Signed and locked. Nobody can change this record now."


def export(args: argparse.Namespace, desk: Desk) -> Result:
    done = exporting.export(desk, args.record, args.copy, args.to)
    return {"file": str(done.path), "copy": args.copy}, f"{done.title}: saved as {done.path.name}."


def verify(args: argparse.Namespace, gate: Gate) -> Result:
    if not args.ca and gate.cards():
        with opened_desk(args, gate) as desk:
            verdict = exporting.verify(args.file, desk)
    else:
        roots = (args.ca.read_text(encoding="ascii"),) if args.ca else ()
        verdict = exporting.verify(args.file, roots_pem=roots)
    return verdict.to_json(), verdict.sentence


def sync(args: argparse.Namespace, desk: Desk) -> Result:
    report = sending.sync(desk, losses_confirmed=args.let_go)
    return report.to_json(), sending.told(report)


def list_quarantine(_args: argparse.Namespace, desk: Desk) -> Result:
    found = reviewing.reviews(desk)
    said = "\n\n".join(map(reviewing.told, found)) or "The council has taken in everything."
    return [reviewing.as_json(one) for one in found], said


def review(args: argparse.Namespace, desk: Desk) -> Result:
    said = reviewing.decide(desk, args.item, args.decision, args.why)
    return {"item": args.item, "decision": args.decision}, said


def list_returned(args: argparse.Namespace, desk: Desk) -> Result:
    found = returned.dealt_with(desk) if args.dealt_with else returned.returned(desk)
    said = "\n\n".join(map(returned.told, found)) or "Nothing of yours waits for you."
    return [returned.as_json(one) for one in found], said


def deal(args: argparse.Namespace, desk: Desk) -> Result:
    said = returned.say_again(desk, args.item) if args.how == "again" else returned.done(desk, args.item)
    return {"item": args.item, "dealt": args.how, "said": said}, said


def back_up(args: argparse.Namespace, desk: Desk) -> Result:
    made = backing_up.back_up(desk, args.folder)
    return {"backup": str(made)}, f"Backed up and opened again to check: {made.name}"


def restore(args: argparse.Namespace, gate: Gate) -> Result:
    folder = backing_up.restore(gate, args.folder, _passphrase(args, "Passphrase of the backup: "))
    return {"vault": folder.name}, "Restored beside what was here; nothing was overwritten."


def check_audit(_args: argparse.Namespace, desk: Desk) -> Result:
    found = desk.vault.audit.check()
    entries = desk.vault.audit.entries()
    lines = [f"{entry.at}  {entry.actor or 'this laptop'}  {entry.event}  {entry.facts}" for entry in entries]
    verdict = found.sentence or f"The trail of {len(entries)} entries holds together."
    listed: JSON = [{"at": e.at, "actor": e.actor, "event": e.event, "facts": str(e.facts)} for e in entries]
    return {"good": not found.sentence, "sentence": verdict, "entries": listed}, "\n".join([*lines, verdict])


def check_forms(args: argparse.Namespace, _gate: Gate) -> Result:
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
