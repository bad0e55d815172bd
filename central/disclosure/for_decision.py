"""What a person has to look at before anything is given out. Every mark is a question; none of them is an answer.

Whatever may tell of somebody else is marked: free words, names, files, and all that stands in a row with a name. The
program never leaves anything out by itself, and never says that something may go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from sqlalchemy import Connection

from casework.forms import QuestionType, worded
from casework.forms.filled import Context
from casework.identifiers import RecordId
from casework.practice.consent import WITHOUT, copies_for
from casework.practice.same_child import ChildSaid
from central.disclosure.held_about import HeldAbout, of_others, words_of
from central.disclosure.record_told import OF_ANOTHER, ToldAnswer, ToldRecord

CHILD, DECISION, HISTORY = "child", "decision", "History"
FREE_WORDS = (QuestionType.TEXT, QuestionType.NARRATIVE)
SHORTEST = 3  # letters of a name that is looked for alone
OWN_NAMES = ("given_name", "family_name", "known_as")


class Why(StrEnum):
    """In the order in which a person would take them."""

    OTHER_CHILD = "Another child is named"
    SOMEBODY = "Somebody else is named"
    ANOTHERS_RECORD = "It names a record that is not this child’s"
    KEPT_BACK = "Not for the child’s own copy"
    CHILD_DECIDED = "What the child decided about others"
    FILE = "A picture or document"
    FREE = "Free words"
    NOT_TAKEN_IN = "Not taken in"
    MOVED = "Now another child’s record"
    TWICE = "Perhaps the same child"
    ELSEWHERE = "Named in somebody else’s record"


@dataclass(frozen=True, slots=True)
class ToDecide:
    """`record` is None where it is about no record of this child; `row` and `question` say where in one."""

    why: Why
    words: str
    record: ToldRecord | None = None
    question: str = ""
    row: str = ""


@dataclass(frozen=True)
class OtherNames:
    """Every other child's names, as texts are looked through for them."""

    own: ChildSaid
    others: Mapping[RecordId, ChildSaid]

    @cached_property
    def _folded(self) -> list[tuple[set[str], set[str], set[str], str]]:
        return [
            (
                words_of(said.given),
                words_of(said.known_as),
                words_of(said.family),
                f"{said.given} {said.family}".strip(),
            )
            for said in self.others.values()
        ]

    def named_in(self, text: str) -> list[str]:
        """By given and family name; of the same family, by the first name alone."""
        words, mine = words_of(text), words_of(self.own.family)
        return [name for given, called, family, name in self._folded if _is_named(words, given, called, family, mine)]


def _is_named(words: set[str], given: set[str], called: set[str], family: set[str], mine: set[str]) -> bool:
    first = any(name and name <= words for name in (given, called))
    if not first:
        return False
    is_family = bool(family) and family == mine
    return family <= words or (is_family and any(len(part) >= SHORTEST for part in given | called))


def to_decide(about: HeldAbout, records: Iterable[ToldRecord]) -> tuple[ToDecide, ...]:
    """In the order of the records; what is in none of them comes last."""
    names = OtherNames(about.said, about.others)
    found = [mark for record in records for mark in _of_record(about, record, names)]
    found += [ToDecide(Why.NOT_TAKEN_IN, _waiting_words(row)) for row in about.waiting]
    moved = "A record was begun as this child’s and moved to another child: look there for what is about this one."
    found += [ToDecide(Why.MOVED, moved) for _ in about.moved_away]
    twice = (
        "{} has a like name and day of birth. A twin, or the same child twice? If the same, export that one as well."
    )
    found += [
        ToDecide(Why.TWICE, twice.format(_whole(said))) for said in about.others.values() if _is_twin(about, said)
    ]
    return tuple(found)


def elsewhere(connection: Connection, about: HeldAbout) -> Iterator[ToDecide]:
    """Records of others, and of no child, whose words name this one. Only by its full name, its id or its number."""
    seen: set[str] = set()
    for one in of_others(connection, about.child_id):
        if one.record_id not in seen and _names(about, one.payload):
            seen.add(one.record_id)
            whose = about.others.get(one.child_id)
            of = f"of {_whole(whose)}" if whose else "of no child"
            yield ToDecide(Why.ELSEWHERE, f"{one.form_id.replace('_', ' ').capitalize()} {of} names {about.name}.")


