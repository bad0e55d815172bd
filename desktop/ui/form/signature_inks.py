"""Signatures that close a form are given on the check-and-sign page, not in the middle of answering."""

from __future__ import annotations

from casework.forms.definition import Definition, Question, QuestionType


def signature_inks(definition: Definition) -> tuple[Question, ...]:
    """The ink questions of the last section; a drawing elsewhere is an answer like any other."""
    last = definition.sections[-1]
    return tuple(question for question in last.questions if question.type is QuestionType.INK)
