"""A forgotten passphrase and no recovery code: a request to the council, its answer, and a new passphrase."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from casework.errors import KnownError
from desktop.flows.access import passphrase_and_recovery
from desktop.flows.access.unlocking import Gate, lock
from desktop.flows.desk import Desk
from desktop.ui.background import Background, Mutation
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import Flow
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.unlock.door import Door, acts, titled, way_back
from desktop.ui.unlock.new_passphrase import NewPassphrase
from desktop.ui.unlock.page import VaultButton

SEND_HINT = "Send it to your council’s administrator. It holds no passphrase and nothing of any record."
NUMBER_HINT = "They telephone you before they answer. Read this number to them: it must be the same on their screen."
ANSWER_HINT = "What the administrator sends back. Paste all of it, or open the file."
STAY = "Keep this page open until the answer comes: it is for this request only. If it is closed, ask again."


class AskCouncilPage(Door):
    """`recovered` carries the desk, open. What reads the answer is in memory, and gone with this page."""

    recovered = Signal(object)
    cancelled = Signal()

    def __init__(self, gate: Gate, store: Background, card: VaultButton) -> None:
        super().__init__("asking")
        self._gate, self._store, self._card = gate, store, card
        self._asked: passphrase_and_recovery.Asked | None = None
        self._number = label("", "section", name="asking/number")
        self.answer = WordsBox(name="asking/answer", label="The council’s answer", lines=3)
        self.new = NewPassphrase("asking", "asking/new", "New passphrase")
        self.problem = label("", "strong", "error", name="asking/problem")
        self.problem.setVisible(False)
        self._button = Button("Open with this answer", name="asking/go", kind="primary")
        self._button.clicked.connect(self.recover)
        self._open = Button("Open a file", name="asking/open", icon="folder-open")
        self._save = Button("Save as a file", name="asking/save", icon="file-down")
        self._copy = Button("Copy", name="asking/copy")
        self._said = label("", "caption", "muted", name="asking/said")
        self._lay()
        self.new.box.returnPressed.connect(self.recover)

    def start(self) -> None:
        """A store whose council never gave its key says so at once."""
        try:
            self._asked = passphrase_and_recovery.ask_council(self._card.folder, self._card.label)
        except KnownError as error:
            self._refuse(error)
            for widget in (self._save, self._copy, self._open, self._button):
                widget.setEnabled(False)
            return
        self._number.setText(self._asked.number)
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_to(self, file: Path) -> None:
        if self._asked is not None:
            text = self._asked.text
            op = Mutation(lambda: passphrase_and_recovery.save_sheet(text, file), self._saved, self._refuse, self)
            self._store.run(op)

    def read_from(self, file: Path) -> None:
        self._store.run(Mutation(lambda: passphrase_and_recovery.read_text(file), self.answer.put, self._refuse, self))

    def recover(self) -> None:
        asked = self._asked
        if asked is None or not self._button.isEnabled():
            return
        self._button.setEnabled(False)
        self._button.say("Opening")
        gate, answer, new = self._gate, self.answer.words(), self.new.text()
        op = Mutation(
            lambda: passphrase_and_recovery.recover_by_council(gate, asked, answer, new),
            self._opened,
            self._not_opened,
            self,
            lock,
        )
        self._store.run(op)

    def _opened(self, desk: Desk) -> None:
        self.new.clear()
        self.recovered.emit(desk)

    def _not_opened(self, error: KnownError) -> None:
        self._button.setEnabled(True)
        self._button.say("Open with this answer")
        self._refuse(error)

    def _refuse(self, error: KnownError) -> None:
        self.problem.setText(str(error))
        self.problem.setVisible(True)
        self.window().setWindowTitle("Error: Ask the council – Homeward")
        announce(self.problem, str(error), urgent=True)

    def _saved(self, name: str) -> None:
        self._said.setText(f"Saved as {name}.")
        announce(self._said, self._said.text())

    def _copy_it(self) -> None:
        if self._asked is not None:
            QApplication.clipboard().setText(self._asked.text)
            self._said.setText("Copied. It stays on the clipboard for one minute.")
            announce(self._said, self._said.text())

    def _save_it(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(self, "Save the request", "Homeward request.txt")
        if name:
            self.save_to(Path(name))

    def _open_it(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "The council’s answer")
        if name:
            self.read_from(Path(name))

    def _lay(self) -> None:
        self.box.addSpacing(32)
        self.box.addWidget(label("Ask the council", "page"))
        self.box.addWidget(label(f"The work of {self._card.label}, on this laptop. {STAY}", "body", "muted"))
        self.box.addSpacing(20)
        ways_out = self._ways_out()
        self.box.addWidget(titled("1. Your request", SEND_HINT, ways_out, buddy=self._save))
        self.box.addSpacing(20)
        self.box.addWidget(titled("2. Its number", NUMBER_HINT, self._number))
        self.box.addSpacing(20)
        self.box.addWidget(titled("3. The council’s answer", ANSWER_HINT, self.answer))
        self.box.addSpacing(8)
        self._open.clicked.connect(self._open_it)
        self.box.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        self.box.addSpacing(20)
        self.box.addWidget(titled("4. New passphrase", NewPassphrase.HINT, self.new, buddy=self.new.box))
        self.box.addSpacing(6)
        self.box.addWidget(self.problem)
        self.box.addSpacing(16)
        self.box.addWidget(acts(self._button, way_back("asking", self.cancelled)))
        self.box.addStretch(1)

    def _ways_out(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, gap=12)
        self._save.clicked.connect(self._save_it)
        self._copy.clicked.connect(self._copy_it)
        for widget in (self._save, self._copy, self._said):
            flow.addWidget(widget)
        return holder
