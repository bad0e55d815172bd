"""Work that must not hold up the window: a worker each for store, network and spelling, one signal for answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, Signal
from shiboken6 import isValid

from casework.errors import KnownError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Mutation(NamedTuple, Generic[T]):
    """`op` runs off the window's thread and must touch no widget; the other two run on it.

    Once `owner` is gone, or says nothing more because its signals are blocked, a screen that was left takes no news:
    what came of the work goes to `lost`, if anything is to be done about it, and a failure to whoever hears `unheard`.
    """

    op: Callable[[], T]
    success: Callable[[T], None]
    failure: Callable[[KnownError], None]
    owner: QObject | None = None
    lost: Callable[[T], None] | None = None


class Background(QObject):
    """A single worker: what is given first is done first, so a save never overtakes another."""

    unheard = Signal(object)  # a failure that nobody is left to hear
    _done = Signal(object, object)
    _told = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._given: dict[int, Mutation[Any]] = {}
        self._channels: dict[int, tuple[QObject, Callable[..., None]]] = {}
        self._number = 0
        self._done.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._hear, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        """Begins with the first work; at the door there is none."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix=f"homeward-{self._name}")

    @property
    def idle(self) -> bool:
        """True when everything given so far has been done and answered."""
        return not self._given

    def run(self, mutation: Mutation[T]) -> None:
        """The worker is given a number only: it must never hold the last reference to a screen."""
        self._number += 1
        number = self._number
        self._given[number] = mutation
        try:
            work = self._pool.submit(self._work, number)
        except RuntimeError:  # it has ended: whoever waits for it must not wait for this
            del self._given[number]
            raise
        work.add_done_callback(lambda done: self._done.emit(number, done))

    def channel(self, owner: QObject, heard: Callable[..., None]) -> Callable[..., None]:
        """For an `op` to tell how far it is: called on the worker, `heard` on the window’s thread, and no longer once
        `owner` is gone. As with the work itself, the worker is given a number and holds no screen."""
        self._number += 1
        number, told = self._number, self._told
        self._channels[number] = (owner, heard)
        return lambda *said: told.emit(number, said)

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

    def _hear(self, number: int, said: tuple[object, ...]) -> None:
        owner, heard = self._channels.get(number, (None, None))
        if owner is None or heard is None:
            return
        if _is_gone(owner):
            del self._channels[number]
        else:
            heard(*said)

    def _finish(self, number: int, done: Future[object]) -> None:
        """What is not a KnownError is raised here, on the window's thread, where the one top catches it."""
        mutation = self._given.pop(number)
        error = done.exception()
        if isinstance(error, KnownError):
            error.__traceback__ = None  # its frames hold what the worker may be the last to let go
        if error is not None and not isinstance(error, KnownError):
            raise error
        if mutation.owner is not None and _is_gone(mutation.owner):
            self._left_alone(mutation, done, error)
        elif error is None:
            mutation.success(done.result())
        else:
            mutation.failure(error)

    def _left_alone(self, mutation: Mutation[Any], done: Future[object], error: KnownError | None) -> None:
        if error is not None:
            self.unheard.emit(error)
        elif mutation.lost is not None:
            mutation.lost(done.result())


class Backgrounds(NamedTuple):
    """One for each kind of work that must not wait for another."""

    store: Background
    network: Background
    spelling: Background


def _is_gone(owner: QObject) -> bool:
    """Deleted, or left and about to be: what was done already when a page was left may come before its end does."""
    return not isValid(owner) or owner.signalsBlocked()
