"""Words in place of a blank page while something is read; not shown at all when it comes at once."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.panels import Scroller
from desktop.ui.kit.basics.screen_reader import announce

PATIENCE_MS = 300


class WaitingLabel:
    """Begins when it is made; `done` takes the words away, or sees to it that they never come."""

    def __init__(self, words: str, page: Scroller) -> None:
        self._words, self._page = words, page
        self._label = label(words, "body", "muted", name=f"{page.objectName()}/waiting")
        self._label.hide()
        page.add(self._label)
        self._timer = QTimer(page)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._show)
        self._timer.start(PATIENCE_MS)

    def done(self) -> None:
        self._timer.stop()
        if isValid(self._label):
            self._label.hide()

    def _show(self) -> None:
        if isValid(self._label):
            self._label.show()
            announce(self._label, self._words)
