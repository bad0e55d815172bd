"""Conditions as plain data trees: what they mean, and which questions they lean on.

An answer nobody has given makes every test on it false, so a rule never fires on what is not known;
only `answered = false` and `not` look for what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol, TypeAlias

from casework.forms.moments import Span, shifted, span


@dataclass(frozen=True, slots=True)
class Subject:
    """What a test looks at: a question, a column of the same row, or a fact from outside the form."""

    kind: str
    name: str
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; with no parts, always true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds; with no parts, never true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison of one subject."""

    subject: Subject
    op: str
    operand: object


@dataclass(frozen=True, slots=True)
class RowTest:
    """How many rows of a group meet a condition, or whether the latest one does."""

    group: str
    where: Condition
    at_least: int = 1
    latest: str = ""


Condition: TypeAlias = All | AnyOf | Not | Comparison | RowTest
ALWAYS = All(())
NEVER = AnyOf(())

TIME_OPS = frozenset({"before", "after", "on_or_before", "on_or_after"})
NUMBER_OPS = frozenset({"more_than", "less_than", "at_least", "at_most"})
CODE_OPS = frozenset({"is", "is_not", "one_of", "has"})
OPS = TIME_OPS | NUMBER_OPS | CODE_OPS | {"answered", "none", "says"}


class Scope(Protocol):
    """Where a condition finds answers. Hidden questions must read as unanswered."""

    def value(self, subject: Subject) -> object:
        """The answer, or None."""

    def rows(self, group: str) -> Sequence[Mapping[str, object]]:
        """The rows of a repeating group."""

    def within(self, row: Mapping[str, object]) -> Scope:
        """The same scope, with this row's columns in reach."""


def holds(condition: Condition, scope: Scope) -> bool:
    """Whether the condition is true of these answers."""
    match condition:
        case All(parts):
            return all(holds(part, scope) for part in parts)
        case AnyOf(parts):
            return any(holds(part, scope) for part in parts)
        case Not(part):
            return not holds(part, scope)
        case Comparison():
            return _test(condition, scope)
        case RowTest():
            return _rows(condition, scope)


def _rows(test: RowTest, scope: Scope) -> bool:
    rows = scope.rows(test.group)
    if test.latest and rows:
        rows = [latest_row(rows, test.latest)]
    found = sum(holds(test.where, scope.within(row)) for row in rows)
    return found >= test.at_least


def latest_row(rows: Sequence[Mapping[str, object]], column: str) -> Mapping[str, object]:
    """The row with the greatest time in a column; rows without one count as earlier, ties go to the lower row."""
    order = {id(row): (span(row.get(column)), place) for place, row in enumerate(rows)}

    def when(row: Mapping[str, object]) -> tuple[float, int]:
        moment, place = order[id(row)]
        return (moment.last.timestamp() if moment else float("-inf"), place)

    return max(rows, key=when)


def is_none(value: object) -> bool:
    """True for a recorded reason why there is no answer."""
    return isinstance(value, dict) and set(value) == {"none"}


def is_answered(value: object) -> bool:
    """True when something is recorded, be it only why there is no answer."""
    return value is not None and value not in ("", [])


def codes(value: object) -> tuple[str, ...]:
    """The chosen codes of a choice or a choices answer, with or without who said each."""
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list):
        return ()
    found = (item.get("code") if isinstance(item, dict) else item for item in value)
    return tuple(code for code in found if isinstance(code, str))


def number(value: object) -> Decimal | None:
    """A number answer as a Decimal; None when it is not one."""
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        return None
    try:
        result = Decimal(value)
    except InvalidOperation:
        return None
    return result if result.is_finite() else None


def _test(test: Comparison, scope: Scope) -> bool:
    value = scope.value(test.subject)
    if test.op == "answered":
        return is_answered(value) is test.operand
    if test.op == "none":
        return isinstance(value, dict) and value.get("none") == test.operand
    if not is_answered(value) or is_none(value):
        return False
    if test.op in TIME_OPS:
        return _compare_times(test.op, span(value), _operand_span(test.operand, scope))
    if test.op in NUMBER_OPS:
        return _compare_numbers(test.op, number(value), _operand_number(test.operand, scope))
    return _compare_codes(test.op, value, test.operand)


def says(text: str, word: str) -> bool:
    """Whether a word or phrase stands in a text as words of its own, in capitals or not."""
    return re.search(rf"\b{re.escape(word.strip())}\b", text, re.IGNORECASE) is not None


def _compare_codes(op: str, value: object, operand: object) -> bool:
    if op == "is":
        return value == operand
    if op == "is_not":
        return value != operand
    wanted = operand if isinstance(operand, tuple) else (operand,)
    if op == "one_of":
        return value in wanted
    if op == "says":
        return isinstance(value, str) and any(says(value, str(word)) for word in wanted)
    return any(code in wanted for code in codes(value))


def _operand_number(operand: object, scope: Scope) -> Decimal | None:
    return number(scope.value(operand) if isinstance(operand, Subject) else operand)


def _compare_numbers(op: str, left: Decimal | None, right: Decimal | None) -> bool:
    if left is None or right is None:
        return False
    return {
        "more_than": left > right,
        "less_than": left < right,
        "at_least": left >= right,
        "at_most": left <= right,
    }[op]


def _operand_span(operand: object, scope: Scope) -> Span | None:
    if not isinstance(operand, Subject):
        return span(operand)
    found = span(scope.value(operand))
    return found and _safe_shift(found, operand)


def _safe_shift(found: Span, operand: Subject) -> Span | None:
    try:
        return shifted(found, days=operand.days, months=operand.months)
    except (ValueError, OverflowError):
        return None


def _compare_times(op: str, left: Span | None, right: Span | None) -> bool:
    """True only when it is so for every moment both answers can mean."""
    if left is None or right is None:
        return False
    return {
        "before": left.last < right.first,
        "after": left.first > right.last,
        "on_or_before": left.first <= right.first and left.last <= right.last,
        "on_or_after": left.first >= right.first and left.last >= right.last,
    }[op]


def parts(condition: Condition) -> Iterator[Condition]:
    """The condition and everything inside it."""
    yield condition
    match condition:
        case All(inner) | AnyOf(inner):
            for part in inner:
                yield from parts(part)
        case Not(part):
            yield from parts(part)
        case RowTest():
            yield from parts(condition.where)
        case Comparison():
            pass


def leans_on(condition: Condition) -> frozenset[str]:
    """The questions whose answers can change this condition."""
    return frozenset(_names(condition))


def rests_on(condition: Condition, group: str = "") -> Iterator[str]:
    """The same to the column: “people” for how many there are, “people.concern” for what is said of one.

    `group`: whose columns the condition speaks of, when it stands within one.
    """
    match condition:
        case All(inner) | AnyOf(inner):
            for part in inner:
                yield from rests_on(part, group)
        case Not(part):
            yield from rests_on(part, group)
        case RowTest(name, where, _, latest):
            yield name
            yield from (f"{name}.{latest}",) if latest else ()
            yield from rests_on(where, name)
        case Comparison(subject, _, operand):
            for one in (subject, operand):
                if isinstance(one, Subject) and one.kind != "fact":
                    yield f"{group}.{one.name}" if one.kind == "column" else one.name


def _names(condition: Condition) -> Iterator[str]:
    for part in parts(condition):
        if isinstance(part, RowTest):
            yield part.group
        elif isinstance(part, Comparison):
            for subject in (part.subject, part.operand):
                if isinstance(subject, Subject) and subject.kind == "question":
                    yield subject.name
