"""The answers as they are attached to a document: what they say, without what else they carry.

No pen strokes, which can be drawn again elsewhere; no names and hashes of files, which their reader does not have; no
ids of rows, by which two readers could join their copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from casework.canonical import JSON
from casework.forms import Definition, Question, QuestionType
from casework.forms.vocabulary import THIS_RECORD

_Numbers = Mapping[str, str]


def for_a_computer(definition: Definition, answers: Mapping[str, JSON]) -> dict[str, JSON]:
    """The answers by question, rows numbered in their order."""
    numbers = dict(_numbered(definition, answers))
    return {name: _value(definition.by_id[name], value, numbers) for name, value in answers.items()}


def _numbered(definition: Definition, answers: Mapping[str, JSON]) -> Iterable[tuple[str, str]]:
    """“people/9f3c…” to “people/2”, for the answers that name lines of this record."""
    for question in definition.questions():
        rows = answers.get(question.id)
        for number, row in enumerate(rows if question.is_group and isinstance(rows, list) else [], start=1):
            if isinstance(row, Mapping):
                yield f"{question.id}/{row.get('id')}", f"{question.id}/{number}"


def _value(question: Question, value: JSON, numbers: _Numbers) -> JSON:
    if question.is_group and isinstance(value, list):
        return [_row(question, row, number, numbers) for number, row in enumerate(value, 1) if isinstance(row, dict)]
    if question.type is QuestionType.INK and isinstance(value, Mapping) and "strokes" in value:
        return {"ink": "drawn with a pen"}
    if question.type is QuestionType.FILE and isinstance(value, Mapping):
        return {"type": value.get("type")}
    if question.list_name == THIS_RECORD and isinstance(value, list):
        return [numbers[code] for code in value if isinstance(code, str) and code in numbers]
    return value


def _row(question: Question, row: Mapping[str, JSON], number: int, numbers: _Numbers) -> dict[str, JSON]:
    known = {name: column for name in row if (column := question.column(name))}
    return {"id": str(number), **{name: _value(column, row[name], numbers) for name, column in known.items()}}
