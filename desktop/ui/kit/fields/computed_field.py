"""An answer that is worked out, never typed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.fields.dates_and_numbers import Read
from desktop.ui.kit.fields.editor import Editor


class ComputedEditor(Editor):
    """Plain words; nothing here takes the keyboard."""

    beside_label = fills_line = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self._words = label("", "body", name=name)
        column(self).addWidget(self._words)

    def read(self) -> Read:
        return Read()

    def put(self, value: JSON) -> None:
        self._words.setText(value if isinstance(value, str) and value else "Cannot be worked out yet")

    def inputs(self) -> list[QWidget]:
        return []

    def target(self) -> QWidget:
        return self._words
