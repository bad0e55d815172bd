"""Spelling: whether words are marked by themselves, and the words that are one’s own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import counted
from desktop.flows.spelling.dictionary import forget_words, my_words
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Card
from desktop.ui.theme import look

HINT = "In your own words only. What a child said is looked at when you press F7 in it, and not otherwise."


class SpellingCard(Card):
    """`marks` carries what was chosen."""

    marks = Signal(bool)

    def __init__(self, shell: Shell, *, marked: bool) -> None:
        super().__init__("Spelling")
        self._shell = shell
        self._told = label("", "caption", "muted", name="settings/my-words")
        self._forget = Button("Empty my own list", name="settings/forget-words", icon="trash-2")
        self._forget.clicked.connect(self._empty)
        choice = CheckBox("Underline words that may be misspelt", name="settings/marks-spelling")
        choice.setChecked(marked)
        choice.toggled.connect(self.marks)
        body = QWidget()
        side = look().room(16)
        box = column(body, gap=look().room(12), margins=(side, look().room(12), side, look().room(16)))
        for widget in (choice, label(HINT, "caption", "muted"), self._told, self._forget):
            box.addWidget(widget)
        self.add(body)
        self._read()

    def _read(self) -> None:
        desk = self._shell.desk
        self._shell.run(self, lambda: my_words(desk), self._show)

    def _show(self, words: tuple[str, ...]) -> None:
        listed = f": {', '.join(words[:20])}{', …' if len(words) > 20 else ''}" if words else ""
        self._told.setText(f"Your own list holds {counted(len(words), 'word')}{listed}.")
        self._forget.setVisible(bool(words))

    def _empty(self) -> None:
        desk = self._shell.desk
        self._shell.run(self, lambda: forget_words(desk), lambda _done: self._read())
