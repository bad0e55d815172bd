"""An answer that is worked out, never typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.definition import Question
from casework.forms.wording import display
from desktop.ui.kit.editor import Editor
from desktop.ui.kit.layout import column
from desktop.ui.kit.reading import Read
from desktop.ui.kit.words import label


class ComputedEditor(Editor):
    """Plain words; nothing here takes the keyboard."""

    def __init__(self, question: Question, name: str) -> None:
        super().__init__()
        self._question = question
        self._words = label("", "body", name=name)
        column(self).addWidget(self._words)

    def read(self) -> Read:
        return Read()

    def put(self, value: JSON) -> None:
        text = value if isinstance(value, str) and "T" not in value else display(self._question, value)
        self._words.setText(text or "Cannot be worked out yet")

    def inputs(self) -> list[QWidget]:
        return []

    def target(self) -> QWidget:
        return self._words
