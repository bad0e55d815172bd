"""What is chosen by a screen reader's own action counts as a press: Qt changes the mark then and says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as Below
else:
    Below = object  # Qt’s own class comes beside it: two of Qt’s under one of ours do not go

_QUIETLY = "shown-by-the-program"


class ByAction(Below):
    """Beside a tick box or a radio button, in front of Qt's class. An answer marked and not kept would be lost."""

    def setChecked(self, on: bool) -> None:
        """By the program, which shows an answer that is kept already."""
        self.setProperty(_QUIETLY, True)
        super().setChecked(on)
        self.setProperty(_QUIETLY, False)

    def checkStateSet(self) -> None:
        """Asked by Qt when the mark changed by neither press nor key; one of several that gives way says nothing."""
        super().checkStateSet()
        if not self.property(_QUIETLY) and (self.isChecked() or not self.autoExclusive()):
            QTimer.singleShot(0, self, self._tell)  # Qt is in the middle of its own change

    def _tell(self) -> None:
        self.clicked[bool].emit(self.isChecked())  # type: ignore[index]  # its stub knows one kind
