"""The words that are right here though no dictionary has them: one’s own, and the names on the record."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class KnownWords(QObject):
    """Shared by the boxes of a page."""

    changed = Signal()

    def __init__(self, names: Iterable[str], parent: QObject) -> None:
        super().__init__(parent)
        self._names = frozenset(part.lower() for name in names for part in name.split())
        self.words = self._names

    def take(self, mine: Iterable[str]) -> None:
        """All of one’s own words, as they stand now."""
        self.words = self._names | {word.lower() for word in mine}
        self.changed.emit()
