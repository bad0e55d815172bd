"""A signed letter as its reader has it: made from the letter’s own record, and from nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casework.practice.consent import CopyRule
from casework.practice.letters.letter_filling import LetterPart
from casework.practice.letters.letter_shelf import RECORD_OF_LETTER
from casework.practice.lives.states import rows
from desktop.documents.paper import Maker, Signer
from desktop.documents.sheets.letter_page import LetterPaper
from desktop.flows.desk import Desk
from desktop.flows.record.editing import OpenRecord

LETTER_COPY = "letter"
LETTER_RULE = CopyRule(LETTER_COPY, "The letter itself", True, "Word for word what its reader was sent.", {})


def is_letter(record: OpenRecord) -> bool:
    return record.definition.id == RECORD_OF_LETTER


def letter_paper(desk: Desk, record: OpenRecord, signer: Signer, maker: Maker | None) -> LetterPaper:
    """The page that went, again and again the same."""
    answers = record.answers
    return LetterPaper(
        record_id=record.record_id,
        kind=str(answers.get("kind")),
        wording=str(answers.get("wording") or ""),
        council=signer.council or desk.officer.council,
        head=tuple(_lines(answers.get("head"))),
        to=(str(answers.get("to_name")), *_lines(answers.get("to_address"))),
        sent_on=date.fromisoformat(str(answers.get("sent_on"))),
        subject=str(answers.get("subject")),
        parts=tuple(
            LetterPart(str(row.get("part")), str(row.get("words")), str(row.get("label") or ""))
            for row in rows(answers, "parts")
        ),
        closing=str(answers.get("closing") or ""),
        law=str(answers.get("law") or ""),
        signer=signer,
        ink=answers.get("worker_ink"),
        maker=maker,
    )


def _lines(value: object) -> Iterator[str]:
    return (line for line in str(value or "").split("\n") if line.strip())
