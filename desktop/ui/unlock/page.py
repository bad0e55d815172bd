"""Unlocking: whose work, the passphrase, and one button. Says nothing of any child."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from desktop.flows.access.errors import TAKES_NOTHING, LeaseOfUnknown
from desktop.flows.access.unlocking import Gate, lock
from desktop.ui.background import Background, Mutation
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.initials import Initials
from desktop.ui.kit.basics.labels import Icon, hairline, label
from desktop.ui.kit.basics.layout import Flow, column, empty, row
from desktop.ui.kit.basics.panels import Card, Panel
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import LineBox, line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import Door, Passphrase, titled

if TYPE_CHECKING:  # it stands behind the door
    from desktop.flows.desk import Desk


class VaultButton(Protocol):
    """What can be known of a locked store: where it lies and whose it is."""

    @property
    def folder(self) -> Path: ...

    @property
    def label(self) -> str: ...

    @property
    def is_practice(self) -> bool: ...


class UnlockPage(Door):
    """`unlocked` carries the desk."""

    unlocked = Signal(object)
    someone_new = Signal()
    help_asked = Signal()
    forgotten = Signal(object)
    rescue_asked = Signal(object)

    def __init__(self, gate: Gate, store: Background, cards: Sequence[VaultButton]) -> None:
        super().__init__("unlock")
        self._gate, self._store, self._cards = gate, store, list(cards)
        self._card = self._cards[0]
        self._who = QWidget()
        self._who_box = column(self._who, margins=(0, 24, 0, 24))
        self.pass_box = Passphrase("unlock/passphrase", "Passphrase")
        self.problem = label("", "strong", "error", name="unlock/problem")
        self._rescue = Button("Bring your work to another folder", name="unlock/rescue", icon="folder-open")
        self._rescue.clicked.connect(lambda: self.rescue_asked.emit(self._card))
        self.code: LineBox | None = None
        self._joining = QWidget()
        self._joining_box = column(self._joining)
        self._button = Button("Unlock", name="unlock/go", kind="primary")
        self.box.addStretch(1)
        self._lay_form()
        self.box.addStretch(1)
        self._lay_facts()

    def start(self) -> None:
        self.pass_box.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def unlock(self) -> None:
        """Opening takes a second on purpose: the passphrase is stretched so that guessing is slow."""
        if not self._button.isEnabled():
            return
        self._busy(busy=True)
        gate, folder, words = self._gate, self._card.folder, self.pass_box.text()
        code = self.code.text().strip() if self.code is not None else ""
        op = Mutation(lambda: gate.unlock(folder, words, code=code), self._opened, self._refused, self, lock)
        self._store.run(op)

    def _opened(self, desk: Desk) -> None:
        self.pass_box.clear()
        self.unlocked.emit(desk)

    def _refused(self, error: KnownError) -> None:
        self._busy(busy=False)
        self.problem.setText(str(error))
        self.problem.setVisible(True)
        self._rescue.setVisible(isinstance(error, TAKES_NOTHING))
        wants_code = isinstance(error, LeaseOfUnknown)  # then it was the right passphrase
        self._joining.setVisible(wants_code)
        self.pass_box.mark("" if wants_code else str(error))
        box = self._code_box() if wants_code else self.pass_box.box
        box.selectAll()
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.window().setWindowTitle("Error: Unlock – Homeward")
        announce(self.problem, str(error), urgent=True)

    def _code_box(self) -> LineBox:
        """Made for the few who are asked for one."""
        if self.code is None:
            self.code = line_box("unlock/code", "New one-time code")
            self.code.returnPressed.connect(self.unlock)
            self._joining_box.addWidget(titled("New one-time code", "From your administrator.", self.code))
        return self.code

    def _busy(self, *, busy: bool) -> None:
        self._button.setEnabled(not busy)
        self._button.say("Unlocking" if busy else "Unlock")
        self.pass_box.box.setReadOnly(busy)

    def _lay_form(self) -> None:
        self.box.addWidget(label("Unlock", "page"))
        self.box.addSpacing(4)
        text = "Your work is on this laptop and stays encrypted until you unlock it."
        self.box.addWidget(label(text, "body", "muted"))
        self.box.addWidget(self._who)
        self._show_who()
        self.pass_box.box.returnPressed.connect(self.unlock)
        hint = "Five words, with spaces between them. You can paste it."
        self.problem.setVisible(False)
        self.box.addWidget(titled("Passphrase", hint, self.pass_box, buddy=self.pass_box.box))
        self.box.addSpacing(6)
        self.box.addWidget(self.problem)
        self._rescue.setVisible(False)
        self.box.addSpacing(6)
        self.box.addWidget(self._rescue, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addSpacing(6)
        self._joining.setVisible(False)
        self.box.addWidget(self._joining)
        self.box.addSpacing(12)
        self.box.addWidget(self._act())
        self.box.addSpacing(24)
        self._lay_links()

    def _act(self) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=16)
        self._button.setMinimumWidth(look().px(160))
        self._button.clicked.connect(self.unlock)
        line.addWidget(self._button)
        line.addWidget(label("or press Enter", "caption", "muted"), 1)
        return holder

    def _lay_links(self) -> None:
        holder = QWidget()
        flow = Flow(holder, gap=24)
        forgotten = Link("I have forgotten my passphrase", name="unlock/forgotten")
        forgotten.clicked.connect(lambda: self.forgotten.emit(self._card))
        flow.addWidget(forgotten)
        full = Link("The disk is full, or may not be written", name="unlock/disk")
        full.clicked.connect(lambda: self.rescue_asked.emit(self._card))
        flow.addWidget(full)
        help_link = Link("Help", name="unlock/help")
        help_link.clicked.connect(self.help_asked)
        flow.addWidget(help_link)
        self.box.addWidget(holder)

    def _lay_facts(self) -> None:
        self.box.addWidget(hairline())
        self.box.addSpacing(20)
        for icon, text in (
            ("send", "What waits to be sent is safe here and needs no network."),
            ("wifi-off", "You can unlock, write, sign and print without a network."),
            ("laptop", "Nothing on this laptop can be read without your passphrase."),
        ):
            holder = QWidget()
            line = row(holder, gap=12, margins=(0, 0, 0, 10))
            line.addWidget(Icon(icon, "muted"))
            line.addWidget(label(text, "caption", "muted"), 1)
            self.box.addWidget(holder)

    def _show_who(self) -> None:
        empty(self._who_box)
        panel = Panel()
        line = row(panel, gap=12, margins=(16, 12, 16, 12))
        line.addWidget(Initials(self._card.label, 40))
        line.addWidget(label(self._card.label, "strong"), 1)
        practises = any(card.is_practice for card in self._cards)
        other = Link("Someone else, or practice" if practises else "Someone else", name="unlock/someone-else")
        other.clicked.connect(self._choose_who)
        line.addWidget(other)
        self._who_box.addWidget(panel)

    def _choose_who(self) -> None:
        """Everyone with work here, and a way in for somebody new."""
        empty(self._who_box)
        card = Card("Whose work?")
        for number, found in enumerate(self._cards):
            pick = Button(found.label, name=f"unlock/person/{number}", kind="quiet")
            pick.clicked.connect(lambda _on=False, found=found: self._picked(found))
            card.add(pick)
        new = Button("Somebody new on this laptop", name="unlock/person/new", kind="quiet", icon="user-plus")
        new.clicked.connect(self.someone_new)
        card.add(new)
        self._who_box.addWidget(card)

    def _picked(self, card: VaultButton) -> None:
        self._card = card
        self._show_who()
        self.problem.setVisible(False)
        self._rescue.setVisible(False)
        if self.code is not None:
            self.code.clear()
        self._joining.setVisible(False)
        self.pass_box.clear()
        self.start()
