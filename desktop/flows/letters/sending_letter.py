"""Signing a letter and recording it as sent: the letter is a record of its own, and the case has its day from it."""

from __future__ import annotations

from collections.abc import Iterator

from casework.canonical import JSON
from casework.dates_in_words import day
from casework.errors import DocumentError, SignatureRefused
from casework.forms import Filled, Finding
from casework.forms.findings import found_in
from casework.practice.forbidden_states import life_findings
from casework.practice.letters.letter_shelf import RECORD_OF_LETTER
from casework.practice.letters.letter_template import LITERAL, OF_PLACE
from casework.records import cell_path, field_path, row_path
from desktop.flows.desk import Desk
from desktop.flows.letters.writing_letter import LetterToSend
from desktop.flows.record.answers_to_changes import after
from desktop.flows.record.editing import OpenRecord, new_record, open_record, save, seal
from desktop.flows.signing.signing import lock_record

_FEW = 5


def send_letter(desk: Desk, letter: LetterToSend, *, passphrase: str, ink: JSON = None) -> str:
    """Returns the id of the letter’s record. Nothing is written unless all of it can be: raises WrongPassphrase,
    DocumentError with what is still missing, or SignatureRefused with what the case forbids."""
    desk.vault.check_passphrase(passphrase)
    if letter.missing:
        message = f"This letter cannot go yet. {' '.join(letter.missing[:_FEW])}"
        raise DocumentError(message)
    case = open_record(desk, letter.record_id)
    _refuse_what_the_case_forbids(case, letter, desk)
    record_id = new_record(desk, RECORD_OF_LETTER, case.view.child_id, _answers(letter, desk), strand=_strand(case))
    lock_record(desk, record_id, name=desk.officer.name, ink=ink)
    if not case.locked:
        _fill_in(desk, case, letter, record_id)
    desk.vault.audit.add("letter sent", record=record_id)
    return record_id


def _strand(case: OpenRecord) -> str:
    return case.view.strand


def _recorded(desk: Desk, letter: LetterToSend) -> dict[str, JSON]:
    """What of this letter goes into the case, under its names."""
    last = letter.answer_by.isoformat() if letter.answer_by else None
    return {"sent_on": letter.sent_on.isoformat(), "sent_by": desk.officer.name, "answer_by": last}


def _answers(letter: LetterToSend, desk: Desk) -> dict[str, JSON]:
    text, said = letter.text, letter.said
    parts: list[JSON] = [
        {"part": part.kind, "words": part.words, **({"label": part.label} if part.label else {})} for part in text.parts
    ]
    changed: list[JSON] = [
        {"label": found.place.label, "words": found.words} for found in text.places if found.is_changed
    ]
    known: dict[str, JSON] = {
        **_recorded(desk, letter),
        "kind": letter.template.id,
        "wording": letter.template.wording,
        "about": letter.record_id,
        "reader": letter.template.reader,
        "to_name": said.to_name,
        "to_address": said.to_address,
        "how": said.how,
        "head": "\n".join(letter.head),
        "subject": text.subject,
        "parts": parts,
        "closing": text.closing,
        "law": text.law,
        "changed": changed,
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def _fills(case: OpenRecord, letter: LetterToSend, desk: Desk) -> dict[str, JSON]:
    """A first day stays: what the case says already is not written over."""
    recorded = _recorded(desk, letter)
    fills = {name: recorded[value] for name, value in letter.template.fills.items()}
    return {name: value for name, value in fills.items() if value is not None and name not in case.answers}


def _rows(letter: LetterToSend, desk: Desk) -> dict[str, dict[str, JSON]]:
    """By group, the line that sending this letter adds to it."""
    known = {**_recorded(desk, letter), **{f"{OF_PLACE}{one.place.id}": one.words for one in letter.text.places}}
    return {
        group: {
            column: value.removeprefix(LITERAL) if value.startswith(LITERAL) else known[value]
            for column, value in columns.items()
        }
        for group, columns in letter.template.adds.items()
    }


def _with_rows(case: OpenRecord, letter: LetterToSend, desk: Desk) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    for group, cells in _rows(letter, desk).items():
        before = case.answers.get(group)
        found[group] = [*(before if isinstance(before, list) else ()), {"id": "", **cells}]
    return found


def _refuse_what_the_case_forbids(case: OpenRecord, letter: LetterToSend, desk: Desk) -> None:
    """By the case’s own checks: a notice before the enquiry, a de-registration that nobody authorised."""
    after_letter = {**case.answers, **_fills(case, letter, desk), **_with_rows(case, letter, desk)}
    filled = Filled(case.definition, after_letter, case.context)
    after_it = (*found_in(filled), *life_findings(filled))
    before = set(_forbidding(case.findings))
    new = [text for text in _forbidding(after_it) if text not in before]
    if new and not case.locked:
        message = f"This letter cannot go yet. {' '.join(new[:_FEW])}"
        raise SignatureRefused(message)


def _forbidding(findings: tuple[Finding, ...]) -> Iterator[str]:
    return (found.text for found in findings if found.kind == "contradiction" and found.blocks_signing)


def _fill_in(desk: Desk, case: OpenRecord, letter: LetterToSend, letter_id: str) -> None:
    """The row that an enquiry makes has its id from the letter, so that sending it twice over makes one."""
    for name, value in _fills(case, letter, desk).items():
        save(desk, case.record_id, field_path(name), value)
    for group, cells in _rows(letter, desk).items():
        row_id = letter_id[:16]  # due/missing_education.py finds the letter again by it
        rows = case.view.rows(group)
        save(desk, case.record_id, row_path(group, row_id), {"position": after(rows[-1].position if rows else "")})
        for column, value in cells.items():
            save(desk, case.record_id, cell_path(group, row_id, column), value)
    seal(desk, case.record_id)


def told_line(letter: LetterToSend) -> str:
    """What was done, for the person who did it."""
    by = f" An answer is asked for by {day(letter.answer_by)}." if letter.answer_by else ""
    return (
        f"{letter.template.title}: signed, and recorded as sent to {letter.said.to_name} on {day(letter.sent_on)}.{by}"
    )
