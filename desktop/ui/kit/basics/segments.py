"""Up to five answers as joined segments; chosen shows by fill, tick and weight, so colour is never alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QStyle, QWidget

from desktop.ui.kit.basics.checks import ByAction
from desktop.ui.kit.basics.height_for_width import height_now
from desktop.ui.theme import Colour, draw_icon, look

WRAP = int(Qt.TextFlag.TextWordWrap)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
BACK = {Qt.Key.Key_Left, Qt.Key.Key_Up}
ON = {Qt.Key.Key_Right, Qt.Key.Key_Down}
OTHER_WAY = {Qt.Key.Key_Left: Qt.Key.Key_Right, Qt.Key.Key_Right: Qt.Key.Key_Left}
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
CLEAR = {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}


class Segment(ByAction, QRadioButton):
    """One answer. Pressing a chosen one takes the choice back."""

    stepped = Signal(int)
    cleared = Signal()

    def __init__(self, code: str, words: str, *, small: bool, parent: QWidget) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.code, self._words, self._small = code, words, small
        self.first = self.last = True
        self.upright = False
        self.cell = 0  # how wide it is in a grid, whose heads say the words
        self._advances: dict[int, int] = {}
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        if self.cell:
            return QSize(self.cell, look().room(32))
        return QSize(self._advance() + 2 * self._pad() + (self._tick() if self.isChecked() else 0) + 2, self._least())

    def height_in(self, width: int) -> int:
        room = QRect(0, 0, max(width - 2 * self._pad() - self._tick(), 1), 16_000)
        text = QFontMetrics(look().font("strong")).boundingRect(room, WRAP, self._words)
        return max(self._least(), text.height() + look().room(12))

    def hitButton(self, _pos: object) -> bool:
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        key = OTHER_WAY.get(key, key) if self.isRightToLeft() else key
        if key in BACK:
            self.stepped.emit(-1)
        elif key in ON:
            self.stepped.emit(1)
        elif event.key() in CLEAR:
            self.cleared.emit()
        elif event.key() in ENTER:
            self._choose_once()
        else:
            super().keyPressEvent(event)

    def _choose_once(self) -> None:
        """Enter chooses, and never takes back: it is pressed twice by somebody who wants to go on."""
        if not self.isChecked():
            self.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        now, chosen = look(), self.isChecked()
        fill: Colour = "primary" if chosen else "primary_soft" if self.underMouse() and self.isEnabled() else "field_bg"
        shape = self._shape()
        painter.fillPath(shape, now.colour(fill))
        painter.setPen(QPen(now.colour("field"), now.tokens.line))
        painter.drawPath(shape)
        ink = now.colour("on_primary" if chosen else "text" if self.isEnabled() else "muted")
        if self.cell:
            self._paint_mark(painter, chosen=chosen)
            return
        self._paint_words(painter, chosen=chosen, ink=ink)

    def _paint_words(self, painter: QPainter, *, chosen: bool, ink: object) -> None:
        painter.setFont(look().font("strong" if chosen else "body"))
        x, side = self._pad(), look().px(16)
        spare = self.width() - 2 * self._pad() - painter.fontMetrics().horizontalAdvance(self._words)
        if not self.upright:
            x = max(self._pad(), self._pad() + (spare - (self._tick() if chosen else 0)) // 2)
        if chosen:
            draw_icon(painter, "check", QRectF(x, (self.height() - side) / 2, side, side), ink)  # type: ignore[arg-type]
        x += self._tick() if chosen else 0
        painter.setPen(ink)
        painter.drawText(QRect(x, 0, self.width() - x - 4, self.height()), WRAP | MIDDLE, self._words)

    def _paint_mark(self, painter: QPainter, *, chosen: bool) -> None:
        """A ring to choose, a tick once it is."""
        side = look().px(16)
        at = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        if chosen:
            draw_icon(painter, "check", at, look().colour("on_primary"))
            return
        painter.setPen(QPen(look().colour("field"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at)

    def _shape(self) -> QPainterPath:
        """Round at the ends of the group only; neighbours share one line."""
        half = look().tokens.line / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(box, 6, 6)
        middle_x, middle_y = box.center().x(), box.center().y()
        swapped = self.isRightToLeft() and not self.upright
        first, last = (self.last, self.first) if swapped else (self.first, self.last)
        if not first:
            path.addRect(QRectF(box.topLeft(), box.bottomRight()) & self._half_at_start(box, middle_x, middle_y))
        if not last:
            path.addRect(QRectF(box.topLeft(), box.bottomRight()) & self._half_at_end(box, middle_x, middle_y))
        return path.simplified()

    def _half_at_start(self, box: QRectF, x: float, y: float) -> QRectF:
        return (
            QRectF(box.left(), box.top(), box.width(), y - box.top())
            if self.upright
            else QRectF(box.left(), box.top(), x - box.left(), box.height())
        )

    def _half_at_end(self, box: QRectF, x: float, y: float) -> QRectF:
        return (
            QRectF(box.left(), y, box.width(), box.bottom() - y)
            if self.upright
            else QRectF(x, box.top(), box.right() - x, box.height())
        )

    def _advance(self) -> int:
        """Kept, since layouts within layouts ask for it many times over."""
        percent = look().percent
        if percent not in self._advances:
            self._advances[percent] = QFontMetrics(look().font("strong")).horizontalAdvance(self._words)
        return self._advances[percent]

    def _pad(self) -> int:
        return look().room(12 if self._small else 16)

    def _least(self) -> int:
        return look().room(36 if self._small else 40)

    def _tick(self) -> int:
        return look().px(16) + 8


class Segments(QWidget):
    """One choice among a few. Across when there is room, else one under another."""

    chosen = Signal(object)  # the code, or None when the choice was taken back

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str, label: str, small: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._label, self._tall = label, 0
        self._shown: str | None = None
        self.segments = [Segment(code, words, small=small, parent=self) for code, words in options]
        for segment in self.segments:
            self._join(segment, name)
        self._tab_stop()
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def code(self) -> str | None:
        return next((segment.code for segment in self.segments if segment.isChecked()), None)

    def put(self, code: str | None) -> None:
        """Shows a choice without saying that a person made it."""
        self._shown = code
        for segment in self.segments:
            segment.setAutoExclusive(False)  # while it is on, Qt keeps the last choice checked
        for segment in self.segments:
            segment.setChecked(segment.code == code)
        for segment in self.segments:
            segment.setAutoExclusive(True)  # one of several: a screen reader says so by its role
        self._tab_stop()
        self._lay()

    def target(self) -> QWidget:
        """What the keyboard goes to: the chosen segment, or the first."""
        return next((segment for segment in self.segments if segment.isChecked()), self.segments[0])

    def hint(self, hints: Mapping[str, str]) -> None:
        """Each answer’s own hint, said after the question when the keyboard comes to it."""
        for segment in self.segments:
            hint = hints.get(segment.code, "")
            segment.setProperty("own", f"{self._label}. {hint}" if hint else self._label)
            segment.setAccessibleDescription(str(segment.property("own")))

    def stand_in_grid(self, cell: int) -> None:
        """Under heads that say the answers; each names its own, with whom it is about, to a screen reader."""
        for segment in self.segments:
            words = f"{self._label}: {segment.accessibleName()}"
            segment.cell = cell
            segment.setAccessibleName(words)
            segment.setToolTip(words)
        self._lay()

    def sizeHint(self) -> QSize:
        hints = [segment.sizeHint() for segment in self.segments]
        spare = 0 if self.code() is not None or self.segments[0].cell else look().px(16) + 8
        return QSize(sum(hint.width() for hint in hints) + spare, max(self._tall, *(hint.height() for hint in hints)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().room(120), self.segments[0].sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width >= self._across():
            return self.segments[0].sizeHint().height()
        return sum(segment.height_in(width) for segment in self.segments)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tall = height_now(self, self._tall)
        self._lay()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._lay()

    def _across(self) -> int:
        return sum(segment.sizeHint().width() for segment in self.segments)

    def _lay(self) -> None:
        upright = self.width() < self._across()
        for number, segment in enumerate(self.segments):
            segment.upright = upright
            segment.first, segment.last = number == 0, number == len(self.segments) - 1
        self._lay_down() if upright else self._lay_across()

    def _lay_across(self) -> None:
        """Neighbours overlap by one line, so that the line between them is one line wide."""
        line, x, spare = look().tokens.line, 0, self.width() - self._across()
        for number, segment in enumerate(self.segments):
            share = spare // len(self.segments) + (number < spare % len(self.segments))
            width = segment.sizeHint().width() + share
            start = x - (line if number else 0)
            at = QRect(start, 0, width + (line if number else 0), self.height())
            segment.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), at))
            x += width

    def _lay_down(self) -> None:
        line, y = look().tokens.line, 0
        for number, segment in enumerate(self.segments):
            height = segment.height_in(self.width())
            segment.setGeometry(0, y - (line if number else 0), self.width(), height + (line if number else 0))
            y += height

    def _join(self, segment: Segment, name: str) -> None:
        segment.setObjectName(f"{name}/{segment.code}")
        segment.setAccessibleDescription(self._label)
        segment.clicked.connect(lambda: self._clicked(segment))
        segment.stepped.connect(lambda by: self._step(segment, by))
        segment.cleared.connect(self._clear)

    def _clicked(self, segment: Segment) -> None:
        self._choose(None if segment.code == self._shown else segment)

    def _step(self, segment: Segment, by: int) -> None:
        place = (self.segments.index(segment) + by) % len(self.segments)
        self.segments[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._choose(self.segments[place])

    def _clear(self) -> None:
        self._choose(None)

    def _choose(self, segment: Segment | None) -> None:
        self.put(segment.code if segment else None)
        self.updateGeometry()
        self.chosen.emit(segment.code if segment else None)

    def _tab_stop(self) -> None:
        """Tab stops once at the group; the arrows move inside it."""
        stop = self.target()
        for segment in self.segments:
            segment.setFocusPolicy(Qt.FocusPolicy.StrongFocus if segment is stop else Qt.FocusPolicy.ClickFocus)
