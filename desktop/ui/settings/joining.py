"""Joining a council with a code, and joining again after its service was restored and no longer knows this laptop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from desktop.flows.access.joining_a_council import is_unknown, join, join_again
from desktop.flows.access.preset import preset
from desktop.flows.council.kept_apart import kept_apart
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column, spacer
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

FORGOTTEN = (
    "The council’s service does not know this laptop. Ask your administrator for a new code, and enter it here to join "
    "again. Nothing on this laptop is lost."
)
MAYBE = (
    "If your administrator gives you a new code for this laptop, enter it here to join again. "
    "Nothing on this laptop is lost."
)
EMPTY = "Enter the code from your administrator. It has six groups of four letters and digits."


BOTH = "Enter both the address and the code. Your administrator has them."
GOES = "What you have written is yours, and is being sent now."


class JoinFirst(QWidget):
    """Address and code; what is wrong with them stands beside them, and they stay."""

    def __init__(self, shell: Shell, place: str) -> None:
        super().__init__()
        self._shell = shell
        self.url = line_box(f"{place}/address", "Address of the council’s service")
        self.url.setText(preset().service)
        KeptBox(shell, place, "address", self.url)
        self.code = line_box(f"{place}/code", "One-time code")
        for one in (self.url, self.code):
            one.returnPressed.connect(self.go)
        self._problem = label(preset().fault, "strong", "error", name=f"{place}/problem")
        self._problem.setVisible(bool(preset().fault))
        self.button = Button("Join", name=f"{place}/join", kind="primary")
        self.button.clicked.connect(self.go)
        box = column(self, gap=look().room(12))
        box.addWidget(titled("Address of the council’s service", "", self.url))
        box.addWidget(titled("One-time code", "", self.code))
        box.addWidget(self._problem)
        box.addWidget(beside(self.button, spacer(), stretch=1))

    def go(self) -> None:
        """The council is asked beside whatever else the person does."""
        if not self.button.isEnabled():
            return
        desk, url, code = self._shell.desk, self.url.words().strip(), self.code.text().strip()
        if not url or not code:
            self._refused(KnownError(BOTH))
            return
        self._busy(busy=True)
        self._shell.fetch(self, lambda: join(desk, url, code), self._joined, self._refused)

    def _joined(self, council: str) -> None:
        shell = self._shell
        shell.joined.emit()
        shell.go("sending" if kept_apart(shell.desk) else "today")
        shell.messages.news(f"This laptop has joined {council}.", "" if kept_apart(shell.desk) else GOES)

    def _refused(self, error: KnownError) -> None:
        self._busy(busy=False)
        self._problem.setText(str(error))
        self._problem.setVisible(True)
        box = self.code if self.url.words().strip() else self.url
        box.setAccessibleDescription(str(error))
        box.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._problem, str(error), urgent=True)

    def _busy(self, *, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.button.say("Joining" if busy else "Join")
        self.code.setReadOnly(busy)


class JoinAgain(QWidget):
    """What has happened, one box, one button; what is wrong with a code stands beside it, and the code stays."""

    def __init__(self, shell: Shell, place: str) -> None:
        super().__init__()
        self._shell = shell
        self.code = line_box(f"{place}/again/code", "New one-time code")
        self.code.returnPressed.connect(self.go)
        self._problem = label("", "strong", "error", name=f"{place}/again/problem")
        self._problem.setVisible(False)
        self._button = Button(
            "Join again", name=f"{place}/again", kind="primary" if is_unknown(shell.desk) else "plain"
        )
        self._button.clicked.connect(self.go)
        box = column(self, gap=look().room(12))
        box.addWidget(self._why())
        box.addWidget(titled("New one-time code", "", self.code))
        box.addWidget(self._problem)
        box.addWidget(beside(self._button, spacer(), stretch=1))

    def go(self) -> None:
        """The code is read and the council asked beside whatever else the person does."""
        code, desk = self.code.text().strip(), self._shell.desk
        if not self._button.isEnabled():
            return
        if not code:
            self._say(EMPTY)
            return
        self._busy(busy=True)
        self._shell.fetch(self, lambda: join_again(desk, code), self._joined, self._refused)

    def _joined(self, council: str) -> None:
        shell = self._shell
        shell.joined.emit()
        shell.messages.news(f"This laptop has joined {council} again.", "What it holds is being sent now.")

    def _refused(self, error: KnownError) -> None:
        self._busy(busy=False)
        self._say(str(error))

    def _busy(self, *, busy: bool) -> None:
        self._button.setEnabled(not busy)
        self._button.say("Joining again" if busy else "Join again")
        self.code.setReadOnly(busy)

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(True)
        self.code.setProperty("bad", True)
        self.code.setAccessibleDescription(problem)
        self.code.style().unpolish(self.code)
        self.code.style().polish(self.code)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self._problem, problem, urgent=True)

    def _why(self) -> QWidget:
        is_forgotten = is_unknown(self._shell.desk)
        return label(FORGOTTEN if is_forgotten else MAYBE, "strong" if is_forgotten else "body")
