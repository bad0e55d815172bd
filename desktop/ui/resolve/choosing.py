"""What a person can do about one decision, and the box for a text of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from casework.canonical import JSON
from desktop.flows.decisions.conflicts import Decision, Said
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.initials import Initials
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import beside, column, stacked
from desktop.ui.kit.boxes.line_box import line_box, secret_box
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.resolve.choice_card import Choice
from desktop.ui.theme import look

HISTORY = "Every text stays in the record’s history, whatever you choose."
LOCKED = "The record is signed and never changes. A correction is signed too, and stands beside it."


class Choosing(QWidget):
    """`decided` when a person says so; `typed` when half-written words should be kept; `later` to go away."""

    decided = Signal()
    later = Signal()
    typed = Signal()

    def __init__(self, found: Decision, kept: str) -> None:
        super().__init__()
        self.found = found
        self.choices: dict[str, Choice] = {}
        self._sides: dict[str, Said] = {}
        self._kept = kept
        self._box = column(self, gap=12)
        title = "What should the record say?" if not found.signed else "What should happen to what arrived?"
        self._box.addWidget(label(title, "section"))
        self._box.addWidget(label(LOCKED if found.signed else HISTORY, "caption", "muted"))
        self._box.addWidget(self._cards())
        self._text = self._text_box(kept)
        self._text.textChanged.connect(self._typed)
        self.reason = line_box("resolve/reason", "Why")
        self.passphrase = secret_box("resolve/passphrase", "Your passphrase again")
        self._why = stacked(label("Why (kept in the record’s history)", "strong"), self.reason, gap=4)
        self._again = stacked(label("Your passphrase again, to sign", "strong"), self.passphrase, gap=4)
        self.act = Button("Decide", name="resolve/decide", kind="primary", icon="check", key="Ctrl+Enter")
        self.act.clicked.connect(self.decided)
        self._box.addWidget(self._text)
        self._box.addWidget(self._why)
        self._box.addWidget(self._again)
        self._box.addWidget(beside(self.act, QWidget(), stretch=1))
        if kept:
            self.choices["new"].setChecked(True)
        self._show()

    def chosen(self) -> str:
        return next((code for code, card in self.choices.items() if card.isChecked()), "")

    def words(self) -> str:
        """What is written in the box, whether or not it is the choice."""
        return self._text.words() if self._mine_to_write() else self._kept

    def side(self) -> Said | None:
        """The text that was chosen as it is."""
        return self._sides.get(self.chosen())

    def value(self) -> JSON:
        """Exactly what will stand; a side's own value, never what a box made of it."""
        side = self.side()
        if side is not None:
            return side.value
        return self.found.both if self.chosen() == "both" else self._text.words()

    def busy(self, *, busy: bool) -> None:
        self.act.setEnabled(not busy)

    def _typed(self) -> None:
        if self.act.isEnabled():  # disabled, it is being decided
            self.typed.emit()

    def _cards(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        cards = self._signed_cards() if self.found.signed else self._open_cards()
        self.choices = dict(cards)
        across = 1 if look().narrow else len(cards) + 1
        later = Choice(
            "Finish later",
            "It stays on Today until you do",
            Icon("clock"),
            name="resolve/later",
            checkable=False,
        )
        later.clicked.connect(self.later)
        for card in self.choices.values():
            card.clicked.connect(self._show)
        for number, card in enumerate([*self.choices.values(), later]):
            grid.addWidget(card, number // across, number % across)
        for place in range(across):
            grid.setColumnStretch(place, 1)
        return holder

    def _open_cards(self) -> list[tuple[str, Choice]]:
        cards = []
        for side in reversed(self.found.sides):  # mine first
            code = _free("mine" if side.mine else "theirs", self._sides)
            self._sides[code] = side
            title = "Use mine" if code == "mine" else "Use theirs" if code == "theirs" else f"Use {side.name}’s"
            text = f"{'Your' if side.mine else 'Their'} text goes in, as written"
            cards.append((code, Choice(title, text, Initials(side.name), name=f"resolve/{code}")))
        if self.found.both:
            text = "Each stands under its author’s name"
            cards.append(("both", Choice("Keep both", text, Icon("copy-plus"), name="resolve/both")))
        if self.found.is_text:
            text = "In a box of your own, with every text in sight"
            cards.append(("new", Choice("Write a new one", text, Icon("square-pen"), name="resolve/new")))
        return cards

    def _signed_cards(self) -> list[tuple[str, Choice]]:
        cards = []
        for side in reversed(self.found.sides) if self.found.correctable else ():
            code = _free("correct", self._sides)
            self._sides[code] = side
            text = f"{side.name}’s text stands beside the signed one"
            cards.append((code, Choice("Add as a correction", text, Initials(side.name), name=f"resolve/{code}")))
        text = "What arrived is kept in the history only"
        cards.append(("leave", Choice("Leave as signed", text, Icon("lock"), name="resolve/leave")))
        return cards

    def _text_box(self, kept: str) -> WordsBox:
        box = WordsBox(name="resolve/text", label=f"New text: {self.found.label}", lines=3)
        box.put(kept)
        return box

    def _mine_to_write(self) -> bool:
        return not self._text.isReadOnly()

    def _show(self) -> None:
        """The box while there is something to write, or to see of what keeping both gives; a reason once chosen."""
        chosen = self.chosen()
        if self._mine_to_write():
            self._kept = self._text.words()
        both = chosen == "both"
        self._text.blockSignals(True)
        self._text.setReadOnly(both)
        self._text.put(self.found.both if both else self._kept)
        self._text.blockSignals(False)
        self._text.setVisible(chosen in ("both", "new"))
        self._why.setVisible(bool(chosen) and chosen != "leave")
        self._again.setVisible(chosen.startswith("correct"))
        self.act.setEnabled(bool(chosen))
        if chosen == "new":
            self._text.setFocus()


def _free(code: str, taken: dict[str, Said]) -> str:
    """mine, then mine/2 when the same officer wrote on two laptops."""
    number = sum(name == code or name.startswith(f"{code}/") for name in taken) + 1
    return code if number == 1 else f"{code}/{number}"
