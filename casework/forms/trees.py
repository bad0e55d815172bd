"""Condition trees read from data: shape here; names and types are checked once the form is whole."""

from __future__ import annotations

from collections.abc import Mapping

from casework.forms.conditions import (
    ALWAYS,
    NEVER,
    NUMBER_OPS,
    OPS,
    TIME_OPS,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    RowTest,
    Subject,
)
from casework.forms.faults import Path, fault, meant
from casework.forms.vocabulary import SUBJECT_KEYS

Named = Mapping[str, Condition]
_ROW_KEYS = frozenset({"rows", "where", "at_least", "latest"})
_BEGINNINGS = ("all", "any", "not", "use", "rows", *SUBJECT_KEYS)


def condition(data: object, path: Path, named: Named) -> Condition:
    """The tree this data describes."""
    if isinstance(data, bool):
        return ALWAYS if data else NEVER
    if not isinstance(data, dict) or not data:
        fault(path, 'a condition should be a table such as { question = "x", is = "yes" }.')
    if "rows" in data:
        return _row_test(data, path, named)
    if any(key in data for key in SUBJECT_KEYS):
        return _comparison(data, path)
    return _branch(data, path, named)


def _branch(data: dict[str, object], path: Path, named: Named) -> Condition:
    if len(data) != 1:
        fault(path, "a condition should say one thing: all, any, not, use, rows or one subject.")
    [(key, inner)] = data.items()
    if key in ("all", "any"):
        if not isinstance(inner, list) or not inner:
            fault(path, f"'{key}' should hold a list of conditions.")
        parts = tuple(condition(part, path, named) for part in inner)
        return All(parts) if key == "all" else AnyOf(parts)
    if key == "not":
        return Not(condition(inner, path, named))
    if key != "use":
        fault(path, f"no condition begins with '{key}'{meant(key, _BEGINNINGS)}.")
    if not isinstance(inner, str) or inner not in named:
        fault(path, f"no condition is named '{inner}'{meant(inner, tuple(named))}.")
    return named[inner]


def _row_test(data: dict[str, object], path: Path, named: Named) -> RowTest:
    for key in data:
        if key not in _ROW_KEYS:
            fault(path, f"a condition on rows has no '{key}'{meant(key, _ROW_KEYS)}.")
    group, at_least, latest = data["rows"], data.get("at_least", 1), data.get("latest", "")
    if not isinstance(group, str) or not isinstance(latest, str):
        fault(path, "'rows' and 'latest' should be names in quotes.")
    if isinstance(at_least, bool) or not isinstance(at_least, int) or at_least < 1:
        fault(path, "'at_least' should be a whole number above nought.")
    where = condition(data["where"], path, named) if "where" in data else ALWAYS
    return RowTest(group, where, at_least, latest)


def _comparison(data: dict[str, object], path: Path) -> Comparison:
    subject, rest = _subject(data, path)
    if len(rest) != 1:
        fault(path, "a comparison should have one subject and one of: " + ", ".join(sorted(OPS)) + ".")
    [(op, operand)] = rest.items()
    if op not in OPS:
        fault(path, f"no comparison is called '{op}'{meant(op, OPS)}.")
    return Comparison(subject, op, _operand(op, operand, path))


def _subject(data: dict[str, object], path: Path) -> tuple[Subject, dict[str, object]]:
    kinds = [key for key in SUBJECT_KEYS if key in data]
    if len(kinds) != 1:
        fault(path, "a comparison should name one question, one column or one fact.")
    name = data[kinds[0]]
    if not isinstance(name, str):
        fault(path, f"'{kinds[0]}' should be a name in quotes.")
    return Subject(kinds[0], name), {key: value for key, value in data.items() if key not in kinds}


def _operand(op: str, operand: object, path: Path) -> object:
    if isinstance(operand, dict):
        return _operand_subject(op, operand, path)
    if op == "answered" and not isinstance(operand, bool):
        fault(path, "'answered' should be true or false.")
    if op in ("one_of", "says", "has"):
        return _operand_words(op, operand, path)
    if op in NUMBER_OPS and (isinstance(operand, bool) or not isinstance(operand, (int, str))):
        fault(path, f"'{op}' should compare with a whole number, or a decimal in quotes.")
    if not isinstance(operand, (str, bool, int)):
        fault(path, f"'{op}' cannot compare with this.")
    return operand


def _operand_words(op: str, operand: object, path: Path) -> tuple[str, ...]:
    words = [operand] if isinstance(operand, str) else operand
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        fault(path, f"'{op}' should compare with texts in quotes.")
    return tuple(words)


def _operand_subject(op: str, operand: dict[str, object], path: Path) -> Subject:
    if op not in TIME_OPS | NUMBER_OPS:
        fault(path, f"'{op}' compares with a fixed value, not with another answer.")
    subject, rest = _subject(operand, path)
    shifts: dict[str, int] = {}
    for key, value in rest.items():
        whole = isinstance(value, int) and not isinstance(value, bool)
        if key not in ("days", "months") or not isinstance(value, int) or not whole or abs(value) > 40_000:
            fault(path, "only a whole number of 'days' or 'months' can stand beside a subject.")
        shifts[key] = value
    if shifts and op in NUMBER_OPS:
        fault(path, "days and months shift times, not numbers.")
    return Subject(subject.kind, subject.name, shifts.get("days", 0), shifts.get("months", 0))
