"""The foot of the form: the primary act always at the left, and a way on without being asked for more."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import row
from desktop.ui.theme import look

ROOM_FOR_KEYS = 110  # per cent of text up to which the keys stand on and beside the buttons


class Foot(QWidget):
    """Its buttons say what was asked for; the form does it."""

    go_on = Signal()
    later = Signal()
    gaps_asked = Signal()
    history_asked = Signal()
    notes_asked = Signal()

    def __init__(self, *, gaps: bool) -> None:
        """`gaps`: there is no rail, which has the look for gaps elsewhere, and less room."""
        super().__init__()
        self.setMinimumHeight(look().room(68))
        line = row(self, gap=12, margins=(24, 4, 24, 4))
        self._go = Button("Save and continue", name="save-and-continue", kind="primary")
        self._go.clicked.connect(self.go_on)
        line.addWidget(self._go)
        has_room = look().percent <= ROOM_FOR_KEYS
        if has_room:
            line.addWidget(label("Ctrl+Enter", "caption", "muted", wrap=False))
        self._later = Button("Come back later", name="come-back-later", kind="quiet")
        self._later.clicked.connect(self.later)
        line.addWidget(self._later)
        line.addStretch(1)
        key = "Ctrl+Shift+N" if has_room else ""
        self._notes = Button("Notes", name="form/notes", icon="notebook-pen", key=key)
        self._notes.clicked.connect(self.notes_asked)
        line.addWidget(self._gaps() if gaps else self._history())
        line.addWidget(self._notes)
        self._notes.hide()

    def say_notes(self, count: int, *, shown: bool) -> None:
        """How many lines there are; not `shown` where they stand in sight, or are not taken."""
        self._notes.say(f"Notes, {count}" if count else "Notes")
        self._notes.setVisible(shown)

    def _gaps(self) -> Button:
        find = Button("Check for gaps", name="rail/gaps", icon="list-checks")
        find.clicked.connect(self.gaps_asked)
        return find

    def _history(self) -> Button:
        key = "Ctrl+H" if look().percent <= ROOM_FOR_KEYS else ""
        history = Button("History", name="form/history", kind="quiet", icon="history", key=key)
        history.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the answer it is about
        history.clicked.connect(self.history_asked)
        return history

    def say(self, *, last: bool) -> None:
        """On the last section the way on is to check it all."""
        self._go.say("Check and sign" if last else "Save and continue")

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, look().colour("hair"))
