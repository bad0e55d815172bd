"""A painted picture with a table behind it: seen, heard, walked through by arrow keys, and shown as rows on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.height_for_width import Drawing
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.kit.basics.panels import Card
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.kit.basics.table import Table
from desktop.ui.theme import look

STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True)
class Spot:
    """Where one item of the picture is drawn, what it says, and the record it opens."""

    where: QRectF
    words: str
    opens: str = ""


class Picture(Drawing):
    """`lay` places everything for a width and returns the height; `draw` paints it. Arrow keys choose an item."""

    opened = Signal(str)

    def __init__(self, name: str, words: str, description: str) -> None:
        super().__init__()
        self.spots: list[Spot] = []
        self._chosen = -1
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setAccessibleDescription(description)
        self.setMouseTracking(True)

    # Both abstract, and not by abc: a Qt class has a metaclass of its own, beside which ABCMeta has no room.
    def lay(self, width: int) -> int:
        """Fills `spots` for a width in pixels, and returns the height. Every picture has its own."""
        raise NotImplementedError

    def draw(self, painter: QPainter) -> None:
        """Paints what `lay` placed. Every picture has its own."""
        raise NotImplementedError

    def heightForWidth(self, width: int) -> int:
        return self.lay(max(width, 1))

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else look().px(360)
        return QSize(look().px(360), self.lay(width))

    def paintEvent(self, _event: QPaintEvent) -> None:
        self.lay(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        if 0 <= self._chosen < len(self.spots):
            painter.setPen(QPen(look().colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.spots[self._chosen].where.adjusted(-3, -2, 3, 2), 5, 5)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self.step(Qt.Key(event.key()))
        if step and self.spots:
            self._chosen = (self._chosen + step) % len(self.spots)
            announce(self, self.spots[self._chosen].words)
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and 0 <= self._chosen < len(self.spots):
            self._open(self.spots[self._chosen])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._under(event)
        if spot is not None:
            self._open(spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spot = self._under(event)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if spot is not None and spot.opens else Qt.CursorShape.ArrowCursor
        )
        QToolTip.showText(event.globalPosition().toPoint(), spot.words if spot is not None else "", self)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._chosen = -1
            self.update()
        return super().event(event)

    def step(self, key: Qt.Key) -> int:
        """Where a key leads from the item chosen; nought for a key that leads nowhere."""
        return STEPS.get(key, 0)

    def _under(self, event: QMouseEvent) -> Spot | None:
        return next((spot for spot in self.spots if spot.where.contains(event.position())), None)

    def _open(self, spot: Spot) -> None:
        if spot.opens:
            self.opened.emit(spot.opens)


class PictureCard(Card):
    """A card with a picture and the same rows as a table; one of the two is shown."""

    def __init__(self, title: str, picture: Picture, table: Table, *, name: str, aside: str = "") -> None:
        super().__init__(title, aside=None)
        self.picture, self.table = picture, table
        self.switch = Button("Show as table", name=f"{name}/switch", kind="quiet", icon="table-2", small=True)
        self.switch.setAccessibleDescription(title)
        self.switch.clicked.connect(self._switched)
        self._add_to_head(aside)
        holder = QWidget()
        side = look().room(16)
        box = column(holder, margins=(side, 0, side, look().room(14)))
        box.addWidget(picture)
        box.addWidget(table)
        table.hide()
        self.add(holder, line=False)

    def _add_to_head(self, aside: str) -> None:
        self.header.setContentsMargins(look().room(16), look().room(6), look().room(8), look().room(4))
        if aside:
            self.header.addWidget(label(aside, "caption", "decide", wrap=False))
        self.header.addWidget(self.switch)

    def _switched(self) -> None:
        as_table = self.table.isHidden()
        self.table.setVisible(as_table)
        self.picture.setVisible(not as_table)
        self.switch.say("Show as picture" if as_table else "Show as table")
        (self.table if as_table else self.picture).setFocus(Qt.FocusReason.OtherFocusReason)


def described(items: Sequence[str], none: str) -> str:
    """What a picture shows, for those who hear it: every item in order."""
    return ". ".join(items) if items else none
