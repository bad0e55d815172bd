"""The signatures: the child's if the child wants, the worker's, a name and the passphrase, and the one act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.definition import Question, QuestionType
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column
from desktop.ui.kit.basics.panels import Panel
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.kit.fields.ink_pad import InkEditor
from desktop.ui.theme import look
from desktop.ui.unlock.door import Passphrase, titled

WHAT_IT_MEANS = (
    "Signing locks the record. After that nobody can change it. You can add a correction beside it. "
    "No network is needed."
)
CHOSE_NOT_TO: JSON = {"none": "not_said"}


class SigningCard(Panel):
    """`child_signed` carries the child's ink; `sign` asks for the deed."""

    child_signed = Signal(object)
    sign = Signal()

    def __init__(self, *, officer: str, child: str, child_ink: Question | None, worker_ink: Question | None) -> None:
        super().__init__("card")
        self._child = child
        self._not_to = Link("Chose not to", name="f/child_ink/none/not_said", size="caption")
        self._act = Button("Sign and lock this record", name="sign-and-lock", kind="primary", icon="signature")
        side = look().room(16)
        self._box = column(self, gap=look().room(10), margins=(side, look().room(12), side, look().room(16)))
        self._child_pad = self._pad(child_ink, child) if child_ink is not None else None
        self._lay_child()
        self.ink = InkEditor(
            worker_ink or Question("worker_ink", "", QuestionType.INK),
            "sign/ink",
            f"Signature of {officer}",
            title=officer or "Your signature",
        )
        self._box.addWidget(self.ink)
        self.name = line_box("sign/name", "Your name")
        self.name.setText(officer)
        self._box.addWidget(titled("Your name, as it should stand on the record", "", self.name))
        self.passphrase = Passphrase("sign/passphrase", "Passphrase")
        self.passphrase.box.returnPressed.connect(self.sign)
        self._box.addWidget(titled("Passphrase", "", self.passphrase, buddy=self.passphrase.box))
        self.problem = label("", "strong", "error", name="sign/problem")
        self.problem.setVisible(False)
        self._box.addWidget(self.problem)
        self._box.addWidget(label(WHAT_IT_MEANS, "caption", "muted"))
        self._lay_act()

    def refuse(self, text: str) -> None:
        """Why it was not signed, and the keyboard where it can be put right."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if text:
            self.passphrase.mark(text)
            self.passphrase.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.passphrase.box.selectAll()
            announce(self.problem, text, urgent=True)

    def busy(self, *, busy: bool) -> None:
        self._act.setEnabled(not busy)
        self._act.say("Signing" if busy else "Sign and lock this record")

    @property
    def ready(self) -> bool:
        return self._act.isEnabled()

    def show_child_ink(self, value: JSON) -> None:
        if self._child_pad is None:
            return
        chose_not = isinstance(value, dict) and "none" in value
        self._child_pad.put(None if chose_not else value)
        self._child_pad.pad.setEnabled(not chose_not)
        self._not_to.say("Would like to sign" if chose_not else "Chose not to")

    def _pad(self, question: Question, child: str) -> InkEditor:
        self._not_to.setObjectName(f"f/{question.id}/none/not_said")
        self._not_to.setAccessibleDescription(f"{child}’s signature")
        self._not_to.clicked.connect(self._child_chose)
        name = f"f/{question.id}"
        return InkEditor(question, name, f"Signature of {child}", title=child, also=self._not_to)

    def _lay_child(self) -> None:
        pad = self._child_pad
        if pad is None:
            return
        self._box.addWidget(pad)
        pad.edited.connect(lambda: self.child_signed.emit(pad.read().value))

    def _child_chose(self) -> None:
        pad = self._child_pad
        chosen = CHOSE_NOT_TO if pad is not None and pad.pad.isEnabled() else None
        self.show_child_ink(chosen)
        self.child_signed.emit(chosen)

    def _lay_act(self) -> None:
        holder = QWidget()
        flow = Flow(holder, gap=12)
        self._act.clicked.connect(self.sign)
        flow.addWidget(self._act)
        flow.addWidget(label("Ctrl+Enter", "caption", "muted", wrap=False))
        self._box.addWidget(holder)
