"""What a supervisor can do about one item, with a reason; what cannot be taken back is asked twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.flows.council.review import Choice as Decision
from desktop.flows.council.review import Review
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import Icon, label
from desktop.ui.kit.basics.layout import beside, column
from desktop.ui.kit.basics.panels import Banner
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.resolve.choice_card import Choice
from desktop.ui.theme import look

WHY = "Why (kept with the words, and shown to their author)"
CARDS: tuple[tuple[Decision, str, str, str], ...] = (
    ("accept", "Take it in", "It becomes part of the record, as written", "check"),
    ("return", "Give it back", "Its author reads why, and can say it again", "undo-2"),
    ("reject", "Do not take it in", "It is kept as it came, and stays out of the record", "circle-minus"),
)
CANNOT = "It cannot be taken in as it is"
FOR_GOOD: dict[Decision, tuple[str, str, str]] = {
    "accept": (
        "Once it is taken in, it cannot be taken out again",
        "It reaches everybody who may read this record.",
        "Yes, take it in",
    ),
    "reject": (
        "This cannot be decided otherwise later",
        "Its author is told why. To leave it open, give it back instead.",
        "Yes, do not take it in",
    ),
}


class Judging(QWidget):
    """`decided` once a person has said so, twice where it is for good; `typed` when the reason should be kept."""

    decided = Signal()
    typed = Signal()
    unreasoned = Signal()
    later = Signal()

    def __init__(self, found: Review, kept: str) -> None:
        super().__init__()
        self.found = found
        self._box = column(self, gap=12)
        self._box.addWidget(label("What should happen to it?", "section"))
        self._cards = self._choices()
        self.reason = WordsBox(name="review/reason", label="Why", lines=2)
        self.reason.put(kept)
        self.reason.textChanged.connect(self.typed)
        self._box.addWidget(label(WHY, "strong"))
        self._box.addWidget(self.reason)
        self._sure: Banner | None = None
        self._state = label("", "caption", "muted", name="review/state")
        self._state.hide()
        self._box.addWidget(self._state)
        self.act = Button("Decide", name="review/decide", kind="primary", icon="check", key="Ctrl+Enter")
        self.act.clicked.connect(self.go_on)
        later = Button("Finish later", name="review/later", icon="clock")
        later.clicked.connect(self.later)
        self._foot = beside(self.act, later, QWidget(), stretch=2)
        self._box.addWidget(self._foot)
        self._chosen()

    def choice(self) -> Decision | None:
        return next((code for code, card in self._cards.items() if card.isChecked()), None)

    def first(self) -> QWidget:
        return next(card for card in self._cards.values() if card.isEnabled())

    def go_on(self) -> None:
        """Ctrl+Enter, and the button: asks again before what is for good."""
        choice = self.choice()
        if choice is None or not self.act.isEnabled():
            return
        if not self.reason.words().strip():
            self.unreasoned.emit()
            self.reason.setFocus()
        elif choice in FOR_GOOD and self._sure is None:
            self._ask_again(choice)
        else:
            self.decided.emit()

    def busy(self, *, busy: bool) -> None:
        for part in (self.act, self._sure, *self._cards.values()):
            if part is not None:
                part.setEnabled(not busy)
        if not busy:
            self._chosen()
        self._state.setText("Asking the council…" if busy else "")
        self._state.setVisible(busy)
        if busy:
            announce(self._state, self._state.text())

    def _choices(self) -> dict[Decision, Choice]:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        made: dict[Decision, Choice] = {}
        for number, (code, title, text, icon) in enumerate(CARDS):
            is_open = code != "accept" or self.found.may_accept
            card = Choice(title, text if is_open else CANNOT, Icon(icon), name=f"review/{code}")
            card.setEnabled(is_open)
            card.clicked.connect(self._chosen)
            made[code] = card
            across = 1 if look().narrow else len(CARDS)
            grid.addWidget(card, number // across, number % across)
            grid.setColumnStretch(number % across, 1)
        self._box.addWidget(holder)
        return made

    def _chosen(self) -> None:
        """Another choice is another question: what was asked about the last one goes."""
        if self._sure is not None:
            self._sure.deleteLater()
            self._sure = None
        self._foot.show()
        self.act.setEnabled(self.choice() is not None)

    def _ask_again(self, choice: Decision) -> None:
        title, text, words = FOR_GOOD[choice]
        yes = Button(words, name="review/yes", kind="decide", small=True)
        yes.clicked.connect(self.decided)
        no = Button("Not yet", name="review/no", small=True)
        no.clicked.connect(self._chosen)
        self._sure = Banner("decide", "circle-alert", title, text, beside(yes, no))
        self._sure.setObjectName("review/sure")
        self._box.addWidget(self._sure)
        self._foot.hide()
        self._sure.show()
        announce(self._sure, f"{title}. {text}")
        yes.setFocus(Qt.FocusReason.OtherFocusReason)
