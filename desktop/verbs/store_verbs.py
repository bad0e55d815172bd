"""Verbs of getting in and keeping the store: set up, unlock, recover, join, back up."""

from __future__ import annotations

import argparse
import codecs
import getpass
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.access import (
    backups,
    choosing_a_passphrase,
    joining_a_council,
    passphrase_and_recovery,
    proxy_choice,
)
from desktop.flows.access.preset import address_set
from desktop.flows.access.unlocking import Gate
from desktop.flows.council.kept_apart import OURS, kept_apart
from desktop.flows.desk import Desk
from desktop.flows.practising import practice_store
from desktop.store.unlock.vault_cards import VaultCard
from desktop.verbs.result import Result

NEXT = (
    "What you write is kept here, and sent as yours once you have joined: homeward enrol ADDRESS CODE\n"
    "To try it with invented children first: homeward practice"
)
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
    desk = gate.unlock(card.folder, passphrase(args, f"Passphrase of {card.label}: "), code=code, url=url)
    try:
        for notice in passphrase_and_recovery.notices(desk):
            sys.stderr.write(notice + "\n")
        yield desk
    finally:
        desk.vault.close()


def _card(args: argparse.Namespace, gate: Gate) -> VaultCard:
    return gate.named(args.officer) if "officer" in args else gate.only()


def passphrase(args: argparse.Namespace, prompt: str) -> str:
    return secret_in(args.passphrase_file) if "passphrase_file" in args else typed_secret(prompt)


