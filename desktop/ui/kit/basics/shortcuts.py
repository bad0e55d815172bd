"""Keys that mean the same everywhere, also inside a box of words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

# On some systems Qt's boxes take Ctrl+K and Ctrl+U to delete a line: in a child's words, of all places.
OURS = {Qt.Key.Key_H, Qt.Key.Key_K, Qt.Key.Key_U, Qt.Key.Key_Return, Qt.Key.Key_Enter}
KEYS = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress})  # a box looks here first: most events are none
UNDONE_BY_THE_PAGE = "undone_by_the_page"  # a property of boxes: their page takes back, across all of them


def takes_back(event: QEvent) -> bool:
    """Ctrl+Z, with or without Shift."""
    if event.type() not in KEYS or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Z:
        return False
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def is_ours(event: QEvent) -> bool:
    """Whether a box must leave this key to the window."""
    if event.type() not in KEYS or not isinstance(event, QKeyEvent):
        return False
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier) and event.key() in OURS
