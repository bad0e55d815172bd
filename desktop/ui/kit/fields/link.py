"""A question answered by another record of the same child."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.definition import Question
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor
from desktop.ui.kit.fields.record_answers import Answers


class LinkEditor(Editor):
    """Says what the record is about; its id is nobody's to read or to type."""

    beside_label = fills_line = True

    def __init__(self, question: Question, name: str, words: str, answers: Answers) -> None:
        super().__init__()
        self._options = dict(answers.linked(question.links_to))
        self._value: JSON = None
        self._pick = DropDown(list(self._options.items()), name=name, label=words)
        self._words = label("", name=f"{name}/words")
        filled_in = question.read_only and answers.value(name) is not None
        self._read_only = filled_in or answers.read_only  # what nobody filled in beforehand is chosen here
        box = column(self)
        box.addWidget(self._words)
        box.addWidget(self._pick)
        self._words.setVisible(self._read_only)
        self._pick.setVisible(not self._read_only)
        self._pick.activated.connect(lambda _index: self.edited.emit())

    def read(self) -> Read:
        return Read(self._value if self._read_only else self._pick.code())

    def put(self, value: JSON) -> None:
        self._value = value
        code = value if isinstance(value, str) else None
        self._pick.put(code)
        unknown = "A record that is not on this laptop" if code else "Not provided"
        self._words.setText(self._options.get(code or "", unknown))

    def inputs(self) -> list[QWidget]:
        return [] if self._read_only else [self._pick]

    def target(self) -> QWidget:
        return self._words if self._read_only else self._pick
