"""A signed record: who signed, whether it still is what they signed, and corrections that stand beside it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from casework.errors import KnownError
from casework.forms.definition import QuestionType
from casework.forms.wording import worded
from desktop.flows import signing
from desktop.flows.records import OpenRecord
from desktop.flows.wording import day_and_time
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.buttons import Button, Link
from desktop.ui.kit.drop_down import DropDown
from desktop.ui.kit.editor import line_box
from desktop.ui.kit.layout import column
from desktop.ui.kit.narrative import WordsBox
from desktop.ui.kit.panels import Card
from desktop.ui.kit.words import label
from desktop.ui.theme import look
from desktop.ui.unlock.door import Passphrase, titled

WORDS = {QuestionType.TEXT, QuestionType.NARRATIVE}


class SignedCard(Card):
    """Offers one thing only: a correction beside the record."""

    def __init__(self, shell: Shell, record: OpenRecord, changed: Callable[[], None]) -> None:
        super().__init__("Signed")
        self._shell, self._record, self._changed = shell, record, changed
        for signed in record.view.signatures:
            state = (
                "It is exactly as it was signed."
                if signed.intact
                else "It is not what was signed. Tell your administrator."
            )
            when = day_and_time(datetime.fromisoformat(signed.at))
            self.add(_words(label(signed.name, "strong"), label(when, "caption", "muted"), label(state, "caption")))
        for amendment in record.view.amendments:
            when = day_and_time(datetime.fromisoformat(amendment.at))
            title = f"Correction by {amendment.name or 'the author'}"
            said = [label(str(change.value)) for change in amendment.changes]
            self.add(_words(label(title, "strong"), label(f"{when}. {amendment.reason}", "caption", "muted"), *said))
        self._open = Link("Add a correction", name="correct")
        self._open.clicked.connect(self._begin)
        self.add(_words(self._open))

    def _begin(self) -> None:
        self._open.setEnabled(False)
        child = self._record.child.first_name
        asked = [q for q in self._record.definition.questions() if q.id in self._record.shown and q.type in WORDS]
        options = [(q.id, worded(q.short_label or q.label, child)) for q in asked]
        self._question = DropDown(options, name="correct/question", label="Which answer?")
        self._text = WordsBox(name="correct/words", label="What it should say")
        self._reason = line_box("correct/reason", "Why")
        self._pass = Passphrase("correct/passphrase", "Passphrase")
        self._problem = label("", "strong", "error", name="correct/problem")
        self._problem.setVisible(False)
        go = Button("Sign this correction", name="correct/sign", kind="primary", icon="signature")
        go.clicked.connect(self._sign)
        self.add(
            _words(
                titled("Which answer?", "", self._question),
                titled(
                    "What it should say",
                    "The answer that was signed stays as it is, and this stands beside it.",
                    self._text,
                ),
                titled("Why", "", self._reason),
                titled("Passphrase", "", self._pass, buddy=self._pass.box),
                self._problem,
                go,
                gap=12,
            )
        )
        self._question.setFocus()

    def _sign(self) -> None:
        question, words = self._question.code(), self._text.toPlainText().strip()
        if question is None or not words:
            self._refuse("Choose the answer, and write what it should say.")
            return
        desk, record_id, officer = self._shell.desk, self._record.record_id, self._shell.desk.officer.name
        reason, passphrase = self._reason.text(), self._pass.text()
        self._shell.run(
            self,
            lambda: signing.amend(
                desk, record_id, question=question, value=words, reason=reason, name=officer, passphrase=passphrase
            ),
            self._done,
            lambda error: self._refuse(str(error)),
        )

    def _done(self, _operation: str) -> None:
        self._shell.outbox_changed.emit()
        self._shell.messages.news("The correction is signed, and stands beside the record.")
        self._changed()

    def _refuse(self, text: str | KnownError) -> None:
        self._problem.setText(str(text))
        self._problem.setVisible(True)


def _words(*widgets: QWidget, gap: int = 2) -> QWidget:
    holder = QWidget()
    side = look().room(16)
    box = column(holder, gap=gap, margins=(side, look().room(10), side, look().room(10)))
    for widget in widgets:
        box.addWidget(widget)
    return holder
