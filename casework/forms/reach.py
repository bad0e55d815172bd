"""The order in which questions decide one another, and whether each can be reached at all."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

from casework.forms.conditions import All, AnyOf, Comparison, Condition, leans_on
from casework.forms.definition import Definition, Question, QuestionType
from casework.forms.faults import Path, fault

_YES_NO: frozenset[object] = frozenset({True, False})


def order(definition: Definition) -> tuple[str, ...]:
    """Question ids, each after those that decide whether it is shown; a circle is a Fault."""
    graph = {
        question.id: (leans_on(question.show_when) | leans_on(section.show_when))
        for section in definition.sections
        for question in section.questions
    }
    try:
        return tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        circle = [str(name) for name in error.args[1]]
        message = "these questions decide one another in a circle: " + " → ".join(circle) + "."
        fault(_path(definition, circle[0]), message)


def _path(definition: Definition, question_id: str) -> Path:
    for number, section in enumerate(definition.sections):
        for place, question in enumerate(section.questions):
            if question.id == question_id:
                return ("section", number, "question", place, "show_when")
    return ()


def check(definition: Definition) -> None:
    """A question whose conditions contradict one another can never be shown: a Fault."""
    for number, section in enumerate(definition.sections):
        for place, question in enumerate(section.questions):
            path: Path = ("section", number, "question", place)
            if not possible(All((section.show_when, question.show_when)), definition.by_id):
                message = f"'{question.id}' can never be shown: its conditions contradict one another."
                fault((*path, "show_when"), message)
            _check_columns(question, path, definition.by_id)


def _check_columns(question: Question, path: Path, by_id: Mapping[str, Question]) -> None:
    columns = {f"column {column.id}": column for column in question.columns}
    for place, column in enumerate(question.columns):
        if not possible(column.show_when, {**by_id, **columns}):
            fault((*path, "column", place, "show_when"), f"'{column.id}' can never be shown.")


def possible(condition: Condition, by_id: Mapping[str, Question]) -> bool:
    """False only when, on every way through, one single choice would have to be two things at once."""
    conjuncts = _conjuncts(condition)
    plain = tuple(part for part in conjuncts if not isinstance(part, AnyOf))
    if not _agree(plain, by_id):
        return False
    choices = (part for part in conjuncts if isinstance(part, AnyOf))
    return all(any(possible(All((*plain, way)), by_id) for way in choice.parts) for choice in choices)


def _agree(conjuncts: tuple[Condition, ...], by_id: Mapping[str, Question]) -> bool:
    """Whether some answer to each single choice satisfies every test of it."""
    allowed: dict[str, frozenset[object]] = {}
    for part in conjuncts:
        if not isinstance(part, Comparison):
            continue
        name = f"column {part.subject.name}" if part.subject.kind == "column" else part.subject.name
        question = by_id.get(name)
        codes = _codes(part, question) if question else None
        if codes is not None:
            allowed[name] = allowed.get(name, codes) & codes
    return all(allowed.values())


def _conjuncts(condition: Condition) -> list[Condition]:
    if isinstance(condition, All):
        return [inner for part in condition.parts for inner in _conjuncts(part)]
    return [condition]


def _codes(test: Comparison, question: Question) -> frozenset[object] | None:
    """The answers that satisfy the test, for a question with one answer out of few."""
    everything = _everything(question)
    if everything is None:
        return None
    if test.op == "is":
        return everything & {test.operand}
    if test.op == "one_of" and isinstance(test.operand, tuple):
        return everything & frozenset(test.operand)
    return everything - {test.operand} if test.op == "is_not" else None


def _everything(question: Question) -> frozenset[object] | None:
    if question.type is QuestionType.YES_NO:
        return _YES_NO
    if question.type is QuestionType.CHOICE:
        return frozenset(option.code for option in question.options)
    return None
