"""Writing a correction: which answer, what it should say, why; kept while it is written, signed once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from casework.forms.definition import QuestionType
from casework.forms.wording import worded
from desktop.flows import correcting
from desktop.flows.correcting import Correction
from desktop.flows.records import OpenRecord
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.buttons import Button, Link
from desktop.ui.kit.drop_down import DropDown
from desktop.ui.kit.editor import line_box
from desktop.ui.kit.layout import beside, column
from desktop.ui.kit.narrative import WordsBox
from desktop.ui.kit.words import label
from desktop.ui.unlock.door import Passphrase, titled

WORDS = {QuestionType.TEXT, QuestionType.NARRATIVE}
PAUSE_MS = 300  # between the last letter and keeping it
BESIDE = "The answer that was signed stays as it is, and this stands beside it."
KEPT = "Kept on this laptop until you sign it."


class CorrectionForm(QWidget):
    """`done` once it is signed, `discarded` once its person wants none."""

    done = Signal()
    discarded = Signal()

    def __init__(self, shell: Shell, record: OpenRecord, found: Correction) -> None:
        super().__init__()
        self._shell, self._record_id, self._kept = shell, record.record_id, found
        child = record.child.first_name
        asked = [q for q in record.definition.questions() if q.id in record.shown and q.type in WORDS]
        options = [(q.id, worded(q.short_label or q.label, child)) for q in asked]
        self.question = DropDown(options, name="correct/question", label="Which answer?")
        self._words = WordsBox(name="correct/words", label="What it should say")
        self._reason = line_box("correct/reason", "Why")
        self._pass = Passphrase("correct/passphrase", "Passphrase")
        self._problem = label("", "strong", "error", name="correct/problem")
        self._problem.setVisible(False)
        self._go = Button("Sign this correction", name="correct/sign", kind="primary", icon="signature")
        self._discard = Link("Discard it", name="correct/discard")
        self._fill(found)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.save_now)
        for typed in (self._words.textChanged, self._reason.textChanged, self.question.currentIndexChanged):
            typed.connect(self._pause.start)
        self._go.clicked.connect(self._sign)
        self._discard.clicked.connect(self._forget)

    def written(self) -> Correction:
        return Correction(self.question.code() or "", self._words.toPlainText(), self._reason.text())

    def save_now(self) -> None:
        """A half-written correction outlives the page and the program."""
        self._pause.stop()
        if self._go.isEnabled() and self.written() != self._kept:  # disabled, it is being signed or discarded
            self._kept = self.written()
            keep = partial(correcting.keep, self._shell.desk, self._record_id, self._kept)
            self._shell.run(self._shell, keep, lambda _done: self._shell.saved.emit(self._shell.now()))

    def _fill(self, found: Correction) -> None:
        self.question.put(found.question or None)
        self._words.put(found.words)
        self._reason.setText(found.reason)

    def _lay_out(self) -> None:
        box = column(self, gap=12)
        for part in (
            titled("Which answer?", "", self.question),
            titled("What it should say", BESIDE, self._words),
            titled("Why", "", self._reason),
            label(KEPT, "caption", "muted"),
            titled("Passphrase", "", self._pass, buddy=self._pass.box),
            self._problem,
            beside(self._go, self._discard, QWidget(), stretch=2),
        ):
            box.addWidget(part)

    def _sign(self) -> None:
        found = self.written()
        if not found.question or not found.words.strip():
            self._refuse("Choose the answer, and write what it should say.")
            return
        self.save_now()
        self._busy(busy=True)
        desk, passphrase = self._shell.desk, self._pass.text()
        name = desk.officer.name
        deed = partial(correcting.sign, desk, self._record_id, found, name=name, passphrase=passphrase)
        self._shell.run(self, deed, self._signed, self._refused)

    def _signed(self, _operation: str) -> None:
        self._shell.outbox_changed.emit()
        self._shell.messages.news("The correction is signed, and stands beside the record.")
        self.done.emit()

    def _forget(self) -> None:
        self._busy(busy=True)
        forget: Callable[[], None] = partial(correcting.keep, self._shell.desk, self._record_id, Correction())
        self._shell.run(self, forget, lambda _done: self.discarded.emit(), self._refused)

    def _refused(self, error: KnownError) -> None:
        self._busy(busy=False)
        self._refuse(str(error))

    def _busy(self, *, busy: bool) -> None:
        """Pressed twice while the passphrase is looked at, it would be signed twice."""
        self._pause.stop()
        for part in (self._go, self._discard):
            part.setEnabled(not busy)

    def _refuse(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(True)
