"""What every screen is handed: the desk, the workers, the way to speak, and the way to go elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from casework.canonical import JSON
from casework.errors import KnownError
from desktop.flows.desk import Desk
from desktop.ui.background import Background, Mutation
from desktop.ui.messages import Messages

T = TypeVar("T")
UNDER_WAY = "under_way"


@dataclass(frozen=True, slots=True)
class Where:
    """A place, and what it is about: Where("form", record_id)."""

    place: str
    about: str = ""
    part: str = ""


@dataclass
class Unsaved:
    """What a failed save left in memory, by record and path; it outlives screens and a lock, not the program."""

    values: dict[str, dict[str, JSON]] = field(default_factory=dict)

    def keep(self, record_id: str, path: str, value: JSON) -> None:
        self.values.setdefault(record_id, {})[path] = value

    def drop(self, record_id: str, path: str) -> None:
        found = self.values.get(record_id, {})
        found.pop(path, None)
        if not found:
            self.values.pop(record_id, None)


class Shell(QObject):
    """Screens ask through this, and never reach for the window."""

    go_to = Signal(object)
    saved = Signal(object)
    not_saved = Signal(str)
    outbox_changed = Signal()
    look_changed = Signal()
    lock_asked = Signal()
    joined = Signal()
    rekey_asked = Signal(str, str)  # the passphrase there is, and the new one

    def __init__(
        self, desk: Desk, store: Background, network: Background, messages: Messages, unsaved: Unsaved
    ) -> None:
        super().__init__()
        self.desk, self.store, self.network = desk, store, network
        self.messages, self.unsaved = messages, unsaved

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

    def fetch(
        self,
        owner: QObject,
        op: Callable[[], T],
        success: Callable[[T], None],
        failure: Callable[[KnownError], None] | None = None,
    ) -> None:
        """Work that uses the network, or is long; saving goes on meanwhile."""
        self.network.run(Mutation(op, success, failure or self.say, owner))

    def say(self, error: KnownError) -> None:
        self.messages.problem(str(error))

    def now(self) -> datetime:
        return self.desk.now()