def _names(about: HeldAbout, payload: str) -> bool:
    if about.child_id in payload or (len(about.number) > SHORTEST and f'"{about.number}"' in payload):
        return True
    said = payload.casefold()
    parts = [name.casefold() for name in (about.said.family, about.first_name) if name]
    return len(parts) == 2 and all(part in said for part in parts)


def _is_twin(about: HeldAbout, said: ChildSaid) -> bool:
    return bool(about.said.names()) and about.said.is_like(said)


def _whole(said: ChildSaid) -> str:
    return f"{said.given} {said.family}".strip() or said.known_as


def _waiting_words(row: Mapping[str, object]) -> str:
    return f"Words about this child were sent and not taken in ({row['status']}). They stand in records.json."


def _of_record(about: HeldAbout, record: ToldRecord, names: OtherNames) -> Iterator[ToDecide]:
    named_rows = {(a.group.id, a.row) for a in record.answers if a.group and _names_somebody(a)}
    for answer in record.answers:
        for why, words in _of_answer(about, record, answer, names, named_rows):
            yield ToDecide(why, words, record, answer.label, answer.row)
    yield from _kept_back(about, record)
    yield from _of_history(record, names)


def _of_history(record: ToldRecord, names: OtherNames) -> Iterator[ToDecide]:
    lines = [line for deed in record.history for line in deed.lines]
    for name in dict.fromkeys(name for line in lines for name in names.named_in(line)):
        yield ToDecide(Why.OTHER_CHILD, f"The history names {name}.", record, HISTORY)
    if lines:
        yield ToDecide(Why.FREE, "It holds every earlier text: read it as you read the answers.", record, HISTORY)


def _of_answer(
    about: HeldAbout, record: ToldRecord, answer: ToldAnswer, names: OtherNames, named_rows: set[tuple[str, str]]
) -> Iterator[tuple[Why, str]]:
    question = answer.question
    for name in names.named_in(answer.text):
        yield Why.OTHER_CHILD, f"It names {name}, of whom this service holds records."
    if answer.text == OF_ANOTHER:
        yield Why.ANOTHERS_RECORD, OF_ANOTHER
    if question is None:
        yield Why.FREE, "Written as it came: read it whole."
        return
    if answer.group and (answer.group.id, answer.row) in named_rows:
        yield Why.SOMEBODY, "It stands in a row that names somebody."
    elif question.type in FREE_WORDS and not _is_own_name(record, question.id):
        yield _free_words(about, answer, question.id)
    if question.type is QuestionType.FILE:
        yield Why.FILE, "Look at it: it may show or name somebody else."
    if answer.group and answer.group.id == WITHOUT:
        yield Why.KEPT_BACK, "It was shared without the child’s yes: see whether the child was told."
    if question.id == DECISION and answer.group and answer.group.type is QuestionType.CONSENT:
        yield Why.CHILD_DECIDED, answer.text


def _free_words(about: HeldAbout, answer: ToldAnswer, question_id: str) -> tuple[Why, str]:
    if _is_naming(question_id):
        is_officer = answer.text in {one.name for one in about.officers.values()}
        return Why.SOMEBODY, "One of the council’s officers." if is_officer else "The question asks for a name."
    return Why.FREE, "Read it for others and for harm."


def _names_somebody(answer: ToldAnswer) -> bool:
    return answer.question is not None and _is_naming(answer.question.id)


def _is_naming(question_id: str) -> bool:
    return "name" in question_id or "whom" in question_id or "adult" in question_id or question_id.startswith("who")


def _is_own_name(record: ToldRecord, question_id: str) -> bool:
    return record.held.view.form_id == CHILD and question_id in OWN_NAMES


def _kept_back(about: HeldAbout, record: ToldRecord) -> Iterator[ToDecide]:
    """What the form, or the child, keeps out of the copy that the form would make for the child."""
    form = record.held.form
    if form is None:
        return
    if CHILD not in form.recipients:
        yield ToDecide(Why.KEPT_BACK, "The form makes no copy for the child: look at the whole record.", record)
        return
    answers = record.held.view.answers()
    context = Context(child=about.first_name)
    rule = next(rule for rule in copies_for(form, answers, context) if rule.id == CHILD)
    for place, why in rule.withheld.items():
        name, _, column = place.replace("/", ".").partition(".")
        if answers.get(name) is not None:
            asked = form.by_id[name].column(column) or form.by_id[name]
            yield ToDecide(Why.KEPT_BACK, why, record, worded(asked.label, about.first_name))
