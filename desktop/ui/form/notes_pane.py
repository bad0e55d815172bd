"""Notes taken in the room, beside the form: never part of what is signed, and easy to use in an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.flows.notes import Note
from desktop.flows.wording import clock_time, day, local
from desktop.ui.kit.buttons import Button, Link
from desktop.ui.kit.layout import column, empty, row
from desktop.ui.kit.narrative import WordsBox
from desktop.ui.kit.panels import EDGE, Scroller
from desktop.ui.kit.words import Icon, hairline, label
from desktop.ui.kit.wrapping import WholeLine
from desktop.ui.theme import draw_icon, look

WIDTH = 312
WRAP = int(Qt.TextFlag.TextWordWrap)


class NotesPane(QWidget):
    """`used` carries the note a person wants in their answer, `written` the words of a new one."""

    used = Signal(object)
    written = Signal(str)
    hidden_asked = Signal()

    def __init__(self, notes: Sequence[Note], now: datetime, *, whole_page: bool) -> None:
        super().__init__()
        self.setAccessibleName("Your notes")
        self._notes, self._now, self._chosen = list(notes), now, ""
        if not whole_page:
            self.setFixedWidth(look().px(WIDTH))
        box = column(self, margins=(1, 0, 0, 0))
        box.addWidget(self._head(whole_page=whole_page))
        self._page = Scroller(gap=0, margins=(0, 0, 0, 8), name="notes")
        box.addWidget(self._page, 1)
        self._known = column(margins=(16, 0, 16, 12))
        box.addLayout(self._known)
        box.addWidget(hairline())
        box.addWidget(self._writing())
        self._show()

    def show_notes(self, notes: Sequence[Note]) -> None:
        self._notes = list(notes)
        self._show()

    def show_known(self, card: QWidget | None) -> None:
        """What was known before, under the notes."""
        empty(self._known)
        if card is not None:
            self._known.addWidget(card)

    def chosen(self) -> Note | None:
        return next((note for note in self._notes if note.row_id == self._chosen), None)

    def use_chosen(self) -> None:
        """Ctrl+Shift+U."""
        note = self.chosen()
        if note is not None:
            self.used.emit(note)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface"))
        painter.fillRect(0, 0, 1, self.height(), look().colour("hair"))

    def _head(self, *, whole_page: bool) -> QWidget:
        holder = QWidget()
        box = column(holder, gap=4, margins=(16, 14, 16, 10))
        line = row(gap=8)
        line.addWidget(Icon("notebook-pen"))
        line.addWidget(label("Your notes", "section"), 1)
        hide = Link("Back to the form" if whole_page else "Hide pane", name="notes/hide", size="caption")
        hide.clicked.connect(self.hidden_asked)
        line.addWidget(hide)
        box.addLayout(line)
        self._times = label("", "caption", "muted")
        box.addWidget(self._times)
        return holder

    def _writing(self) -> QWidget:
        holder = QWidget()
        box = column(holder, gap=8, margins=(16, 10, 16, 12))
        self._box = WordsBox(name="notes/box", label="Write a note", lines=1)
        words = label("Write a note", "caption_strong")
        words.setBuddy(self._box)
        add = Button("Add note", name="notes/add", small=True)
        add.clicked.connect(self._write)
        box.addWidget(words)
        box.addWidget(self._box)
        line = row()
        line.addWidget(add)
        line.addStretch(1)
        box.addLayout(line)
        return holder

    def _write(self) -> None:
        words = self._box.toPlainText().strip()
        if words:
            self._box.put("")
            self.written.emit(words)

    def _show(self) -> None:
        self._times.setText(self._span())
        empty(self._page.box)
        for note in self._notes:
            chosen = note.row_id == self._chosen
            line = _Line(note, chosen=chosen)
            line.clicked.connect(lambda _on=False, note=note: self._choose(note))
            self._page.add(line)
            if chosen:
                self._page.add(self._use(note))
        self._page.box.addStretch(1)

    def _use(self, note: Note) -> QWidget:
        holder = _Tinted()
        line = row(holder, margins=(60, 0, 12, 8))
        use = Button("Use in answer", name="notes/use", small=True, key="Ctrl+Shift+U")
        use.clicked.connect(lambda: self.used.emit(note))
        use.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the answer it goes to
        line.addWidget(use)
        line.addStretch(1)
        return holder

    def _choose(self, note: Note) -> None:
        self._chosen = "" if self._chosen == note.row_id else note.row_id
        self._show()

    def _span(self) -> str:
        if not self._notes:
            return "Nothing written yet. Notes are not part of the signed record."
        first, last = self._notes[0].at, self._notes[-1].at
        today = local(first).date() == local(self._now).date()
        when = "Today" if today else day(local(first).date())
        return f"{when}, {clock_time(first)} to {clock_time(last)}. Not part of the signed record."


class _Line(WholeLine):
    """A note's time and words; a tick once it was used."""

    def __init__(self, note: Note, *, chosen: bool) -> None:
        super().__init__()
        self._note, self._chosen = note, chosen
        self.setObjectName(f"notes/{note.row_id}")
        used = ", used" if note.used else ""
        self.setAccessibleName(f"{clock_time(note.at)} {note.text}{used}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the caret out of the answer

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), max(self._tall, look().px(30)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(30))

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, self._room(width), 16_000)
        text = QFontMetrics(look().font()).boundingRect(room, WRAP, self._note.text)
        return max(text.height() + look().room(14), 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        if self._chosen or self.underMouse():
            painter.fillRect(self.rect(), now.colour("select" if self._chosen else "sunk"))
        if self._chosen:
            painter.fillRect(0, 0, EDGE, self.height(), now.colour("primary"))
        top = now.room(7)
        painter.setPen(now.colour("muted"))
        painter.setFont(now.font("caption"))
        painter.drawText(QRect(12, top, now.px(48), self.height()), 0, clock_time(self._note.at))
        painter.setFont(now.font())
        painter.setPen(now.colour("muted" if self._note.used else "text"))
        words = QRect(12 + now.px(48), top, self._room(self.width()), self.height() - top)
        painter.drawText(words, WRAP, self._note.text)
        if self._note.used:
            side = now.px(16)
            draw_icon(painter, "check", QRectF(self.width() - 12 - side, top + 3, side, side), now.colour("muted"))

    def _room(self, width: int) -> int:
        return max(width - 24 - look().px(48) - look().px(20), 40)


class _Tinted(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("select"))
        painter.fillRect(0, 0, EDGE, self.height(), look().colour("primary"))
