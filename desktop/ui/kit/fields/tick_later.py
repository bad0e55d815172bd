"""A statement that is ticked when it is so, rather than a question with yes and no."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.conditions import NEVER
from casework.forms.definition import Question, QuestionType
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.layout import row
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor


def is_statement(question: Question) -> bool:
    """“Add to plan” is ticked; “Were they seen alone?” needs its yes or its no, and so does what must be answered."""
    return (
        question.type is QuestionType.YES_NO
        and not question.label.rstrip().endswith("?")
        and not question.options
        and not question.none_allowed
        and question.required_when == NEVER
    )


class TickEditor(Editor):
    """Carries its own words; the field shows no label over it."""

    holds_label = True

    def __init__(self, question: Question, name: str, words: str) -> None:
        super().__init__()
        self._check = CheckBox(words, name=name)
        self._check.setEnabled(not question.read_only)
        self._check.clicked.connect(lambda _on: self.edited.emit())
        line = row(self)
        line.addWidget(self._check)
        line.addStretch(1)

    def read(self) -> Read:
        return Read(True if self._check.isChecked() else None)

    def put(self, value: JSON) -> None:
        self._check.setChecked(value is True)

    def inputs(self) -> list[QWidget]:
        return [self._check]