def typed_secret(prompt: str, flag: str = "--passphrase-file FILE") -> str:
    """Unseen at a terminal; from a pipe as it comes. Raises KnownError where nobody is there to type."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", getpass.GetPassWarning)  # no terminal, so nothing is echoed either
        try:
            return getpass.getpass(prompt)
        except EOFError as error:
            message = f"Nobody is there to type it. Give it on the line: {flag}."
            raise KnownError(message) from error


def _new_passphrase(args: argparse.Namespace) -> str:
    if args.new_passphrase_file:
        return secret_in(args.new_passphrase_file)
    new = typed_secret(
        f"New passphrase, five words or more (such as: {choosing_a_passphrase.suggested_passphrase()}): ",
        "--new-passphrase-file FILE",
    )
    if typed_secret("The new passphrase again: ") != new:
        message = "The two passphrases are not the same. Nothing was changed."
        raise KnownError(message)
    return new


def secret_in(file: Path) -> str:
    """As Notepad and PowerShell write it too: with a byte order mark, or in UTF-16."""
    try:
        data = file.read_bytes()
        encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
        return data.decode(encoding).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The file {file.name} cannot be read."
        raise KnownError(message) from error


def set_up(args: argparse.Namespace, gate: Gate) -> Result:
    desk = gate.set_up(args.name, passphrase(args, "New passphrase, five words or more: "))
    try:
        folder, sheet = desk.vault.folder.name, passphrase_and_recovery.first_recovery_code(desk)
    finally:
        desk.vault.close()
    value: JSON = {"vault": folder, "name": args.name, "recovery_code": sheet.code}
    return value, f"{sheet.text}\n{KEEP}\n\nA store for {args.name} is ready. {NEXT}"


def practise(args: argparse.Namespace, gate: Gate) -> Result:
    card = _card(args, gate)
    own, words = practice_store.OwnStore(card.folder, card.label), passphrase(args, f"Passphrase of {card.label}: ")
    gate.unlock(card.folder, words).vault.close()  # practice opens with the same
    desk = practice_store.practise(gate, own, words, afresh=args.afresh, progress=_tell_practice)
    desk.vault.close()
    label = practice_store.card_of(gate.home, own).label
    told = f"Practice is ready, with its own passphrase: yours as it is now. Open it with: --officer “{label}”"
    return {"vault": desk.vault.folder.name, "name": label}, told


def _tell_practice(done: int, of: int) -> None:
    sys.stderr.write(f"\rWriting invented records: {done} of {of}" + ("\n" if done == of else ""))
    sys.stderr.flush()


def change_passphrase(args: argparse.Namespace, desk: Desk) -> Result:
    old = passphrase(args, "The passphrase you have now, again: ")
    passphrase_and_recovery.change_passphrase(desk, old, _new_passphrase(args))
    return {"changed": True}, "The passphrase is changed. The old one opens nothing now, except backups made before."


def rekey(args: argparse.Namespace, gate: Gate) -> Result:
    card = _card(args, gate)
    old, new = passphrase(args, f"Passphrase of {card.label}: "), _new_passphrase(args)
    desk, sheet = passphrase_and_recovery.rekey(gate, card.folder, old, new, _tell_progress)
    desk.vault.close()
    value: JSON = {"vault": card.folder.name, "recovery_code": sheet.code}
    return value, f"{sheet.text}\n{KEEP}\n{REKEYED}"


def _tell_progress(done: int, of: int) -> None:
    sys.stderr.write(f"\rWriting everything anew: {done} of {of}" + ("\n" if done == of else ""))
    sys.stderr.flush()


def recovery_code(args: argparse.Namespace, desk: Desk) -> Result:
    sheet = passphrase_and_recovery.new_recovery_code(desk, passphrase(args, "Passphrase again, to make a new code: "))
    return {"recovery_code": sheet.code}, f"{sheet.text}\n{KEEP} Any code you had before opens nothing now."


def recover(args: argparse.Namespace, gate: Gate) -> Result:
    card = _card(args, gate)
    if args.ask_council:
        return _recover_by_council(args, gate, card)
    code = args.code or typed_secret(f"Recovery code of {card.label}: ", "CODE")
    passphrase_and_recovery.recover(gate, card.folder, code, _new_passphrase(args)).vault.close()
    value: JSON = {"vault": card.folder.name, "name": card.label}
    return value, f"The store of {card.label} is open to the new passphrase. The recovery code stays as it is."


def _recover_by_council(args: argparse.Namespace, gate: Gate, card: VaultCard) -> Result:
    """Waits for the answer: what reads it is in the memory of this program only."""
    asked = passphrase_and_recovery.ask_council(card.folder, card.label)
    passphrase_and_recovery.save_sheet(asked.text, args.ask_council)
    sys.stderr.write(ASK.format(file=args.ask_council.name, number=asked.number))
    sys.stderr.flush()
    answer = passphrase_and_recovery.read_text(Path(sys.stdin.readline().strip()))
    passphrase_and_recovery.recover_by_council(gate, asked, answer, _new_passphrase(args)).vault.close()
    value: JSON = {"vault": card.folder.name, "name": card.label, "number": asked.number}
    return value, f"The store of {card.label} is open to the new passphrase. The council’s answer opens nothing now."


def enrol(args: argparse.Namespace, gate: Gate) -> Result:
    url = args.url or address_set()
    if args.again:
        with opened_desk(args, gate, code=args.code, url=url) as desk:
            return _joined(desk, "has joined {} again")
    with opened_desk(args, gate) as desk:
        joining_a_council.join(desk, url, args.code)
        return _joined(desk, "has joined {}")


def choose_way(args: argparse.Namespace, desk: Desk) -> Result:
    told = proxy_choice.choose(desk, args.way)
    return {"way": proxy_choice.way_now(desk) or "file"}, told


def _joined(desk: Desk, words: str) -> Result:
    officer, device = desk.officer, desk.device
    value: JSON = {"council": officer.council, "officer": officer.id, "name": officer.name, "device": device.id}
    kept = kept_apart(desk)
    told = f"This laptop {words.format(officer.council)} as {device.name}, for {officer.name}."
    return value, f"{told}\n{kept.title} {kept.text} {OURS}" if kept else told


def back_up(args: argparse.Namespace, desk: Desk) -> Result:
    made = backups.back_up(desk, args.folder)
    return {"backup": str(made)}, f"Backed up and opened again to check: {made.name}"


def restore(args: argparse.Namespace, gate: Gate) -> Result:
    folder = backups.restore(gate, args.folder, passphrase(args, "Passphrase of the backup: "))
    return {"vault": folder.name}, "Restored beside what was here; nothing was overwritten."


def rescue(args: argparse.Namespace, gate: Gate) -> Result:
    card = _card(args, gate)
    folder = backups.rescue(gate, card.folder, passphrase(args, f"Passphrase of {card.label}: "), args.to)
    told = f"Everything of {card.label} is there now. Work on from there, and no longer here: homeward --home {args.to}"
    return {"vault": folder.name, "home": str(args.to)}, told


def check_audit(args: argparse.Namespace, desk: Desk) -> Result:
    from desktop.flows.signing.noted_head import noted_head  # noqa: PLC0415 - what makes PDFs takes half a second to load

    anchors = [noted_head(desk, args.against)] if args.against else []
    found = desk.vault.audit.check(anchors)
    entries = desk.vault.audit.entries()
    lines = [f"{entry.at}  {entry.actor or 'this laptop'}  {entry.event}  {entry.facts}" for entry in entries]
    verdict = found.sentence or f"The trail of {len(entries)} entries holds together."
    listed: JSON = [{"at": e.at, "actor": e.actor, "event": e.event, "facts": str(e.facts)} for e in entries]
    return {"good": not found.sentence, "sentence": verdict, "entries": listed}, "\n".join([*lines, verdict])
