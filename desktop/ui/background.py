"""Work that must not hold up the window: one worker for the store, one for the network, one signal for answers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from shiboken6 import isValid

from casework.errors import KnownError

T = TypeVar("T")


@dataclass(frozen=True)
class Mutation(Generic[T]):
    """`op` runs off the window's thread and must touch no widget; the other two run on it.

    Nothing is called once `owner` is gone: a screen that was left takes no news.
    """

    op: Callable[[], T]
    success: Callable[[T], None]
    failure: Callable[[KnownError], None]
    owner: QObject | None = None


class Background(QObject):
    """A single worker: what is given first is done first, so a save never overtakes another."""

    _done = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"homeward-{name}")
        self._given: dict[int, Mutation[Any]] = {}
        self._number = 0
        self._done.connect(self._finish, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """True when everything given so far has been done and answered."""
        return not self._given

    def run(self, mutation: Mutation[T]) -> None:
        """The worker is given a number only: it must never hold the last reference to a screen."""
        self._number += 1
        number = self._number
        self._given[number] = mutation
        self._pool.submit(self._work, number).add_done_callback(lambda done: self._done.emit(number, done))

    def drain(self) -> None:
        """Waits, with the window alive, until idle. For closing, and for those who drive the window."""
        loop = QEventLoop()
        while not self.idle:
            loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def close(self) -> None:
        self.drain()
        self._pool.shutdown(wait=True)

    def _work(self, number: int) -> object:
        return self._given[number].op()

    def _finish(self, number: int, done: Future[object]) -> None:
        """What is not a KnownError is raised here, on the window's thread, where the one top catches it."""
        mutation = self._given.pop(number)
        error = done.exception()
        if isinstance(error, KnownError):
            error.__traceback__ = None  # its frames hold what the worker may be the last to let go
        if mutation.owner is not None and not isValid(mutation.owner):
            if error is not None and not isinstance(error, KnownError):
                raise error
            return
        if error is None:
            mutation.success(done.result())
        elif isinstance(error, KnownError):
            mutation.failure(error)
        else:
            raise error
