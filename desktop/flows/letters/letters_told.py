"""Letters in words: one before it goes, and those that have gone as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import day
from casework.plain_table import PlainTable
from casework.practice.letters.letter_filling import FACT, POINT, LetterPart
from casework.practice.letters.letter_shelf import RECORD_OF_LETTER
from desktop.flows.children import child_of
from desktop.flows.desk import Desk
from desktop.flows.letters.writing_letter import LetterToSend

LETTER_HEADS = ("Child", "Letter", "To", "How", "Sent on", "Sent by", "Answer by", "About", "Record")


@dataclass(frozen=True, slots=True)
class SentLetter:
    """`kind` and `how` in words."""

    record_id: str
    child: str
    kind: str
    to: str
    how: str
    sent_on: date
    sent_by: str
    answer_by: date | None
    about: str


def every_sent_letter(desk: Desk, *, about: str = "") -> tuple[SentLetter, ...]:
    """The latest first; all on this laptop, or those about one record."""
    kept = (one for one in desk.vault.summaries(form_id=RECORD_OF_LETTER) if one.locked)
    found = [
        SentLetter(
            record_id=one.record_id,
            child=child_of(desk, one.child_id).name,
            kind=_label(desk, "kind", one.answers.get("kind")),
            to=str(one.answers.get("to_name")),
            how=_label(desk, "how", one.answers.get("how")),
            sent_on=date.fromisoformat(str(one.answers.get("sent_on"))),
            sent_by=str(one.answers.get("sent_by")),
            answer_by=_day(one.answers.get("answer_by")),
            about=str(one.answers.get("about") or ""),
        )
        for one in kept
        if about in ("", one.answers.get("about"))
    ]
    return tuple(sorted(found, key=lambda one: (one.sent_on, one.record_id), reverse=True))


def letters_table(found: Sequence[SentLetter]) -> PlainTable:
    """A row for each."""
    rows = [
        (one.child, one.kind, one.to, one.how, one.sent_on.isoformat(), one.sent_by,
         one.answer_by.isoformat() if one.answer_by else "", one.about, one.record_id)
        for one in found
    ]  # fmt: skip
    return PlainTable(LETTER_HEADS, rows)


def letters_json(found: Sequence[SentLetter]) -> JSON:
    names = ("child", "letter", "to", "how", "sent_on", "sent_by", "answer_by", "about", "record")
    return [dict(zip(names, map(str, cells), strict=True)) for cells in letters_table(found).rows]


def sent_line(one: SentLetter) -> str:
    return f"{one.kind}, to {one.to}, {day(one.sent_on)}, {one.how.lower()}, by {one.sent_by}"


def whole_letter(letter: LetterToSend) -> str:
    """As its reader would have it, in plain lines."""
    text = letter.text
    to = (letter.said.to_name or "[To]", *letter.said.to_address.split("\n"))
    head = (letter.council, *letter.head, "", *(line for line in to if line), "", day(letter.sent_on), "", text.subject)
    return "\n".join((*head, "", *_lines(text.parts), f"{text.closing},", "", text.law)).rstrip()


def letter_json(letter: LetterToSend) -> JSON:
    return {
        "letter": letter.template.id,
        "wording": letter.template.wording,
        "record": letter.record_id,
        "to": letter.said.to_name,
        "address": letter.said.to_address,
        "sent_on": letter.sent_on.isoformat(),
        "answer_by": letter.answer_by.isoformat() if letter.answer_by else None,
        "places": {found.place.id: found.words for found in letter.text.places},
        "missing": list(letter.missing),
        "text": whole_letter(letter),
    }


def _lines(parts: Sequence[LetterPart]) -> Iterator[str]:
    """Facts and points close together, paragraphs apart."""
    before = ""
    for part in parts:
        if before in (FACT, POINT) and part.kind != before:
            yield ""
        before = part.kind
        if part.kind == FACT:
            yield f"  {part.label}: {part.words}"
        elif part.kind == POINT:
            yield f"  - {part.words}"
        else:
            yield from (part.words, "")


def _label(desk: Desk, question: str, code: object) -> str:
    return desk.catalogue.display(desk.catalogue.form(RECORD_OF_LETTER), question, code)


def _day(value: JSON) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
