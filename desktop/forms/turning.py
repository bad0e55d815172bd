"""Which answers turn a condition by what they say: of most it matters only whether there is one.

So a key more in a long answer need not ask every condition of a form again.
"""

from __future__ import annotations

from collections.abc import Iterator

from casework.errors import AnswerError
from casework.forms.answers import check_answer
from casework.forms.conditions import All, AnyOf, Comparison, Condition, Not, RowTest, Subject
from casework.forms.definition import Definition, Place, Question, QuestionType

AS_WRITTEN = frozenset({QuestionType.TEXT, QuestionType.NARRATIVE})
_WHETHER = frozenset({"answered", "none"})


def turned_by_words(definition: Definition) -> frozenset[str]:
    """The questions whose very words some condition reads; “people.concern” for a column."""
    return frozenset(name for condition, group in _conditions(definition) for name in _read(condition, group))


def is_only_reworded(
    asked: Question | None, place: Place, before: object, after: object, turned: frozenset[str]
) -> bool:
    """Whether one written answer takes the place of another and nothing in the form can turn by it, as
    `turned_by_words` says."""
    name = f"{place.group}.{place.question}" if place.group else place.question
    if asked is None or asked.type not in AS_WRITTEN or name in turned:
        return False
    return all(isinstance(one, str) and one and _fits(asked, one) for one in (before, after))


def _fits(asked: Question, answer: str) -> bool:
    """One that is none, too long for instance, keeps its section from being done."""
    try:
        check_answer(asked, answer)
    except AnswerError:
        return False
    return True


def _conditions(definition: Definition) -> Iterator[tuple[Condition, str]]:
    """Each with the group that it stands in."""
    for section in definition.sections:
        yield section.show_when, ""
        yield from ((check.when, "") for check in section.checks)
        for question in section.questions:
            yield from _of_question(question, "")


def _of_question(question: Question, group: str) -> Iterator[tuple[Condition, str]]:
    yield question.show_when, group
    yield question.required_when, group
    yield from ((check.when, group) for check in question.checks)
    for column in question.columns:
        yield from _of_question(column, question.id)


def _read(condition: Condition, group: str) -> Iterator[str]:
    match condition:
        case All(inner) | AnyOf(inner):
            for part in inner:
                yield from _read(part, group)
        case Not(part):
            yield from _read(part, group)
        case RowTest(name, where, _, latest):
            yield from (f"{name}.{latest}",) if latest else ()
            yield from _read(where, name)
        case Comparison(subject, op, operand) if op not in _WHETHER:
            for one in (subject, operand):
                if isinstance(one, Subject) and one.kind != "fact":
                    yield f"{group}.{one.name}" if one.kind == "column" else one.name
        case Comparison():
            pass
