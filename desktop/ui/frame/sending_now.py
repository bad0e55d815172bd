"""A sending that a person asked for: it goes on whatever page they are on, until it is done or they stop it."""

from __future__ import annotations

from threading import Event

from PySide6.QtCore import QObject, Signal

from casework.errors import KnownError
from desktop.flows.council import sending as flow
from desktop.flows.council.sending import SyncReport
from desktop.flows.desk import Desk
from desktop.ui.background import Background, Mutation

STAGES = {"sending": "Sending", "receiving": "Receiving", "files": "Sending files"}


class SendingNow(QObject):
    """One for each unlocking. `changed` says that `words` are others or that it began; what it came to is told to a
    page that watches, and to `unwatched` while none does."""

    changed = Signal()
    finished = Signal(object)
    failed = Signal(object)
    unwatched = Signal(str)

    def __init__(self, desk: Desk, network: Background, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._network = desk, network
        self._stop: Event | None = None
        self.words = ""
        self.is_watched = False

    @property
    def is_under_way(self) -> bool:
        return self._stop is not None

    def begin(self, *, losses_confirmed: bool = False) -> None:
        """Nothing while one is under way."""
        if self._stop is not None:
            return
        stop, desk = Event(), self._desk
        self._stop = stop
        tell = self._network.channel(self, self._went_on)
        self._say("Reaching the council")

        def work() -> SyncReport:
            return flow.sync(desk, tell, stop.is_set, losses_confirmed=losses_confirmed)

        self._network.run(Mutation(work, self._came, self._refused, self))

    def stop(self) -> None:
        """After what is under way at this moment."""
        if self._stop is not None:
            self._stop.set()
            self._say("Stopping after what is under way")

    def rest(self) -> None:
        """The laptop is being locked: it ends at its next step, unheard. What was not sent waits."""
        self.stop()
        self.blockSignals(True)

    def _went_on(self, stage: str, done: int, of: int) -> None:
        if self._stop is not None and not self._stop.is_set():
            self._say(f"{STAGES.get(stage, stage.capitalize())}: {done} of {max(of, done)}")

    def _came(self, report: SyncReport) -> None:
        self._end()
        self.finished.emit(report)
        if report.problem and not self.is_watched:
            self.unwatched.emit(report.problem)

    def _refused(self, error: KnownError) -> None:
        self._end()
        self.failed.emit(error)
        if not self.is_watched:
            self.unwatched.emit(str(error))

    def _end(self) -> None:
        self._stop = None
        self._say("")

    def _say(self, words: str) -> None:
        self.words = words
        self.changed.emit()
