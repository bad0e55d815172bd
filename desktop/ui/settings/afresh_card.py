"""Of practice: all of it made anew, as it was on the first day."""

from __future__ import annotations

from PySide6.QtCore import Qt

from casework.errors import KnownError
from desktop.flows.desk import PRACTICE_STAYS
from desktop.flows.practising.practice_store import check_passphrase
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, spacer
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.theme import look
from desktop.ui.unlock.door import Passphrase, titled

GOES = "What you did here goes, and the invented children are as they were. Your own work is not touched."


class AfreshCard(Card):
    """The passphrase is asked for: a slip of the hand takes nothing away."""

    def __init__(self, shell: Shell) -> None:
        super().__init__("Practice", icon="flask-conical")
        self._shell = shell
        self._passphrase = Passphrase("settings/afresh/passphrase", "Passphrase")
        self._passphrase.box.returnPressed.connect(self._go)
        self._problem = label("", "strong", "error", name="settings/afresh/problem")
        self._problem.setVisible(False)
        self._act = Button("Start afresh", name="settings/afresh", icon="refresh-cw")
        self._act.clicked.connect(self._go)
        side = look().room(16)
        box = column(gap=look().room(12), margins=(side, look().room(12), side, look().room(16)))
        for widget in (label(PRACTICE_STAYS), label(GOES, "caption", "muted")):
            box.addWidget(widget)
        box.addWidget(titled("Passphrase", "", self._passphrase, buddy=self._passphrase.box))
        box.addWidget(self._problem)
        box.addWidget(beside(self._act, spacer(), stretch=1))
        self.box.addLayout(box)

    def _go(self) -> None:
        desk, words, right = self._shell.desk, self._passphrase.text(), self._shell.afresh_asked
        self._shell.run(self, lambda: check_passphrase(desk, words), lambda _right: right.emit(words), self._refused)

    def _refused(self, error: KnownError) -> None:
        self._problem.setText(str(error))
        self._problem.setVisible(True)
        self._passphrase.mark(str(error))
        self._passphrase.box.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._problem, str(error), urgent=True)
