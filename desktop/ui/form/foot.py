"""The foot of the form: the primary act always at the left, and a way on without being asked for more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import row
from desktop.ui.theme import look


class Foot(QWidget):
    """Its buttons say what was asked for; the form does it."""

    go_on = Signal()
    later = Signal()
    gaps_asked = Signal()
    history_asked = Signal()

    def __init__(self, *, gaps: bool) -> None:
        super().__init__()
        self.setMinimumHeight(look().room(68))
        line = row(self, gap=12, margins=(24, 4, 24, 4))
        self._go = Button("Save and continue", name="save-and-continue", kind="primary")
        self._go.clicked.connect(self.go_on)
        line.addWidget(self._go)
        line.addWidget(label("Ctrl+Enter", "caption", "muted", wrap=False))
        line.addStretch(1)
        if gaps:
            find = Button("Check for gaps", name="rail/gaps", icon="list-checks")
            find.clicked.connect(self.gaps_asked)
            line.addWidget(find)
        else:
            history = Button("History", name="form/history", kind="quiet", icon="history", key="Ctrl+H")
            history.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the answer it is about
            history.clicked.connect(self.history_asked)
            line.addWidget(history)
        self._later = Button("Come back later", name="come-back-later", kind="quiet")
        self._later.clicked.connect(self.later)
        line.addWidget(self._later)

    def say(self, *, last: bool) -> None:
        """On the last section the way on is to check it all."""
        self._go.say("Check and sign" if last else "Save and continue")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, look().colour("hair"))
