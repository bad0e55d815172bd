"""The work on pictures, done off the window's thread; each answer comes back to whoever is still looking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from desktop.flows.desk import Desk
from desktop.flows.record import samples
from desktop.flows.record.attaching import ONE_KEPT
from desktop.flows.record.samples import Edit, Kept, Sheet
from desktop.ui.messages import Messages

T = TypeVar("T")


class Workers(Protocol):
    """What the work on pictures asks of the window: the desk, a hand off its thread, and a way to speak."""

    messages: Messages

    @property
    def desk(self) -> Desk: ...

    def fetch(self, owner: QObject, op: Callable[[], T], success: Callable[[T], None]) -> None: ...

    def run(self, owner: QObject, op: Callable[[], T], success: Callable[[T], None]) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """The row a picture is for, there or not yet; `instead_of` names the picture it holds now."""

    group: str
    row_id: str
    instead_of: str = ""


class Pictures:
    """Of one record. What lies on the table is in memory only, and stays there while its form is open."""

    def __init__(self, workers: Workers, record_id: str) -> None:
        self._workers, self._record_id = workers, record_id
        self.on_table: list[Sheet] = []

    def open(self, owner: QObject, file: Path, then: Callable[[Sheet | None], None]) -> None:
        """Off the window’s thread. `then` is given None for a document, which is kept as it is; other trouble is said
        on the page."""
        self._workers.fetch(owner, lambda: samples.open_file(file), then)

    def paste(self, owner: QObject, data: bytes, then: Callable[[Sheet], None]) -> None:
        """As `open`, of the bytes of a picture that was copied elsewhere."""
        self._workers.fetch(owner, lambda: samples.open_pasted(data), then)

    def reopen(self, owner: QObject, sha256: str, name: str, then: Callable[[Sheet], None]) -> None:
        """One that is kept already, decrypted into memory off the window’s thread."""
        desk = self._workers.desk
        self._workers.fetch(owner, lambda: samples.open_kept(desk, sha256, name), then)

    def preview(self, owner: QObject, sheet: Sheet, edits: Sequence[Edit], then: Callable[[bytes], None]) -> None:
        """How it would look with these edits, as a JPEG, made off the window’s thread."""
        self._workers.fetch(owner, lambda: samples.preview(sheet, edits), then)

    def small(self, owner: QObject, sha256: str, then: Callable[[bytes | None], None]) -> None:
        """As a card shows it; `then` is given None for a document, and while it is not on this laptop."""
        desk = self._workers.desk
        self._workers.fetch(owner, lambda: samples.small(desk, sha256), then)

    def keep(
        self, owner: QObject, sheet: Sheet, edits: Sequence[Edit], place: Place, then: Callable[[Kept], None]
    ) -> None:
        """On the store's worker, in its turn with every save."""
        desk, record_id, row = self._workers.desk, self._record_id, (place.group, place.row_id)
        self._workers.run(
            owner, lambda: samples.keep(desk, record_id, sheet, edits, row=row, instead_of=place.instead_of), then
        )
        if sheet in self.on_table:
            self.on_table.remove(sheet)

    def tell_what_is_left_behind(self, sheet: Sheet) -> None:
        if said := samples.notice(sheet):
            self.say(ONE_KEPT, said)

    def say(self, title: str, text: str) -> None:
        self._workers.messages.news(title, text)
