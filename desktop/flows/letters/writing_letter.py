"""Which letters may go about a record, and one of them filled in from its case for a person to look over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from casework.canonical import JSON
from casework.dates_in_words import local
from casework.errors import KnownError, NotThisRole
from casework.forms import NONE_CODES
from casework.practice.letters.letter_filling import (
    LetterFacts,
    LetterWords,
    WrittenLetter,
    answer_day,
    written,
)
from casework.practice.letters.letter_shelf import RECORD_OF_LETTER
from casework.practice.letters.letter_template import READERS, LetterTemplate
from casework.practice.lives.case_shapes import is_what_arrived
from casework.practice.lives.states import rows
from casework.practice.roles import role_name
from casework.records import RecordView
from casework.records.corrected import corrected
from desktop.flows.children import Child, child_of
from desktop.flows.desk import Desk
from desktop.flows.record.editing import current_view
from desktop.store.vault import Summary


@dataclass(frozen=True, slots=True)
class LetterToSend:
    """A letter as it stands before it goes. `said` has every box filled with what it would hold; `missing` are the
    sentences that say what must still be put in; `may_have` names what its reader is given."""

    template: LetterTemplate
    record_id: str
    child: Child
    text: WrittenLetter
    said: LetterWords
    head: tuple[str, ...]
    council: str
    sent_on: date
    answer_by: date | None
    missing: tuple[str, ...]
    before: tuple[date, ...]

    @property
    def may_have(self) -> tuple[str, ...]:
        return tuple(found.place.label for found in self.text.places if found.words)


def letters_about(desk: Desk, record_id: str) -> tuple[LetterTemplate, ...]:
    """Those that this officer’s role sends about a record of this form."""
    view = current_view(desk, record_id)
    return desk.catalogue.letters.about(view.form_id, desk.officer.role, view.form_version)


def sent_letters(desk: Desk, record_id: str, child_id: str) -> tuple[Summary, ...]:
    """Every signed letter about a record, the latest day last."""
    found = [one for one in desk.vault.summaries(form_id=RECORD_OF_LETTER, child_id=child_id) if one.locked]
    about = [one for one in found if one.answers.get("about") == record_id and one.answers.get("sent_on")]
    return tuple(sorted(about, key=lambda one: str(one.answers["sent_on"])))


def letter_to_send(
    desk: Desk,
    kind: str,
    record_id: str,
    said: LetterWords,
    *,
    sent_on: date | None = None,
    answer_by: date | None = None,
) -> LetterToSend:
    """Raises KnownError for a letter that is not about such a record, NotThisRole for one that others send."""
    template, view = desk.catalogue.letters.letter(kind), current_view(desk, record_id)
    _refuse(desk, template, view)
    child, answers = child_of(desk, view.child_id), corrected(view).answers
    earlier = sent_letters(desk, record_id, view.child_id)
    day = _not_ahead(sent_on, local(desk.now()).date())
    last = answer_by or answer_day(template, day, desk.catalogue.council)
    said = _suggested(template, said, child, answers, earlier)
    facts = LetterFacts(
        case=desk.catalogue.form(view.form_id, view.form_version),
        case_answers=answers,
        child=desk.catalogue.form("child"),
        child_answers=child.facts,
        name=child.name,
        first_name=child.first_name,
        council=desk.officer.council,
        sent={str(one.answers["kind"]): date.fromisoformat(str(one.answers["sent_on"])) for one in earlier},
        sent_on=day,
        answer_by=last,
    )
    text = written(template, facts, said)
    return LetterToSend(
        template, record_id, child, text, said, tuple(_head(desk, template)), desk.officer.council, day, last,
        tuple(_missing(text, said)), tuple(_days(earlier, template.id)),
    )  # fmt: skip


def _refuse(desk: Desk, letter: LetterTemplate, view: RecordView) -> None:
    if is_what_arrived(view.form_id, view.form_version):
        message = (
            "Letters go from the case. Open the case first, on the referral’s page or with: homeward open-case RECORD"
        )
        raise KnownError(message)
    if view.form_id not in letter.about:
        names = " or ".join(desk.catalogue.form(form).title.lower() for form in letter.about)
        message = f"“{letter.title}” is a letter about a {names}. Name such a record."
        raise KnownError(message)
    if letter.senders and desk.officer.role not in letter.senders:
        who = ", ".join(role_name(role) for role in letter.senders)
        message = f"“{letter.title}” is sent by these roles only: {who}."
        raise NotThisRole(message)
    if letter.signed_first and not view.locked:
        message = "Sign the record first: this letter goes with what was signed."
        raise KnownError(message)


def _not_ahead(sent_on: date | None, today: date) -> date:
    if sent_on is not None and sent_on > today:
        message = "A letter is recorded as sent when it has gone. Choose today or an earlier day."
        raise KnownError(message)
    return sent_on or today


def _suggested(
    letter: LetterTemplate, said: LetterWords, child: Child, answers: Mapping[str, JSON], earlier: tuple[Summary, ...]
) -> LetterWords:
    """Whom it would go to: as last time, else as the case names its reader. A person’s own words stand."""
    before = next((one.answers for one in reversed(earlier) if one.answers.get("kind") == letter.id), {})
    name = said.to_name or str(before.get("to_name") or "") or _name_of(letter.reader, child, answers)
    address = said.to_address or str(before.get("to_address") or "") or _address_of(letter.reader, child, answers)
    return replace(said, to_name=name, to_address=address)


def _name_of(reader: str, child: Child, answers: Mapping[str, JSON]) -> str:
    if reader == "school":
        return "The head teacher"
    if reader != "parent":
        return ""
    adults = [row for row in rows(child.facts, "adults") if row.get("parental_responsibility") is True]
    named = [str(row.get("name")) for row in (*rows(answers, "parents"), *adults) if row.get("name")]
    return " and ".join(dict.fromkeys(named))


def _address_of(reader: str, child: Child, answers: Mapping[str, JSON]) -> str:
    if reader == "school":
        return _words(answers.get("school"))
    if reader == "parent":
        found = (answers.get("new_address"), answers.get("old_address"), child.facts.get("address"))
        return next((words for value in found if (words := _words(value))), "")
    return ""


def _words(value: JSON) -> str:
    return value if isinstance(value, str) and value not in NONE_CODES else ""


def _head(desk: Desk, letter: LetterTemplate) -> Iterator[str]:
    """Who writes: the council’s lines, and how to reach whoever answers for this letter."""
    council = desk.catalogue.council
    yield from council.letterhead
    contact = council.contacts.get(letter.contact)
    if contact is not None:
        yield from (line for line in (contact.name, contact.phone, contact.email) if line)


def _missing(text: WrittenLetter, said: LetterWords) -> Iterator[str]:
    if not said.to_name.strip():
        yield f"Enter who {READERS[text.template.reader]} is by name, under To."
    for found in text.missing:
        yield found.place.hint or f"Enter this: {found.place.label}."
    if not said.how:
        yield "Say how it goes: secure email, post or by hand."


def _days(earlier: tuple[Summary, ...], kind: str) -> Iterator[date]:
    return (date.fromisoformat(str(one.answers["sent_on"])) for one in earlier if one.answers.get("kind") == kind)
