"""Writing a correction: which answer, what it should say, why; kept while it is written, signed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from casework.forms.definition import QuestionType
from casework.forms.wording import worded
from casework.typed_words import Half
from desktop.flows.record.editing import OpenRecord
from desktop.flows.signing import correcting
from desktop.flows.signing.correcting import Correction, keep_part
from desktop.flows.signing.signs_without_shape import said_of_words
from desktop.ui.frame.autosave import Autosave
from desktop.ui.frame.shell import Shell, words_of
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import beside, column
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.unlock.door import Passphrase, titled

WORDS = {QuestionType.TEXT, QuestionType.NARRATIVE}
BESIDE = "The answer that was signed stays as it is, and this stands beside it."
KEPT = "Kept on this laptop until you sign it."


class CorrectionForm(QWidget):
    """`done` once it is signed, `discarded` once its person wants none."""

    done = Signal()
    discarded = Signal()

    def __init__(self, shell: Shell, record: OpenRecord, found: Correction) -> None:
        super().__init__()
        self._shell, self._record_id = shell, record.record_id
        desk, record_id = shell.desk, record.record_id
        self._kept = Autosave(
            shell, f"{record_id}.correction", lambda part, half: keep_part(desk, record_id, part, words_of(half)), self
        )
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
        self._shapeless = label("", "caption", "draft")
        self._words.textChanged.connect(self._look_at_signs)
        self._fill(found)
        self._lay_out()
        self._look_at_signs()
        self._words.textChanged.connect(lambda: self._typed("words", self._words.words()))
        self._reason.textChanged.connect(lambda: self._typed("reason", self._reason.words()))
        self.question.currentIndexChanged.connect(lambda: self._typed("question", self.question.code() or ""))
        self._go.clicked.connect(self._sign)
        self._discard.clicked.connect(self._forget)

    def written(self) -> Correction:
        return Correction(self.question.code() or "", self._words.words(), self._reason.words())

    def save_now(self) -> None:
        """A half-written correction outlives the page and the program."""
        self._kept.save_now()

    def _typed(self, part: str, words: str) -> None:
        if self._go.isEnabled():  # disabled, it is being signed or discarded
            self._kept.later(part, Half(words))

    def _fill(self, found: Correction) -> None:
        unsaved = {part: words_of(half) for part, half in self._kept.left_unsaved().items()}
        found = replace(found, **unsaved)
        self.question.put(found.question or None)
        self._words.put(found.words)
        self._reason.put(found.reason)

    def _lay_out(self) -> None:
        box = column(self, gap=12)
        for part in (
            titled("Which answer?", "", self.question),
            titled("What it should say", BESIDE, self._words),
            self._shapeless,
            titled("Why", "", self._reason),
            label(KEPT, "caption", "muted"),
            titled("Passphrase", "", self._pass, buddy=self._pass.box),
            self._problem,
            beside(self._go, self._discard, QWidget(), stretch=2),
        ):
            box.addWidget(part)

    def _look_at_signs(self) -> None:
        said = said_of_words(self._words.toPlainText())
        self._shapeless.setText(said)
        self._shapeless.setVisible(bool(said))

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
        self.save_now()
        self._busy(busy=True)
        forget: Callable[[], None] = partial(correcting.keep, self._shell.desk, self._record_id, Correction())
        self._shell.run(self, forget, lambda _done: self.discarded.emit(), self._refused)

    def _refused(self, error: KnownError) -> None:
        self._busy(busy=False)
        self._refuse(str(error))

    def _busy(self, *, busy: bool) -> None:
        """Pressed twice while the passphrase is looked at, it would be signed twice."""
        for part in (self._go, self._discard):
            part.setEnabled(not busy)

    def _refuse(self, text: str) -> None:
        self._problem.setText(text)
        self._problem.setVisible(True)
