"""What is made ready once the door is seen: the rest of the program is loaded while somebody types a passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.flows.access.unlocking import Gate
from desktop.ui.background import Backgrounds, Mutation
from desktop.ui.collecting import loading

READY_AFTER = 100  # milliseconds from showing it: the door is drawn first


class MakingReady(QObject):
    """Beside the window's thread: what opens a store, then the pages, then what is owed. On that thread, one at each
    turn so that no key waits for all: the `duties` of the window itself."""

    def __init__(
        self, gate: Gate, workers: Backgrounds, duties: Sequence[Callable[[], object]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workers, self._duties = workers, list(duties)
        self._soon = QTimer(self, singleShot=True, interval=READY_AFTER)
        self._soon.timeout.connect(self._go_on)
        loads = (gate.make_ready, _load_first_page, gate.make_all_ready, _load_pages)
        self._to_do: list[Callable[[], object]] = [*(partial(_loaded, load) for load in loads), gate.finish_erasing]

    def begin(self) -> None:
        self._soon.start()

    def settle(self) -> None:
        """What the window still owes itself, before anything is open."""
        while self._duties:
            self._duties.pop(0)()

    def end(self) -> None:
        self._to_do.clear()
        self._soon.stop()

    def _go_on(self) -> None:
        if self._duties:
            self._duties.pop(0)()
        if self._to_do and self._workers.store.idle:
            op = self._to_do.pop(0)
            self._workers.network.run(Mutation(op, lambda _done: self.begin(), lambda _error: self.begin()))
        elif self._to_do:
            self.begin()  # whoever unlocks already comes first


def _loaded(op: Callable[[], object]) -> None:
    with loading():
        op()


def _load_first_page() -> None:
    import desktop.ui.indoors  # noqa: F401, PLC0415 - so that Today comes at once after unlocking


def _load_pages() -> None:
    import desktop.ui.screens  # noqa: F401, PLC0415
