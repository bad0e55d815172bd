"""The lines of one record as answers to choose from: this person, that place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from casework.forms.definition import Definition, Option, Question, QuestionType
from casework.forms.filled import Answers, rows_of
from casework.forms.vocabulary import THIS_RECORD
from casework.forms.wording import row_summary


def with_lines(definition: Definition, answers: Answers, child: str = "") -> Definition:
    """The same form, where a question that asks for lines of this record offers those it has."""
    asked = {q.id: q for q in definition.questions() if any(c.list_name == THIS_RECORD for c in q.columns)}
    if not asked:
        return definition
    lines = tuple(_lines(definition, answers, child))
    new = {name: replace(q, columns=tuple(_filled(column, lines) for column in q.columns)) for name, q in asked.items()}
    sections = tuple(
        replace(section, questions=tuple(new.get(question.id, question) for question in section.questions))
        for section in definition.sections
    )
    return replace(
        definition,
        sections=sections,
        by_id={**definition.by_id, **new},
        section_of={q.id: section for section in sections for q in section.questions},
    )


def _lines(definition: Definition, answers: Answers, child: str) -> Iterator[Option]:
    for section in definition.sections:
        if any(question.type is QuestionType.CONSENT for question in section.questions):
            continue
        for question in section.questions:
            if question.type is QuestionType.ROWS:
                for row in rows_of(answers, question.id):
                    words = f"{question.short_label}: {row_summary(question, row, child)}"
                    yield Option(f"{question.id}/{row.get('id')}", words)


def _filled(column: Question, lines: tuple[Option, ...]) -> Question:
    return replace(column, options=lines) if column.list_name == THIS_RECORD else column
