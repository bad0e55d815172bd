"""Buttons and links, painted: icon, words that wrap rather than vanish, and the key that does the same."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit.basics.directions import directed
from desktop.ui.kit.basics.height_for_width import WrappingButton
from desktop.ui.theme import Colour, draw_icon, look

WRAP = int(Qt.TextFlag.TextWordWrap)
MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
FROM_LEFT = MIDDLE | int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)  # as its icon and key are drawn
NO_LIMIT = 16_000
EDGES: Mapping[str, Colour] = {"plain": "field", "decide": "decide"}
INKS: Mapping[str, Colour] = {"primary": "on_primary", "quiet": "link", "decide": "decide"}


class Worded(WrappingButton):
    """A button that is its words."""

    def __init__(self, words: str, across: QSizePolicy.Policy, *, name: str, parent: QWidget | None) -> None:
        super().__init__(across, parent=parent)
        self._words, self._heights = "", dict[int, int]()
        self.say(words)
        self.setObjectName(name)
        self.setAutoDefault(False)

    def heightForWidth(self, width: int) -> int:
        """Kept, since layouts within layouts ask for it many times over."""
        if width not in self._heights:
            self._heights[width] = self._height_at(width)
        return self._heights[width]

    def _height_at(self, width: int) -> int:
        raise NotImplementedError

    def say(self, words: str) -> None:
        """The words on it; an ampersand in a name is an ampersand, not a shortcut."""
        self._words = directed(words)
        self._heights.clear()
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()


class Button(Worded):
    """`look`: primary (one a screen), plain, quiet (words only), decide."""

    def __init__(
        self,
        words: str,
        *,
        name: str,
        kind: str = "plain",
        icon: str = "",
        key: str = "",
        small: bool = False,
        after: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._kind, self._icon, self._key, self._small, self._after = kind, icon, key, small, after
        super().__init__(words, QSizePolicy.Policy.Preferred, name=name, parent=parent)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        width = 2 * self._pad() + self._extra() + metrics.horizontalAdvance(self._words)
        return QSize(width + 2, max(self._least(), self._tall))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        widest = max((metrics.horizontalAdvance(word) for word in self._words.split()), default=0)
        return QSize(2 * self._pad() + self._extra() + widest + 2, self._least())

    def _height_at(self, width: int) -> int:
        room = QRect(0, 0, max(width - 2 * self._pad() - self._extra(), 1), NO_LIMIT)
        metrics = QFontMetrics(self._font())
        text = metrics.boundingRect(room, WRAP, self._words).height()
        return max(self._least(), text + look().room(12)) if text > metrics.height() * 1.5 else self._least()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        painter.setPen(look().colour(self._ink()))
        self._paint_words(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        fill, edge = self._fill(), self._edge()
        width = look().tokens.line
        painter.setPen(QPen(look().colour(edge), width) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(fill) if fill else Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)

    def _paint_words(self, painter: QPainter) -> None:
        painter.setFont(self._font())
        metrics, side = QFontMetrics(self._font()), look().px(20)
        room = self.width() - 2 * self._pad() - self._extra()
        wide = min(metrics.horizontalAdvance(self._words), room)
        x = self._pad() if self._kind == "quiet" else (self.width() - wide - self._extra()) // 2
        ink = look().colour(self._ink())
        if self._icon:
            draw_icon(painter, self._icon, QRectF(x, (self.height() - side) / 2, side, side), ink)
            x += side + (8 if self._words else 0)
        painter.drawText(QRect(x, 0, wide + 2, self.height()), WRAP | FROM_LEFT, self._words)
        x += wide + 8
        if self._key:
            painter.setFont(look().font("caption"))
            painter.drawText(QRect(x, 0, self.width() - x, self.height()), FROM_LEFT, self._key)
        if self._after:
            draw_icon(painter, self._after, QRectF(x, (self.height() - side) / 2, side, side), ink)

    def _fill(self) -> Colour | None:
        """The ground: one step darker under the pointer, two when pressed."""
        if not self.isEnabled():
            return "sunk" if self._kind == "primary" else None
        if self._kind == "primary":
            return "primary_down" if self.isDown() else "primary_over" if self.underMouse() else "primary"
        if self.isDown() or self.isChecked() or self.underMouse():
            return "primary_soft" if self._kind != "decide" else "surface"
        return "surface" if self._kind == "plain" else None

    def _edge(self) -> Colour | None:
        if not self.isEnabled():
            return "hair"
        return EDGES.get(self._kind)

    def _ink(self) -> Colour:
        if not self.isEnabled():
            return "muted"
        return INKS.get(self._kind, "text")

    def _font(self) -> QFont:
        return look().font("strong")

    def _pad(self) -> int:
        if not self._words:
            return look().room(10)
        return look().room(8 if self._kind == "quiet" else 12 if self._small else 20 if self._kind == "primary" else 16)

    def _least(self) -> int:
        return look().room(44 if self._kind == "primary" else 36 if self._small else 40)

    def _extra(self) -> int:
        """Room for the icon before and the key or arrow after."""
        side = look().px(20)
        icon = side + (8 if self._words else 0) if self._icon else 0
        key = QFontMetrics(look().font("caption")).horizontalAdvance(self._key) + 8 if self._key else 0
        return icon + key + (side + 8 if self._after else 0)


class Link(Worded):
    """Underlined words that go somewhere; at least 24 px tall, so a finger finds them."""

    def __init__(
        self, words: str, *, name: str, size: str = "body", tone: Colour = "link", parent: QWidget | None = None
    ) -> None:
        self._size, self._tone = size, tone
        super().__init__(words, QSizePolicy.Policy.Maximum, name=name, parent=parent)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        return QSize(metrics.horizontalAdvance(self._words) + 3, max(24, metrics.height() + 2, self._tall))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        widest = max((metrics.horizontalAdvance(word) for word in self._words.split()), default=24)
        return QSize(max(widest + 3, 24), max(24, metrics.height() + 2))

    def _height_at(self, width: int) -> int:
        box = QFontMetrics(self._font()).boundingRect(QRect(0, 0, max(width, 1), NO_LIMIT), WRAP, self._words)
        return max(24, box.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._font()
        font.setUnderline(not self.isDown())
        painter.setFont(font)
        painter.setPen(look().colour(self._tone if self.isEnabled() else "muted"))
        painter.drawText(self.rect(), WRAP | MIDDLE, self._words)

    def _font(self) -> QFont:
        return look().font(self._size)
