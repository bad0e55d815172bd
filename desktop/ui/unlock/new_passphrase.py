"""A passphrase that is being chosen: five words on request, and what is still missing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.flows.access import choosing_a_passphrase
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, stacked
from desktop.ui.unlock.door import Passphrase


class NewPassphrase(QWidget):
    """A passphrase to be chosen: five words on request, and at every key what is still missing."""

    HINT = "The five words Homeward suggests, or six of your own that have nothing to do with each other."

    def __init__(self, place: str, name: str, words: str) -> None:
        super().__init__()
        self._words = Passphrase(name, words)
        self.box = self._words.box
        self.text, self.clear = self._words.text, self._words.clear
        self._suggest = Button("Suggest five words", name=f"{place}/suggest")
        self._suggest.clicked.connect(lambda: self._words.show_words(choosing_a_passphrase.suggested_passphrase()))
        strength = label("", "caption", "muted", name=f"{place}/strength")
        self.box.textChanged.connect(lambda typed: strength.setText(choosing_a_passphrase.strength(typed)))
        column(self).addWidget(stacked(self._words, beside(self._suggest, strength, stretch=1)))
