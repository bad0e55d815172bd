"""While the invented children are written: how far it is, and a way to stop."""

from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from casework.errors import KnownError
from desktop.flows.access.unlocking import Gate, lock
from desktop.ui.background import Background, Mutation
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.theme import look
from desktop.ui.unlock.door import Door, way_back

if TYPE_CHECKING:  # it stands behind the door
    from desktop.flows.desk import Desk
    from desktop.flows.practising.practice_store import OwnStore

TITLE = "Practice"
WAIT = (
    "A dozen invented children and a week of work, in a store of their own. It takes a minute at most, and only once."
)


class PracticePage(Door):
    """`made` carries the desk of the practice."""

    made = Signal(object)
    cancelled = Signal()

    def __init__(self, gate: Gate, store: Background) -> None:
        super().__init__("practice")
        self._gate, self._store, self._stop = gate, store, Event()
        self._bar = QProgressBar()
        self._bar.setObjectName("practice/progress")
        self._bar.setAccessibleName("How many of the invented records are written")
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(look().room(16))
        self._bar.setMaximum(0)
        self._said = label("Opening practice", "body", name="practice/said")
        self.problem = label("", "strong", "error", name="practice/problem")
        self.problem.setVisible(False)
        self._cancel = Button("Stop", name="practice/stop")
        self._cancel.clicked.connect(self._stopped)
        self._back = way_back("practice", self.cancelled)
        self._back.setVisible(False)
        self._lay()

    def begin(self, own: OwnStore, passphrase: str, *, afresh: bool) -> None:
        """The worker closes the store first: what was given to it before this is done before this."""
        self._cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        gate, tell, stop = self._gate, self._store.channel(self, self._show), self._stop

        def practise() -> Desk:
            from desktop.flows.practising import practice_store  # noqa: PLC0415 - loaded by the worker, not the door

            return practice_store.practise(gate, own, passphrase, afresh=afresh, progress=tell, stopped=stop.is_set)

        self._store.run(Mutation(practise, self.made.emit, self._refused, self, lock))

    def _show(self, done: int, of: int) -> None:
        self._bar.setMaximum(of)
        self._bar.setValue(done)
        self._said.setText(f"Writing invented records: {done} of {of}")

    def _stopped(self) -> None:
        self._stop.set()
        self._cancel.setEnabled(False)
        self._cancel.say("Stopping")

    def _refused(self, error: KnownError) -> None:
        for gone in (self._bar, self._said, self._cancel):
            gone.setVisible(False)
        self.problem.setText(str(error))
        self.problem.setVisible(True)
        self._back.setVisible(True)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.problem, str(error), urgent=True)

    def _lay(self) -> None:
        self.box.addSpacing(32)
        self.box.addWidget(label(TITLE, "page"))
        self.box.addWidget(label(WAIT, "body", "muted"))
        for widget in (self._said, self._bar, self.problem):
            self.box.addSpacing(16)
            self.box.addWidget(widget)
        for act in (self._cancel, self._back):
            self.box.addSpacing(16)
            self.box.addWidget(act, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addStretch(1)
