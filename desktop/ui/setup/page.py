"""Setting up, the first of two steps: your name, and a passphrase you can remember. The second is joining."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from desktop.flows.access import choosing_a_passphrase
from desktop.flows.access.preset import preset
from desktop.flows.access.unlocking import Gate, lock
from desktop.ui.background import Background, Mutation
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import row
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.unlock.door import Door, Passphrase, titled
from desktop.ui.unlock.new_passphrase import NewPassphrase

if TYPE_CHECKING:  # names of what stands behind the door
    from desktop.flows.access.passphrase_and_recovery import RecoverySheet
    from desktop.flows.desk import Desk

DIFFERENT = "The two passphrases are not the same. Type the second one again."


class SetupPage(Door):
    """`made` carries the desk of the new, empty store, and its recovery code."""

    made = Signal(object)
    cancelled = Signal()

    def __init__(self, gate: Gate, store: Background, *, first: bool) -> None:
        super().__init__("setup")
        self._gate, self._store = gate, store
        self.name_box = line_box("setup/name", "Your name")
        self.pass_box = NewPassphrase("setup", "setup/passphrase", "Passphrase")
        self.again = Passphrase("setup/again", "The passphrase again")
        fault = preset().fault
        self.problem = label(fault, "strong", "error", name="setup/problem")
        self.problem.setVisible(bool(fault))
        self._button = Button("Continue", name="setup/finish", kind="primary")
        self._lay(first=first)
        self.again.box.returnPressed.connect(self.finish)

    def start(self) -> None:
        self.name_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Everything is looked at before anything is made."""
        problem, box = self._first_problem()
        if problem:
            self._refuse(problem, box)
            return
        self._button.setEnabled(False)
        self._button.say("Setting up")
        name, words = self.name_box.text(), self.pass_box.text()
        self._store.run(Mutation(lambda: self._make(name, words), self._done, self._failed, self, _shut))

    def _make(self, name: str, words: str) -> tuple[Desk, RecoverySheet]:
        from desktop.flows.access.passphrase_and_recovery import first_recovery_code  # noqa: PLC0415

        desk = self._gate.set_up(name, words)
        try:
            return desk, first_recovery_code(desk)
        except KnownError:
            desk.vault.close()  # so that the store can be unlocked, and a code made in Settings
            raise

    def _done(self, made: tuple[Desk, RecoverySheet]) -> None:
        for box in (self.pass_box, self.again):
            box.clear()
        self.made.emit(made)

    def _failed(self, error: KnownError) -> None:
        self._button.setEnabled(True)
        self._button.say("Continue")
        self._refuse(str(error), self.name_box)

    def _first_problem(self) -> tuple[str, QWidget]:
        if not self.name_box.text().strip():
            return "Enter your name, as it should stand on the records you sign.", self.name_box
        weakness = choosing_a_passphrase.weakness(self.pass_box.text())
        if weakness:
            return weakness, self.pass_box.box
        if self.pass_box.text() != self.again.text():
            return DIFFERENT, self.again.box
        return "", self.name_box

    def _refuse(self, problem: str, box: QWidget) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(True)
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.window().setWindowTitle("Error: Set up this laptop – Homeward")
        announce(self.problem, problem, urgent=True)

    def _lay(self, *, first: bool) -> None:
        self.box.addSpacing(32)
        self.box.addWidget(label("Set up this laptop", "page"))
        text = (
            "Your records are kept here, encrypted. Only your passphrase opens them, so nobody can look it up for you."
        )
        self.box.addWidget(label(text, "body", "muted"))
        for widget in (
            titled("Your name", "As it should stand on the records you sign.", self.name_box),
            titled("Passphrase", NewPassphrase.HINT, self.pass_box, buddy=self.pass_box.box),
            titled("The passphrase again", "", self.again, buddy=self.again.box),
        ):
            self.box.addSpacing(20)
            self.box.addWidget(widget)
        self.box.addSpacing(8)
        self.box.addWidget(self.problem)
        self.box.addSpacing(16)
        self.box.addWidget(self._acts(first=first))
        self.box.addStretch(1)

    def _acts(self, *, first: bool) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=16)
        self._button.clicked.connect(self.finish)
        line.addWidget(self._button)
        if not first:
            back = Link("Back to unlocking", name="setup/back")
            back.clicked.connect(self.cancelled)
            line.addWidget(back)
        line.addStretch(1)
        line.addWidget(label("Step 1 of 2", "caption", "muted", wrap=False))
        return holder


def _shut(made: tuple[Desk, RecoverySheet]) -> None:
    """The page was left meanwhile: the store is made, and waits at the door; a code can be had under Settings."""
    lock(made[0])
