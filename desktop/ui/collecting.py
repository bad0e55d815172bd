"""Python's cycle collector, kept on the window's thread."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer

AFTER_MS = 500
_LOADING = Event()


@contextmanager
def loading() -> Iterator[None]:
    """Modules are no garbage. While they come, on whichever thread, nothing is looked through, and they never are
    again: each look at all of them held up a key for fifty milliseconds."""
    before = len(sys.modules)
    _LOADING.set()
    try:
        yield
    finally:
        if len(sys.modules) > before:
            gc.freeze()
        _LOADING.clear()


class Collector(QObject):
    """Widgets hang in reference cycles, and Qt must not see them die on a worker's thread.

    Left to itself the collector runs on whichever thread happens to allocate; a store or network worker that did so
    while a screen was garbage brought the whole program down. So it is switched off, and run here a moment after
    something was done: while nobody does anything, nothing wakes.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self.look)
        events = QAbstractEventDispatcher.instance()
        if events is not None:
            events.aboutToBlock.connect(self._look_soon)

    def look(self) -> None:
        """Collects the oldest generation whose count is past its threshold, as the interpreter itself would."""
        generation = None if _LOADING.is_set() else _full()
        if generation is not None:
            gc.collect(generation)

    def _look_soon(self) -> None:
        """Asked each time that the window has nothing more to do."""
        if not self._timer.isActive() and _full() is not None:
            self._timer.start()


def _full() -> int | None:
    counts, thresholds = gc.get_count(), gc.get_threshold()
    return next((one for one in (2, 1, 0) if counts[one] > thresholds[one] > 0), None)
