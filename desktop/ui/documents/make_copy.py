"""Making one copy of a signed record: for whom, what it leaves out and why, and where it goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.errors import KnownError
from desktop.flows.signing import exporting
from desktop.flows.signing.copy_log import Given
from desktop.flows.signing.copy_password import made_password
from desktop.flows.signing.exporting import CopyChoice, Exported
from desktop.ui.documents.password_card import PasswordCard
from desktop.ui.frame.kept_box import KeptBox
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.checks import CheckBox
from desktop.ui.kit.basics.drop_down import DropDown
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, empty, row, stacked
from desktop.ui.kit.basics.panels import Banner, Card
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.basics.segments import Segments
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.theme import look
from desktop.ui.unlock.door import titled

HOW = [("secure_email", "Secure email"), ("post", "Post"), ("by_hand", "By hand"), ("printed", "Printed")]


class MakeCopy(Card):
    """`copies` is never empty; `names` gives a file name for each; `signed_by` is another officer who signed, if it was
    one. `check_asked` carries the PDF just made."""

    check_asked = Signal(object)
    copied = Signal()

    def __init__(
        self,
        shell: Shell,
        record_id: str,
        copies: Sequence[CopyChoice],
        names: Mapping[str, str],
        *,
        signed_by: str = "",
    ) -> None:
        super().__init__("Who is it for?")
        self.replaced = False  # a plan that is not the live one, wanted all the same
        self._signed_by = signed_by
        self._shell, self._record_id, self._every, self._names = shell, record_id, copies, names
        self._copy = copies[0]
        options = [(copy.name, copy.title) for copy in copies]
        self._copies = DropDown(options, name="documents/copy", label="Who is it for?")
        self._given_to = line_box("documents/given_to", "Who gets it")
        self._how = Segments(HOW, name="documents/how", label="How it goes")
        self._left_out = column(gap=4)
        self._to = line_box("documents/to", "Where to save it")
        self._protect = CheckBox("Protect with a password", name="documents/protect")
        self._save = Button("Save the PDF", name="documents/save", kind="primary", icon="file-down", key="Ctrl+Enter")
        self._state = label("", "body", name="documents/state")
        self._result = column(gap=look().room(8))
        self._lay_out()
        self._copies.activated.connect(lambda _index: self._chose(self._copies.code()))
        self._save.clicked.connect(self.make)
        self._pick(self._copy.name)
        self._kept = KeptBox(shell, record_id, "documents/to", self._to)
        self._kept_given = KeptBox(shell, record_id, "documents/given_to", self._given_to)

    def take_focus(self) -> None:
        self._copies.setFocus()

    def _lay_out(self) -> None:
        side = look().room(16)
        body = QWidget()
        box = column(body, gap=look().room(14), margins=(side, look().room(12), side, look().room(16)))
        self._copies.setMaximumWidth(look().px(480))
        box.addWidget(self._copies)
        if self._signed_by:
            told = f"{self._signed_by} signed this record. The PDF says so, and that you made the copy."
            box.addWidget(label(told, "body", "muted", name="documents/copied"))
        box.addLayout(self._left_out)
        hint = "A name or a place. It stands in the log of copies, so that they can be told when this is replaced."
        box.addWidget(titled("Who gets it", hint, self._given_to))
        box.addWidget(titled("How it goes", "", self._how, buddy=self._how.target()))
        browse = Button("Choose a folder", name="documents/browse", icon="folder-open")
        browse.clicked.connect(self._browse)
        where = QWidget()
        line = row(where, gap=8)
        line.addWidget(self._to, 1)
        line.addWidget(browse)
        hint = "The file’s name holds no child’s name. Anyone with the file can read it: keep it where it belongs."
        box.addWidget(titled("Where to save it", hint, where, buddy=self._to))
        box.addWidget(stacked(self._protect, label(_PROTECT, "caption", "muted"), gap=4))
        act = row(gap=16)
        act.addWidget(self._save)
        pages = Button("Look at it, or print it", name="documents/look", icon="printer")
        pages.clicked.connect(lambda: self._shell.go("preview", self._record_id, self._copy.name))
        act.addWidget(pages)
        act.addWidget(self._state, 1)
        box.addLayout(act)
        box.addLayout(self._result)
        self.add(body)

    def _chose(self, code: object) -> None:
        """A choice taken back falls to the first copy: there is always one."""
        self._pick(code if isinstance(code, str) else self._every[0].name)
        self._kept.keep()

    def _pick(self, name: str) -> None:
        self._copies.put(name)
        self._copy = next(copy for copy in self._every if copy.name == name)
        empty(self._left_out)
        if not self._copy.allowed:
            self._left_out.addWidget(label("This copy may not be made", "strong"))
        self._left_out.addWidget(label(self._copy.why, "body", "muted"))
        if self._copy.withheld:
            self._left_out.addWidget(label("Left out of this copy, which does not say so:", "strong"))
        for what, why in self._copy.withheld:
            end = "" if what.endswith("?") else "."
            self._left_out.addWidget(label(f"{what}{end} {why}", "caption", "muted"))
        self._save.setEnabled(self._copy.allowed)
        folder = Path(self._to.text()).parent if self._to.text() else Path.home()
        self._to.setText(str(folder / self._names[name]))

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where to save it", str(Path(self._to.text()).parent))
        if folder:
            self._to.setText(str(Path(folder) / Path(self._to.text()).name))
            self._kept.keep()

    def make(self) -> None:
        """On the long worker, so that saving elsewhere never waits for a PDF."""
        if not self._save.isEnabled():
            return
        empty(self._result)
        self._save.setEnabled(False)
        self._state.setText("Making the PDF")
        desk, record_id, copy, to = self._shell.desk, self._record_id, self._copy.name, Path(self._to.text())
        replaced, given = self.replaced, Given(self._given_to.words(), self._how.code() or "")
        password = made_password() if self._protect.isChecked() else ""
        self._shell.fetch(
            self,
            lambda: exporting.export(desk, record_id, copy, to, replaced=replaced, given=given, password=password),
            lambda made: self._made(made, password),
            self._not_made,
        )

    def _made(self, made: Exported, password: str) -> None:
        self._kept.forget()
        self._kept_given.forget()
        self.copied.emit()
        self._shell.outbox_changed.emit()
        self._save.setEnabled(True)
        self._state.setText("")
        left = "The copy does not tell what is left out of it. " if made.withheld else ""
        check = Link("Check it now", name="documents/check-it")
        check.clicked.connect(lambda: self.check_asked.emit(made.path))
        title = f"Saved as {made.path.name}"
        self._result.addWidget(
            Banner("draft", "file-check", title, f"{left}It is signed, in {made.path.parent}. {made.note}", check)
        )
        if password:
            self._result.addWidget(PasswordCard(password))
        announce(self._save, title)

    def _not_made(self, error: KnownError) -> None:
        self._save.setEnabled(True)
        self._state.setText("")
        self._result.addWidget(Banner("problem", "triangle-alert", str(error), ""))
        self.window().setWindowTitle("Error: Save a PDF – Homeward")
        announce(self._save, str(error), urgent=True)


_PROTECT = (
    "Nobody opens it without. Homeward makes the password and shows it once, when the copy is saved. Who signed it, "
    "and for which council, can be read without the password."
)
