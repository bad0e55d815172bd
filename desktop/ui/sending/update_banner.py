"""A newer Homeward: why, and one button that saves it where the person says. Nothing is installed by itself."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from casework.errors import KnownError
from desktop.flows.council import updating
from desktop.flows.council.updating import SavedUpdate, UpdateStanding
from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.panels import Banner

FETCHING = "Fetching and checking"
DOWNLOADS = QStandardPaths.StandardLocation.DownloadLocation


class UpdateBanner(Banner):
    """Whoever needs it most, below the floor, finds the same button."""

    def __init__(self, shell: Shell, found: UpdateStanding) -> None:
        self._shell = shell
        self._words = f"Save version {found.offered}"
        self._act = Button(self._words, name="sending/update", kind="decide", small=True) if found.offered else None
        super().__init__("decide" if found.floor else "draft", "laptop", found.title, found.text, self._act)
        if self._act is not None:
            self._act.clicked.connect(self._ask_where)

    def _ask_where(self) -> None:
        folder = QFileDialog.getExistingDirectory(
            self, "Save the update in", QStandardPaths.writableLocation(DOWNLOADS)
        )
        if folder:
            self._busy(words=FETCHING)
            desk = self._shell.desk
            self._shell.fetch(self, lambda: updating.save(desk, Path(folder)), self._saved, self._refused)

    def _saved(self, saved: SavedUpdate) -> None:
        self._busy(words="")
        self._shell.messages.news(f"Version {saved.version} is saved. Nothing is installed yet.", saved.words)

    def _refused(self, error: KnownError) -> None:
        self._busy(words="")
        self._shell.say(error)

    def _busy(self, *, words: str) -> None:
        if self._act is not None:
            self._act.setEnabled(not words)
            self._act.say(words or self._words)
