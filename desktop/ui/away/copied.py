"""What was copied from Homeward does not stay on the clipboard: a minute, or until it locks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

STAYS_MS = 60_000
MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
OWN_ONLY = {"offscreen", "minimal", "vnc"}  # platforms whose clipboard no other program can reach
Owns = Callable[[QClipboard.Mode], bool]


class Copied(QObject):
    """Only what this program put there is ever taken away; what another put there since is not ours to touch."""

    def __init__(self, clipboard: QClipboard, owns: Owns | None = None) -> None:
        super().__init__()
        self._clipboard = clipboard
        self._owns = owns or self._owned
        self._put: dict[QClipboard.Mode, bytes] = {}
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(STAYS_MS)
        self.timer.timeout.connect(self.clear)
        clipboard.changed.connect(self._changed)

    def clear(self) -> None:
        """Takes away what was copied here, and nothing else."""
        self.timer.stop()
        noted, self._put = self._put, {}
        for mode, mark in noted.items():
            if self._owns(mode) and self._mark(mode) == mark:
                self._clipboard.clear(mode)

    def _changed(self, mode: QClipboard.Mode) -> None:
        self._put.pop(mode, None)
        if mode in MODES and self._owns(mode) and self._clipboard.text(mode):
            self._put[mode] = self._mark(mode)
            self.timer.start()

    def _mark(self, mode: QClipboard.Mode) -> bytes:
        """Enough to know it again by; the words themselves are not kept."""
        from hashlib import sha256  # noqa: PLC0415 - nothing is copied at the door

        return sha256(self._clipboard.text(mode).encode("utf-8", "surrogatepass")).digest()

    def _owned(self, mode: QClipboard.Mode) -> bool:
        if QGuiApplication.platformName() in OWN_ONLY:
            return mode == QClipboard.Mode.Clipboard
        return self._clipboard.ownsSelection() if mode == QClipboard.Mode.Selection else self._clipboard.ownsClipboard()
