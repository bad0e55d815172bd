"""A disk that is full or may not be written: everything of a store is brought to another folder, and opened there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from casework.errors import KnownError
from desktop.flows.access import backups
from desktop.flows.access.backups import Elsewhere
from desktop.flows.access.unlocking import Gate, lock
from desktop.ui.background import Background, Mutation
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import row
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.boxes.line_box import line_box
from desktop.ui.unlock.door import Door, Passphrase, acts, titled, way_back
from desktop.ui.unlock.page import VaultButton

TITLE = "Bring your work to another folder"
WHY = (
    "When the disk is full, or Homeward may not write on it, your work can still be read. It is copied, encrypted "
    "as it is, to a folder with room, such as one on a stick. Nothing is changed or taken away here."
)
NO_FOLDER = "Choose a folder that is there first. A stick has to be plugged in."
AFTERWARDS = "From then on you work there, and no longer here. Tell your administrator, so that Homeward starts there."


class RescuePage(Door):
    """`rescued` carries where the work is now, open."""

    rescued = Signal(object)
    cancelled = Signal()

    def __init__(self, gate: Gate, store: Background, card: VaultButton) -> None:
        super().__init__("rescue")
        self._gate, self._store, self._card = gate, store, card
        self.folder = line_box("rescue/folder", "Folder with room")
        self.pass_box = Passphrase("rescue/passphrase", "Passphrase")
        self.problem = label("", "strong", "error", name="rescue/problem")
        self.problem.setVisible(False)
        self._button = Button("Bring everything there", name="rescue/go", kind="primary")
        self._button.clicked.connect(self.bring)
        self.pass_box.box.returnPressed.connect(self.bring)
        self._lay()

    def start(self) -> None:
        self.folder.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring(self) -> None:
        """The passphrase is stretched, every file copied, and the copy opened: some seconds."""
        if not self._button.isEnabled():
            return
        words = self.folder.words().strip()
        if not words or not Path(words).is_dir():
            self._say(NO_FOLDER)
            self.folder.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._busy(busy=True)
        gate, store, secret, home = self._gate, self._card.folder, self.pass_box.text(), Path(words) / "Homeward"
        self._store.run(
            Mutation(
                lambda: backups.go_on_elsewhere(gate, store, secret, home),
                self._brought,
                self._refused,
                self,
                lambda found: lock(found.desk),
            )
        )

    def _brought(self, found: Elsewhere) -> None:
        self.pass_box.clear()
        self.rescued.emit(found)

    def _refused(self, error: KnownError) -> None:
        self._busy(busy=False)
        self._say(str(error))
        self.pass_box.box.selectAll()
        self.pass_box.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _busy(self, *, busy: bool) -> None:
        self._button.setEnabled(not busy)
        self._button.say("Bringing everything there" if not busy else "Copying")

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(True)
        self.window().setWindowTitle(f"Error: {TITLE} – Homeward")
        announce(self.problem, problem, urgent=True)

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "A folder with room", self.folder.words())
        if chosen:
            self.folder.put(chosen)

    def _where(self) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=8)
        browse = Button("Choose a folder", name="rescue/browse", icon="folder-open")
        browse.clicked.connect(self._browse)
        line.addWidget(self.folder, 1)
        line.addWidget(browse)
        return holder

    def _lay(self) -> None:
        self.box.addSpacing(32)
        self.box.addWidget(label(TITLE, "page"))
        self.box.addWidget(label(f"The work of {self._card.label}, on this laptop.", "body", "muted"))
        self.box.addSpacing(12)
        self.box.addWidget(label(WHY))
        for widget in (
            titled("Folder with room", "A folder called Homeward is made in it.", self._where(), buddy=self.folder),
            titled("Passphrase", "", self.pass_box, buddy=self.pass_box.box),
        ):
            self.box.addSpacing(20)
            self.box.addWidget(widget)
        self.box.addSpacing(6)
        self.box.addWidget(self.problem)
        self.box.addSpacing(16)
        self.box.addWidget(acts(self._button, way_back("rescue", self.cancelled)))
        self.box.addSpacing(16)
        self.box.addWidget(label(AFTERWARDS, "caption", "muted"))
        self.box.addStretch(1)
