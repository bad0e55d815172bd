"""The signatures: the child's if the child wants, the worker's, a name and the passphrase, and the one act."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from casework.canonical import JSON
from casework.forms.definition import Question, QuestionType
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow, column, row
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
        self._side_by_side = child_ink is not None and not look().narrow
        self._box = column(self, gap=look().room(10), margins=(side, look().room(12), side, look().room(12)))
        self._child_pad = self._pad(child_ink, child) if child_ink is not None else None
        self.ink = InkEditor(
            worker_ink or Question("worker_ink", "", QuestionType.INK),
            "sign/ink",
            f"Signature of {officer}",
            title=officer or "Your signature",
            beside=self._side_by_side,
        )
        self.name = line_box("sign/name", "Your name")
        self.name.setText(officer)
        self.passphrase = Passphrase("sign/passphrase", "Passphrase")
        self.passphrase.box.returnPressed.connect(self.sign)
        self._lay_inks()
        self._lay_who()
        self.problem = label("", "strong", "error", name="sign/problem")
        self.problem.setVisible(False)
        self._box.addWidget(self.problem)
        self._lay_act()
        self._box.addWidget(label(WHAT_IT_MEANS, "caption", "muted"))

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
        words, beside = f"Signature of {child}", self._side_by_side
        return InkEditor(question, name, words, title=child, also=self._not_to, beside=beside)

    def _lay_inks(self) -> None:
        """The child's beside the worker's where there is room, as two who were there together."""
        holder, pad = QWidget(), self._child_pad
        line = row(holder, gap=16) if self._side_by_side else column(holder, gap=look().room(10))
        if pad is not None:
            line.addWidget(pad, 1)
            pad.edited.connect(lambda: self.child_signed.emit(pad.read().value))
        line.addWidget(self.ink, 1)
        self._box.addWidget(holder)

    def _lay_who(self) -> None:
        holder = QWidget()
        line = column(holder, gap=look().room(10)) if look().narrow else row(holder, gap=16)
        self.name.setProperty("tall", True)
        passphrase = titled("Passphrase", "", self.passphrase, buddy=self.passphrase.box)
        for widget, share in ((titled("Your name on the record", "", self.name), 4), (passphrase, 5)):
            line.addWidget(widget, share, Qt.AlignmentFlag.AlignTop)
        self._box.addWidget(holder)

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
