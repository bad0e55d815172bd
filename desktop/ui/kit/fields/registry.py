"""One editor for each kind of question. `editors` fills the table; a field asks it without knowing any editor."""

from __future__ import annotations

from collections.abc import Callable

from casework.forms.definition import Question, QuestionType
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.record_answers import Answers, named

Make = Callable[[Question, str, str, Answers, bool], Editor]

EDITORS: dict[QuestionType, Make] = {}


def editor_for(question: Question, path: str, answers: Answers, *, small: bool = False) -> Editor:
    """`small` is for the tight columns of a row."""
    return EDITORS[question.type](question, path, named(question.label, answers.child), answers, small)
