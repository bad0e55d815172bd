"""Verbs of letters: look one over, sign and record it as sent, list those that went."""

from __future__ import annotations

import argparse

from casework.canonical import JSON
from casework.errors import KnownError
from casework.practice.letters.letter_filling import LetterWords
from desktop.flows.desk import Desk
from desktop.flows.letters import letters_told
from desktop.flows.letters.sending_letter import send_letter, told_line
from desktop.flows.letters.writing_letter import LetterToSend, letter_to_send, letters_about
from desktop.paths import free_for_new
from desktop.verbs.caseload_verbs import table_saved, typed_date
from desktop.verbs.result import Result
from desktop.verbs.store_verbs import passphrase


def letter(args: argparse.Namespace, desk: Desk) -> Result:
    """Looks it over with --preview; else the letter goes, and its page is saved where --pdf says."""
    found = _letter(args, desk)
    if args.preview:
        return letters_told.letter_json(found), _looked_over(found)
    if args.pdf:
        from desktop.flows.signing.officer_identity import identity  # noqa: PLC0415 - what makes PDFs takes half a second to load

        identity(desk)  # before it goes: what cannot be sealed is no page
        free_for_new(args.pdf)
    record_id = send_letter(desk, found, passphrase=passphrase(args, "Passphrase again, to sign: "))
    said = told_line(found)
    if args.pdf:
        from desktop.flows.signing.exporting import export  # noqa: PLC0415 - what makes PDFs takes half a second to load
        from desktop.flows.signing.letter_copy import LETTER_COPY  # noqa: PLC0415 - the same

        made = export(desk, record_id, LETTER_COPY, args.pdf)
        said = f"{said} Saved as {made.path.name}. {made.note}"
    return {"letter": record_id, "about": found.record_id, "file": str(args.pdf or "")}, said


def list_letters(args: argparse.Namespace, desk: Desk) -> Result:
    found = letters_told.every_sent_letter(desk, about=args.about)
    if args.csv:
        return table_saved(args.csv, desk, "letters", letters_told.letters_table(found))
    lines = [f"{one.record_id}  {one.child}: {letters_told.sent_line(one)}" for one in found]
    may_go = [f"{one.id}: {one.title}" for one in letters_about(desk, args.about)] if args.about else []
    said = "\n".join(lines) or "No letter has been sent yet."
    return letters_told.letters_json(found), "\n".join((said, *(f"May go: {line}" for line in may_go)))


def _letter(args: argparse.Namespace, desk: Desk) -> LetterToSend:
    words = LetterWords(args.to, args.address.replace("\\n", "\n"), args.how, dict(_said(args.say)))
    return letter_to_send(
        desk, args.kind, args.record, words, sent_on=typed_date(args.on),
        answer_by=typed_date(args.answer_by),
    )  # fmt: skip


def _said(pairs: list[str]) -> list[tuple[str, str]]:
    split = [pair.partition("=") for pair in pairs]
    for name, sign, _ in split:
        if not sign:
            message = f"“{name}” says nothing. Write it as PLACE=WORDS; --preview --json lists the places."
            raise KnownError(message)
    return [(name, words) for name, _, words in split]


def _looked_over(found: LetterToSend) -> str:
    missing: list[JSON] = list(found.missing)
    lines = [f"Still missing: {line}" for line in missing]
    return "\n\n".join(filter(None, (letters_told.whole_letter(found), "\n".join(lines))))
