"""A letter filled in: pure, from its text, what the case says where the letter may look, and what a person says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from casework.dates_in_words import day
from casework.forms import Definition, display
from casework.forms.conditions import is_answered
from casework.practice.calendar import add_working_days
from casework.practice.council import Council
from casework.practice.letters.letter_shelf import question_at
from casework.practice.letters.letter_template import (
    CASE,
    CHILD,
    CHILD_NAME,
    LETTER,
    SENT,
    Block,
    BlockKind,
    LetterPlace,
    LetterTemplate,
    filled_in,
    named_in,
)

TEXT, FACT, POINT = "text", "fact", "point"
_FROM_SERVICE = ("s437_days", "order_choice_days")  # the day of service is the first of them
Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a person says of one letter; `places` holds what only they know, and what they changed."""

    to_name: str = ""
    to_address: str = ""
    how: str = ""
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter may be filled in from. `sent` is the last day on which each letter about this case went."""

    case: Definition
    case_answers: Answers
    child: Definition
    child_answers: Answers
    name: str
    first_name: str
    council: str
    sent: Mapping[str, date]
    sent_on: date
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class FilledPlace:
    """`told` is what the case says; `words` what the letter says, which a person may have changed."""

    place: LetterPlace
    words: str
    told: str

    @property
    def is_missing(self) -> bool:
        return self.place.needed and not self.words

    @property
    def is_changed(self) -> bool:
        return bool(self.told) and self.words != self.told


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A paragraph, a fact under its name, or a point of a list."""

    kind: str
    words: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """The letter as its reader would have it; with a place missing it names that in brackets."""

    template: LetterTemplate
    places: tuple[FilledPlace, ...]
    subject: str
    parts: tuple[LetterPart, ...]
    closing: str
    law: str

    @property
    def missing(self) -> tuple[FilledPlace, ...]:
        return tuple(found for found in self.places if found.is_missing)


def answer_day(letter: LetterTemplate, sent_on: date, council: Council) -> date | None:
    """The last day for an answer, by the council’s own number; None for a letter that asks for none."""
    if not letter.answer_by:
        return None
    days = council.number(letter.answer_by)
    if letter.answer_by in _FROM_SERVICE:
        return sent_on + timedelta(days=days - 1)
    if council.thresholds[letter.answer_by].unit.startswith("working"):
        return add_working_days(sent_on, days, council)
    return sent_on + timedelta(days=days)


def written(letter: LetterTemplate, facts: LetterFacts, said: LetterWords) -> WrittenLetter:
    """Nothing is looked at but what the letter’s places name."""
    places = tuple(_filled(place, facts, said) for place in letter.places)
    words = {one.place.id: one.words or (f"[{one.place.label}]" if one.is_missing else "") for one in places}
    words["to"] = said.to_name or "[To]"
    labels = {place.id: place.label for place in letter.places}
    hello = filled_in(letter.greeting, {**words, "to": _addressed(words["to"])})
    parts = (LetterPart(TEXT, f"{hello},"), *_parts(letter.blocks, words, labels))
    law = filled_in(letter.law, words)
    return WrittenLetter(letter, places, filled_in(letter.subject, words), parts, letter.closing, law)


def _addressed(name: str) -> str:
    """“Dear head teacher”, where the envelope says The head teacher."""
    return name.removeprefix("The ").removeprefix("the ")


def _filled(place: LetterPlace, facts: LetterFacts, said: LetterWords) -> FilledPlace:
    """The letter’s own days are said once, where they are also recorded."""
    told = _told(place, facts)
    own = "" if place.root == LETTER else said.places.get(place.id, "").strip()
    return FilledPlace(place, own or told, told)


def _told(place: LetterPlace, facts: LetterFacts) -> str:
    if place.source == CHILD_NAME:
        return facts.name
    if place.root == CASE:
        return _answer(facts.case, facts.case_answers, place.name, facts.first_name)
    if place.root == CHILD:
        return _answer(facts.child, facts.child_answers, place.name, facts.first_name)
    if place.root == SENT:
        return day(facts.sent[place.name]) if place.name in facts.sent else ""
    return _of_letter(place.name, facts) if place.root == LETTER else ""


def _of_letter(name: str, facts: LetterFacts) -> str:
    if name == "council":
        return facts.council
    on = facts.sent_on if name == "sent_on" else facts.answer_by
    return day(on) if on else ""


def _answer(form: Definition, answers: Answers, name: str, child: str) -> str:
    """In the words of the form; of the rows of a group, one column of each."""
    question, (group, _, column) = question_at(form, name), name.partition(".")
    if question is None:
        return ""
    rows = answers.get(group)
    cells = [row.get(column) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) and column else []
    found = cells if column else [rows]
    return ", ".join(display(question, value, child) for value in found if _is_said(value))


def _is_said(value: object) -> bool:
    """“Not known” is no fact for a letter."""
    return is_answered(value) and not (isinstance(value, Mapping) and "none" in value)


def _parts(blocks: tuple[Block, ...], words: Mapping[str, str], labels: Mapping[str, str]) -> Iterator[LetterPart]:
    for block in blocks:
        if block.kind is BlockKind.FACTS:
            yield from (LetterPart(FACT, words[name], labels[name]) for name in block.lines if words[name])
        else:
            kind = POINT if block.kind is BlockKind.POINTS else TEXT
            yield from (LetterPart(kind, filled_in(line, words)) for line in block.lines if _is_whole(line, words))


def _is_whole(line: str, words: Mapping[str, str]) -> bool:
    """A sentence about what nobody knows is left out."""
    return all(words[name] for name in named_in(line))
