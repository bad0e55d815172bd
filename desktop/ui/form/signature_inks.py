"""Signatures that close a form are given on the check-and-sign page, not in the middle of answering."""

from __future__ import annotations

from casework.forms.definition import Definition, Question

GIVEN_AT_THE_END = ("child_ink", "worker_ink")


def signature_inks(definition: Definition) -> tuple[Question, ...]:
    """The child’s and the worker’s own; a manager’s or a carer’s, like a drawing, is an answer like any other."""
    return tuple(question for question in definition.questions() if question.id in GIVEN_AT_THE_END)
