"""What every screen is handed: the desk, the workers, the way to speak, and the way to go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from casework.errors import KnownError
from desktop.flows.council.sending import SyncReport, was_erased
from desktop.flows.desk import Desk
from desktop.flows.record.editing import seal
from desktop.ui.background import Backgrounds, Mutation
from desktop.ui.frame.sending_now import SendingNow
from desktop.ui.frame.while_locked import Typed, UnsavedWords, Where, words_of
from desktop.ui.messages import Messages

__all__ = ["NOTES_ALONE", "Shell", "Typed", "Where", "words_of"]
T = TypeVar("T")
UNDER_WAY = "under_way"
NOTES_ALONE = "@notes"  # behind a part of a form: its notes lie before it


class Shell(QObject):
    """Screens ask through this, and never reach for the window."""

    go_to = Signal(object)
    typed = Signal()
    saved = Signal(object)
    not_saved = Signal(str)
    outbox_changed = Signal()
    look_changed = Signal()
    lock_asked = Signal()
    joined = Signal()
    rekey_asked = Signal(str, str)  # the passphrase there is, and the new one
    practice_asked = Signal(str)  # with the passphrase that opens it
    afresh_asked = Signal(str)  # the same, of practice that is open and begins anew

    def __init__(self, desk: Desk, workers: Backgrounds, messages: Messages, unsaved: UnsavedWords) -> None:
        super().__init__()
        self.desk, (self.store, self.network, self.spelling) = desk, workers
        self.messages, self.unsaved = messages, unsaved
        self.sending = SendingNow(desk, self.network, self)
        self.sending.unwatched.connect(self.messages.problem)
        self.sending.finished.connect(self._has_sent)
        self.last_saved: datetime | None = None
        self.saved.connect(self._was_saved)

    def go(self, place: str, about: str = "", part: str = "") -> None:
        self.go_to.emit(Where(place, about, part))

    def run(
        self,
        owner: QObject,
        op: Callable[[], T],
        success: Callable[[T], None],
        failure: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Work on the store. Without `failure` the sentence is shown on the page."""
        self.store.run(Mutation(op, success, failure or self.say, owner))

    def once(self, owner: QObject, op: Callable[[], T], success: Callable[[T], None]) -> None:
        """As `run`, but only if nothing its owner asked for in this way is still under way: on a slow disk a second
        press would begin a second record."""
        if owner.property(UNDER_WAY):
            return
        owner.setProperty(UNDER_WAY, True)

        def came(found: T) -> None:
            owner.setProperty(UNDER_WAY, False)
            success(found)

        def refused(error: KnownError) -> None:
            owner.setProperty(UNDER_WAY, False)
            self.say(error)

        self.run(owner, op, came, refused)

    def seal(self, record_id: str) -> None:
        """A record that is left has been said: Today, Team and the search know of it from then on."""
        desk = self.desk
        self.run(self, lambda: seal(desk, record_id), lambda sealed: self.outbox_changed.emit() if sealed else None)

    def fetch(
        self,
        owner: QObject,
        op: Callable[[], T],
        success: Callable[[T], None],
        failure: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Work that uses the network, or is long; saving goes on meanwhile."""
        self.network.run(Mutation(op, success, failure or self.say, owner))

    def look_up(self, owner: QObject, op: Callable[[], T], success: Callable[[T], None]) -> None:
        """In the dictionary, which takes long once and then waits for no sending."""
        self.spelling.run(Mutation(op, success, self.say, owner))

    def _has_sent(self, report: SyncReport) -> None:
        if was_erased(report):
            self.lock_asked.emit()
        else:
            self.outbox_changed.emit()

    def _was_saved(self, at: datetime) -> None:
        self.last_saved = at

    def say(self, error: KnownError) -> None:
        self.messages.problem(str(error))

    def now(self) -> datetime:
        return self.desk.now()
