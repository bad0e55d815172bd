"""Notes taken in the room, beside the form: never part of what is signed, and easy to use in an answer.

Drawing 31: a time and words, nothing else; each Enter begins a line; used lines go quiet and stay. Alone on the page
they are larger, and nothing stands beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from casework.dates_in_words import clock_time, day, local
from desktop.flows.record.notes import Note
from desktop.ui.kit.basics.buttons import Button, Link
from desktop.ui.kit.basics.height_for_width import WholeLine
from desktop.ui.kit.basics.labels import Icon, hairline, label
from desktop.ui.kit.basics.layout import column, empty, row
from desktop.ui.kit.basics.panels import EDGE, Scroller
from desktop.ui.kit.fields.narrative import WordsBox
from desktop.ui.theme import draw_icon, look

WIDTH = 312
ANY_WIDTH = (1 << 24) - 1  # as wide as Qt lets anything be
READ_WIDTH = 760  # of the page on which they stand alone
WRAP = int(Qt.TextFlag.TextWordWrap)
SHIFT = Qt.KeyboardModifier.ShiftModifier


class NotesPane(QWidget):
    """`used` carries the note a person wants in their answer; `typed` the words of the line being written, and `ended`
    says it is whole; the others name a line."""

    used = Signal(object)
    typed = Signal(str)
    ended = Signal()
    corrected = Signal(str, str)
    taken_out = Signal(str)
    put_back = Signal(str)
    hidden_asked = Signal()
    beside_asked = Signal()
    page_asked = Signal()
    asked_anew = Signal()

    def __init__(self, notes: Sequence[Note], open_line: Note | None, now: datetime, *, narrow: bool) -> None:
        """`narrow`: there is room for them on a page of their own only."""
        super().__init__()
        self.setAccessibleName("Your notes")
        self._notes, self._now = list(notes), now
        self._chosen, self._correcting = "", ""
        self._alone = False
        self._box = _LineOfNotes("notes/box", "Write a note")
        self._begun = label("", "caption", "muted", name="notes/begun", wrap=False)
        self._times = label("", "caption", "muted")
        self._hide = Link("Hide pane", name="notes/hide", size="caption")
        self._hide.clicked.connect(self.hidden_asked)
        self._widen = Link("Whole page", name="notes/page", size="caption")
        self._widen.clicked.connect(self.page_asked)
        self._widen.setToolTip("Ctrl+Shift+N")
        self._back = Link("Show beside the form", name="notes/beside", size="caption")
        self._back.clicked.connect(self.beside_asked)
        self._box_of_all = column(self, margins=(1, 0, 0, 0))
        self._box_of_all.addWidget(self._head())
        self._page = Scroller(gap=0, margins=(0, 0, 0, 8), name="notes")
        self._box_of_all.addWidget(self._page, 1)
        self._known_part = QWidget()
        self._known = column(self._known_part, margins=(16, 0, 16, 12))
        self._box_of_all.addWidget(self._known_part)
        self._box_of_all.addWidget(hairline())
        self._box_of_all.addWidget(self._writing())
        self.stand_alone(alone=narrow, elsewhere=False)
        self.show_notes(notes, open_line)
        self._box.textChanged.connect(lambda: self.typed.emit(self._box.words()))
        self._box.ended.connect(self.ended)

    def show_notes(self, notes: Sequence[Note], open_line: Note | None) -> None:
        self._notes = list(notes)
        blocked = self._box.blockSignals(True)
        self._box.put(open_line.text if open_line is not None else "")
        self._box.blockSignals(blocked)
        self.show_begun(open_line)
        self._show()

    def stand_alone(self, *, alone: bool, elsewhere: bool) -> None:
        """On the page, as wide as words are well read; or beside the form. `elsewhere`: not beside it when left."""
        self._alone = alone
        self._hide.say("Go to the form" if alone else "Hide pane")
        self._widen.setHidden(alone)
        self._back.setHidden(not (alone and elsewhere))
        self._known_part.setHidden(alone)
        self.setMinimumWidth(0 if alone else look().px(WIDTH))
        self.setMaximumWidth(ANY_WIDTH if alone else look().px(WIDTH))
        self._keep_margins()
        self._show()

    def take_keyboard(self) -> None:
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_margins()

    def _keep_margins(self) -> None:
        side = max((self.width() - look().px(READ_WIDTH)) // 2, 0) if self._alone else 0
        self._box_of_all.setContentsMargins(side + 1, 0, side, 0)

    def show_begun(self, open_line: Note | None) -> None:
        """When the line being written was begun."""
        self._begun.setText(clock_time(open_line.at) if open_line is not None else "")

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

    def _head(self) -> QWidget:
        holder = QWidget()
        box = column(holder, gap=4, margins=(16, 14, 16, 10))
        line = row(gap=8)
        line.addWidget(Icon("notebook-pen"))
        line.addWidget(label("Your notes", "section"), 1)
        line.addWidget(self._hide)
        box.addLayout(line)
        box.addWidget(self._times)
        box.addWidget(self._widen)
        box.addWidget(self._back)
        return holder

    def _writing(self) -> QWidget:
        holder = QWidget()
        box = column(holder, gap=8, margins=(16, 10, 16, 12))
        words = label("Write a note", "caption_strong")
        words.setBuddy(self._box)
        line = row()
        line.addWidget(words, 1)
        line.addWidget(self._begun)
        box.addLayout(line)
        box.addWidget(self._box)
        box.addWidget(label("Saved as you write. Each Enter begins a new line with the time.", "caption", "muted"))
        return holder

    def _show(self) -> None:
        self._times.setText(self._span())
        empty(self._page.box)
        for note in self._notes:
            self._page.add(self._line(note))
            if note.row_id == self._chosen and not note.removed and note.row_id != self._correcting:
                self._page.add(self._acts(note))
        self._page.box.addStretch(1)

    def _line(self, note: Note) -> QWidget:
        if note.removed:
            return self._removed(note)
        if note.row_id == self._correcting:
            return self._correction(note)
        line = _Line(note, chosen=note.row_id == self._chosen, large=self._alone)
        line.clicked.connect(lambda: self._choose(note))
        return line

    def _acts(self, note: Note) -> QWidget:
        holder = _Tinted()
        box = column(holder, gap=4, margins=(60, 0, 12, 8))
        use = Button("Use in answer", name="notes/use", small=True, key="Ctrl+Shift+U")
        use.clicked.connect(lambda: self.used.emit(note))
        use.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret in the answer it goes to
        correct = Link("Correct", name="notes/correct", size="caption")
        correct.clicked.connect(lambda: self._correct(note.row_id))
        take_out = Link("Take out", name="notes/take-out", size="caption")
        take_out.clicked.connect(lambda: self.taken_out.emit(note.row_id))
        for link in (correct, take_out):
            link.setAccessibleDescription(note.text)
        box.addWidget(use, 0, Qt.AlignmentFlag.AlignLeft)
        line = row(gap=16)
        line.addWidget(correct)
        line.addWidget(take_out)
        line.addStretch(1)
        box.addLayout(line)
        return holder

    def _correction(self, note: Note) -> QWidget:
        """The line as a box of its own; Enter or Done closes it, and every letter is kept before."""
        holder = _Tinted()
        box = column(holder, gap=4, margins=(12, 8, 12, 8))
        words = _LineOfNotes("notes/correction", f"Correct the note of {clock_time(note.at)}")
        words.put(note.text)
        words.textChanged.connect(lambda: self.corrected.emit(note.row_id, words.words()))
        done = Button("Done", name="notes/corrected", small=True)
        for asked in (words.ended, done.clicked):
            asked.connect(lambda: self._correct(""))
        box.addWidget(words)
        box.addWidget(done, 0, Qt.AlignmentFlag.AlignLeft)
        QTimer.singleShot(0, words, words.setFocus)
        return holder

    def _removed(self, note: Note) -> QWidget:
        holder = QWidget()
        line = row(holder, gap=8, margins=(12, 6, 12, 6))
        line.addWidget(label(f"The note of {clock_time(note.at)} was taken out.", "caption", "muted"), 1)
        link = Link("Put it back", name=f"notes/{note.row_id}/restore", size="caption")
        link.clicked.connect(lambda: self.put_back.emit(note.row_id))
        line.addWidget(link)
        return holder

    def _choose(self, note: Note) -> None:
        self._chosen = "" if self._chosen == note.row_id else note.row_id
        self._show()

    def _correct(self, row_id: str) -> None:
        self._correcting = row_id
        QTimer.singleShot(0, self, self.asked_anew.emit)

    def _span(self) -> str:
        kept = [note for note in self._notes if not note.removed]
        if not kept:
            return "Nothing written yet. Notes are not part of the signed record."
        first, last = kept[0].at, kept[-1].at
        today = local(first).date() == local(self._now).date()
        when = "Today" if today else day(local(first).date())
        return f"{when}, {clock_time(first)} to {clock_time(last)}. Not part of the signed record."


class _LineOfNotes(WordsBox):
    """Enter ends the line; Shift and Enter breaks it."""

    ended = Signal()

    def __init__(self, name: str, words: str) -> None:
        super().__init__(name=name, label=words, lines=1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & SHIFT:
            self.ended.emit()
            return
        super().keyPressEvent(event)


class _Line(WholeLine):
    """A note's time and words; a tick once it was used."""

    def __init__(self, note: Note, *, chosen: bool, large: bool) -> None:
        super().__init__()
        self._note, self._chosen = note, chosen
        self._kind = "section" if large else "body"
        self._air = 12 if large else 7
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
        text = QFontMetrics(self._font()).boundingRect(room, WRAP, self._note.text)
        return max(text.height() + look().room(2 * self._air), 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        if self._chosen or self.underMouse():
            painter.fillRect(self.rect(), now.colour("select" if self._chosen else "sunk"))
        if self._chosen:
            painter.fillRect(0, 0, EDGE, self.height(), now.colour("primary"))
        top = now.room(self._air)
        painter.setPen(now.colour("muted"))
        painter.setFont(now.font("caption"))
        painter.drawText(QRect(12, top, now.px(48), self.height()), 0, clock_time(self._note.at))
        painter.setFont(self._font())
        painter.setPen(now.colour("muted" if self._note.used else "text"))
        words = QRect(12 + now.px(48), top, self._room(self.width()), self.height() - top)
        painter.drawText(words, WRAP, self._note.text)
        if self._note.used:
            side = now.px(16)
            draw_icon(painter, "check", QRectF(self.width() - 12 - side, top + 3, side, side), now.colour("muted"))

    def _font(self) -> QFont:
        """Larger alone on the page, and never heavier: it is somebody talking."""
        font = QFont(look().font(self._kind))
        font.setWeight(look().font().weight())
        return font

    def _room(self, width: int) -> int:
        return max(width - 24 - look().px(48) - look().px(20), 40)


class _Tinted(QWidget):
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("select"))
        painter.fillRect(0, 0, EDGE, self.height(), look().colour("primary"))
