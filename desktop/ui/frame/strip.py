"""The strip on every screen: where you are; what is saved here; what still has to be sent; who you are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from casework.dates_in_words import clock_time
from desktop.ui.frame.screen import Crumb
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.labels import Icon, Tag, label
from desktop.ui.kit.basics.layout import empty, row
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.theme import look

PRACTICE = "Practice"
ALL_SENT = "Nothing waiting to send"
SAVING = "Saving on this laptop"


class Strip(QWidget):
    """Two facts that are never mixed: saved is about this laptop, received is about the council (ux 2)."""

    went = Signal(object)
    places_asked = Signal()
    lock_asked = Signal()
    sending_asked = Signal()

    def __init__(self, officer: str, *, narrow: bool, is_practice: bool = False, goes_nowhere: str = "") -> None:
        """`goes_nowhere`: in the place of what waits, where nobody is sent anything."""
        super().__init__()
        self._goes_nowhere = goes_nowhere
        self.setAccessibleName("Where you are, and what is saved")
        self.places = Button("Places", name="strip/places", icon="menu")
        self.setMinimumHeight(look().px(40) if not narrow else look().room(50))
        line = row(self, gap=8, margins=(24, 4, 24, 4))
        if narrow:
            self._add_buttons(line)
        if is_practice:
            mark = Tag("soon", PRACTICE, "flask-conical")
            mark.setObjectName("strip/practice")
            line.addWidget(mark)
        self._crumbs = row(gap=6)
        line.addLayout(self._crumbs)
        line.addStretch(1)
        self._saved = label("Nothing typed yet", "caption", name="strip/saved", wrap=False)
        self._waiting = Link(goes_nowhere or ALL_SENT, name="strip/waiting", size="caption")
        self._waiting.clicked.connect(self.sending_asked)
        if not narrow:
            line.addWidget(Icon("laptop", "muted", 16))
        line.addWidget(self._saved)
        line.addWidget(_Dot())
        if not narrow:
            line.addWidget(Icon("send", "muted", 16))
        line.addWidget(self._waiting)
        if not narrow and officer:
            line.addWidget(_Dot())
            line.addWidget(Icon("user-round", "muted", 16))
            line.addWidget(label(officer, "caption", "muted", name="strip/officer", wrap=False))
        self._narrow = narrow

    def show_saved(self, at: datetime) -> None:
        """Only ever called after the disk has it."""
        self._saved.retone("")
        self._saved.setText(f"Saved on this laptop {clock_time(at)}")

    def show_saving(self) -> None:
        """Something was typed that the disk does not have yet."""
        if self._saved.text() != SAVING:
            self._saved.retone("")
            self._saved.setText(SAVING)

    def show_unsaved(self, why: str) -> None:
        self._saved.retone("error")
        self._saved.setText("Not saved yet. Your words are kept while Homeward is open")
        self._saved.setToolTip(why)
        announce(self._saved, f"Not saved yet. {why}", urgent=True)

    def show_waiting(self, count: int) -> None:
        self._waiting.say(self._goes_nowhere or (f"{count} waiting to send" if count else ALL_SENT))

    def show_crumbs(self, crumbs: Sequence[Crumb]) -> None:
        empty(self._crumbs)
        if self._narrow:
            return
        for number, crumb in enumerate(crumbs):
            if number:
                self._crumbs.addWidget(Icon("chevron-right", "muted", 16))
            self._crumbs.addWidget(self._crumb(crumb, number))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, look().colour("hair"))

    def _crumb(self, crumb: Crumb, number: int) -> QWidget:
        if crumb.where is None:
            return label(crumb.words, "caption", "muted", wrap=False)
        link = Link(crumb.words, name=f"crumb/{number}", size="caption")
        link.clicked.connect(lambda: self.went.emit(crumb.where))
        return link

    def _add_buttons(self, line: QHBoxLayout) -> None:
        self.places.clicked.connect(self.places_asked)
        lock = Button("Lock", name="strip/lock", icon="lock")
        lock.clicked.connect(self.lock_asked)
        line.addWidget(self.places)
        line.addWidget(lock)


class _Dot(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(11, 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("muted"))
        painter.setBrush(look().colour("muted"))
        painter.drawEllipse(4, 0, 2, 2)
