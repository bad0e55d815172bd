"""A forgotten passphrase: the recovery code from the printed sheet, and a new passphrase."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from casework.errors import KnownError
from desktop.flows.access import passphrase_and_recovery
from desktop.flows.access.unlocking import Gate, lock
from desktop.flows.desk import Desk
from desktop.ui.background import Background, Mutation
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.unlock.door import Door, acts, titled, way_back
from desktop.ui.unlock.new_passphrase import NewPassphrase
from desktop.ui.unlock.page import VaultButton

CODE_HINT = "34 letters and figures, from the sheet printed at set-up. Dashes and capitals do not matter."
NO_CODE = "No sheet? Your council’s administrator can open it with you. Nothing is deleted meanwhile."


class RecoverPage(Door):
    """`recovered` carries the desk, open."""

    recovered = Signal(object)
    cancelled = Signal()
    ask_council = Signal(object)

    def __init__(self, gate: Gate, store: Background, card: VaultButton) -> None:
        super().__init__("recover")
        self._gate, self._store, self._card = gate, store, card
        self.code = line_box("recover/code", "Recovery code")
        self.code.setProperty("tall", True)
        self.new = NewPassphrase("recover", "recover/new", "New passphrase")
        self.problem = label("", "strong", "error", name="recover/problem")
        self.problem.setVisible(False)
        self._button = Button("Open with this code", name="recover/go", kind="primary")
        self._button.clicked.connect(self.recover)
        self._lay()
        self.new.box.returnPressed.connect(self.recover)

    def start(self) -> None:
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def recover(self) -> None:
        if not self._button.isEnabled():
            return
        self._button.setEnabled(False)
        self._button.say("Opening")
        gate, folder, code, new = self._gate, self._card.folder, self.code.text(), self.new.text()
        op = Mutation(
            lambda: passphrase_and_recovery.recover(gate, folder, code, new), self._opened, self._refused, self, lock
        )
        self._store.run(op)

    def _opened(self, desk: Desk) -> None:
        self.code.clear()
        self.new.clear()
        self.recovered.emit(desk)

    def _refused(self, error: KnownError) -> None:
        self._button.setEnabled(True)
        self._button.say("Open with this code")
        self.problem.setText(str(error))
        self.problem.setVisible(True)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.window().setWindowTitle("Error: Recover – Homeward")
        announce(self.problem, str(error), urgent=True)

    def _lay(self) -> None:
        self.box.addSpacing(32)
        self.box.addWidget(label("I have forgotten my passphrase", "page"))
        self.box.addWidget(label(f"The work of {self._card.label}, on this laptop.", "body", "muted"))
        for widget in (
            titled("Recovery code", CODE_HINT, self.code),
            titled("New passphrase", NewPassphrase.HINT, self.new, buddy=self.new.box),
        ):
            self.box.addSpacing(20)
            self.box.addWidget(widget)
        self.box.addSpacing(6)
        self.box.addWidget(self.problem)
        self.box.addSpacing(16)
        self.box.addWidget(acts(self._button, way_back("recover", self.cancelled)))
        self.box.addSpacing(24)
        self.box.addWidget(label(NO_CODE, "caption", "muted"))
        self.box.addSpacing(8)
        ask = Link("Ask the council", name="recover/ask")
        ask.clicked.connect(lambda: self.ask_council.emit(self._card))
        self.box.addWidget(ask, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addStretch(1)
