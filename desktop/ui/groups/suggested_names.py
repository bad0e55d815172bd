"""Names beneath a box: those that hold the letters typed so far, to choose with the arrows or to write past."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from desktop.ui.theme import list_sheet

SHOWN = 7


def suggest(box: QLineEdit, names: Sequence[str]) -> None:
    """A name that is chosen counts as typed: whatever keeps what is half written keeps it too."""
    completer = QCompleter(list(names), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(SHOWN)
    shown = completer.popup()
    if shown is not None:
        shown.setObjectName(f"{box.objectName()}/names")
        shown.setAccessibleName(box.accessibleName())
        shown.setStyleSheet(list_sheet())
    completer.activated.connect(box.textEdited, Qt.ConnectionType.QueuedConnection)
    box.setCompleter(completer)
