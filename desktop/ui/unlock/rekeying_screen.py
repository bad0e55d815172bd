"""While everything is written anew under a new key: how far it is, and what to do if it could not be done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from casework.errors import KnownError
from desktop.flows.access import passphrase_and_recovery
from desktop.flows.access.passphrase_and_recovery import RecoverySheet
from desktop.flows.access.unlocking import Gate, lock
from desktop.flows.desk import Desk
from desktop.ui.background import Background, Mutation
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.theme import look
from desktop.ui.unlock.door import Door, way_back

WAIT = "Your work is closed meanwhile. If the laptop stops before it is done, nothing is lost: unlock it again."
AS_IT_WAS = "Nothing has changed: your passphrase and your code are as they were."


class RekeyPage(Door):
    """`made` carries the desk, open again, and its new recovery code."""

    made = Signal(object)
    cancelled = Signal()

    def __init__(self, gate: Gate, store: Background) -> None:
        super().__init__("rekey")
        self._gate, self._store = gate, store
        self._bar = QProgressBar()
        self._bar.setObjectName("rekey/progress")
        self._bar.setAccessibleName("How much is written anew")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(look().room(16))
        self._said = label("Writing everything anew", "body", name="rekey/said")
        self.problem = label("", "strong", "error", name="rekey/problem")
        self.problem.setVisible(False)
        self._back = way_back("rekey", self.cancelled)
        self._back.setVisible(False)
        self._lay()

    def begin(self, folder: Path, old: str, new: str) -> None:
        """The worker closes the store first: what was given to it before this is done before this."""
        gate, tell = self._gate, self._store.channel(self, self._show)
        op = Mutation(
            lambda: passphrase_and_recovery.rekey(gate, folder, old, new, tell),
            self._done,
            self._refused,
            self,
            lambda made: lock(made[0]),
        )
        self._store.run(op)

    def _show(self, done: int, of: int) -> None:
        self._bar.setMaximum(of)
        self._bar.setValue(done)
        self._said.setText(f"Writing everything anew: {done} of {of}")

    def _done(self, made: tuple[Desk, RecoverySheet]) -> None:
        desk, sheet = made
        self.made.emit((desk, sheet))

    def _refused(self, error: KnownError) -> None:
        self._said.setText(AS_IT_WAS)
        self.problem.setText(str(error))
        for widget in (self.problem, self._back):
            widget.setVisible(True)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.window().setWindowTitle("Error: New key – Homeward")
        announce(self.problem, f"{error} {AS_IT_WAS}", urgent=True)

    def _lay(self) -> None:
        self.box.addSpacing(32)
        self.box.addWidget(label("A new key for everything", "page"))
        self.box.addWidget(label(WAIT, "body", "muted"))
        for widget in (self._bar, self._said, self.problem):
            self.box.addSpacing(16)
            self.box.addWidget(widget)
        self.box.addSpacing(16)
        self.box.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addStretch(1)
