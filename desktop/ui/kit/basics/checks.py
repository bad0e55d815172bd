"""A box to tick, with words that wrap; and what makes a screen reader’s own tick count as a press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QWidget

from desktop.ui.kit.basics.height_for_width import height_now
from desktop.ui.theme import Colour, draw_icon, look

WRAP = int(Qt.TextFlag.TextWordWrap)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
_QUIETLY = "shown-by-the-program"

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as Below
else:
    Below = object  # Qt’s own class comes beside it: two of Qt’s under one of ours do not go


class ByAction(Below):
    """What is chosen by a screen reader’s own action counts as a press: Qt changes the mark then and says nothing.
    Beside a tick box or a radio button, in front of Qt's class. An answer marked and not kept would be lost."""

    def setChecked(self, on: bool) -> None:
        """By the program, which shows an answer that is kept already."""
        self.setProperty(_QUIETLY, True)
        super().setChecked(on)
        self.setProperty(_QUIETLY, False)

    def nextCheckState(self) -> None:
        """By a press, a key or the program’s own click, of each of which Qt tells by itself."""
        self.setProperty(_QUIETLY, True)
        super().nextCheckState()
        self.setProperty(_QUIETLY, False)

    def checkStateSet(self) -> None:
        """Asked by Qt when the mark changed by neither press nor key; one of several that gives way says nothing."""
        super().checkStateSet()
        if not self.property(_QUIETLY) and (self.isChecked() or not self.autoExclusive()):
            QTimer.singleShot(0, self, self._tell)  # Qt is in the middle of its own change

    def _tell(self) -> None:
        self.clicked[bool].emit(self.isChecked())  # type: ignore[index]  # its stub knows one kind


class CheckBox(ByAction, QCheckBox):
    """Twenty-two pixels square; the words belong to the target too."""

    def __init__(self, words: str, *, name: str, caption: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._tall = 0
        self._words, self._kind = words, "caption" if caption else "body"
        self._heights: dict[tuple[int, int], int] = {}
        self._widths: dict[int, tuple[int, int]] = {}
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self._before() + self._wide()[0] + 4, max(self._least(), self._tall))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._before() + self._wide()[1] + 4, self._least())

    def heightForWidth(self, width: int) -> int:
        """Kept, since layouts within layouts ask for it many times over."""
        at = (width, look().percent)
        if at not in self._heights:
            room = QRect(0, 0, max(width - self._before() - 2, 1), 16_000)
            words = QFontMetrics(look().font(self._kind)).boundingRect(room, WRAP, self._words)
            self._heights[at] = max(self._least(), words.height())
        return self._heights[at]

    def _wide(self) -> tuple[int, int]:
        """All the words, and the longest of them; kept as the heights are."""
        percent = look().percent
        if percent not in self._widths:
            metrics = QFontMetrics(look().font(self._kind))
            longest = max((metrics.horizontalAdvance(word) for word in self._words.split()), default=0)
            self._widths[percent] = metrics.horizontalAdvance(self._words), longest
        return self._widths[percent]

    def hitButton(self, where: QPoint) -> bool:
        return self.rect().contains(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tall = height_now(self, self._tall)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter)
        painter.setFont(look().font(self._kind))
        painter.setPen(look().colour("text" if self.isEnabled() else "muted"))
        room = self.rect().adjusted(self._before(), 0, 0, 0)
        painter.drawText(QStyle.visualRect(self.layoutDirection(), self.rect(), room), self._flags(), self._words)

    def _flags(self) -> int:
        """Beside the box, wherever that stands; English words keep to their own direction."""
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        return WRAP | MIDDLE | int(side | Qt.AlignmentFlag.AlignAbsolute)

    def _paint_box(self, painter: QPainter) -> None:
        side, chosen = look().px(22), self.isChecked()
        left = self.width() - side + 1 if self.isRightToLeft() else 1
        box = QRectF(left, (self.height() - side) / 2 + 1, side - 2, side - 2)
        painter.setPen(QPen(look().colour("primary" if chosen else "field"), 1.5))
        ground: Colour = "primary" if chosen else "primary_soft" if self.underMouse() else "field_bg"
        painter.setBrush(look().colour(ground if self.isEnabled() or chosen else "sunk"))
        painter.drawRoundedRect(box, 4, 4)
        if chosen:
            inner = look().px(16)
            at = QRectF(box.center().x() - inner / 2, box.center().y() - inner / 2, inner, inner)
            draw_icon(painter, "check", at, look().colour("on_primary"))

    def _before(self) -> int:
        return look().px(22) + (8 if self._words else 0)

    def _least(self) -> int:
        return max(look().px(24), 24)
