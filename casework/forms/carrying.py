"""Facts that pass between records: offered with where they came from, and never filled in silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casework.forms.conditions import is_answered
from casework.forms.definition import Definition, Question
from casework.forms.filled import Answers, Filled, Row
from casework.forms.wording import say_moment

SOURCES = {
    "child": "the child’s record",
    "episode": "the episode",
    "interview": "the interview",
    "plan": "the plan",
    "case": "the home education case",
    "visit": "the visit",
    "request": "the request",
    "previous": "last time",
    "officer": "you",
    "council": "the council",
    "clock": "this laptop’s clock",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """A value a question could take, and the words that say where it comes from."""

    question_id: str
    value: object
    provenance: str


@dataclass(frozen=True, slots=True)
class Carried:
    """One row, or one value, offered to a question of another form."""

    to_form: str
    to_question: str
    from_row: str
    value: object


# Said with “of” and a day, as one interview among several; the others are said with their day after a comma.
_ONE_OF_MANY = frozenset({"interview", "plan", "visit"})


def offered(definition: Definition, sources: Mapping[str, Answers], answers: Answers) -> tuple[Offered, ...]:
    """What each unanswered question could take from the records around it; an `updated_at` there is named."""
    return tuple(found for question in definition.questions() if (found := _offer(question, sources, answers)))


def told(question: Question, sources: Mapping[str, Answers]) -> Offered | None:
    """What the records around this one say to a question, whatever its own answer is."""
    source, _, name = question.prefill.partition(".")
    value = sources.get(source, {}).get(name) if question.prefill else None
    return Offered(question.id, value, provenance(source, sources[source])) if is_answered(value) else None


def _offer(question: Question, sources: Mapping[str, Answers], answers: Answers) -> Offered | None:
    return None if is_answered(answers.get(question.id)) else told(question, sources)


def provenance(source: str, facts: Answers) -> str:
    """“from the episode, 2 April 2026”, “from the interview of 16 March 2026”."""
    when = facts.get("updated_at")
    link = " of " if source in _ONE_OF_MANY else ", "
    day = f"{link}{say_moment(str(when)[:10])}" if is_answered(when) else ""
    return f"from {SOURCES.get(source, source)}{day}"


def carried(filled: Filled) -> tuple[Carried, ...]:
    """What this record offers to others: rows marked for it, and answers whose question says so. Nothing hidden."""
    shown = [question for question in filled.definition.questions() if question.id in filled.shown]
    return tuple(found for question in shown if question.carries_to for found in _carried(question, filled))


def _carried(question: Question, filled: Filled) -> Iterator[Carried]:
    form, _, target = question.carries_to.partition(".")
    if not question.is_group:
        value = filled.answers.get(question.id)
        if is_answered(value) and not (isinstance(value, Mapping) and "none" in value):
            yield Carried(form, target, "", value)
        return
    for row in filled.rows(question.id):
        if not question.carry_when or row.get(question.carry_when) is True:
            yield Carried(form, target, str(row.get("id", "")), _columns(question, row))


def _columns(question: Question, row: Row) -> dict[str, object]:
    names = question.carry_columns or {column.id: column.id for column in question.columns}
    return {there: row[here] for here, there in names.items() if is_answered(row.get(here))}
