"""The five equal answers to what a report can include; each of them finishes the section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop.ui.kit.basics.checks import ByAction
from desktop.ui.kit.basics.layout import Tiles
from desktop.ui.theme import look

PICTURES = "pictures"


class ChoiceBox(ByAction, QRadioButton):
    """A bordered box with its circle; the words wrap, and none is larger or brighter than another."""

    def __init__(self, words: str, *, name: str) -> None:
        super().__init__(words)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRectF(0, 0, max(width - self._before() - look().room(10), 1), 4000).toRect()
        flags = int(Qt.TextFlag.TextWordWrap)
        text = QFontMetrics(look().font("strong")).boundingRect(room, flags, self.text()).height()
        return max(text + look().room(12), look().room(54))

    def sizeHint(self) -> QSize:
        return QSize(look().px(170), self.heightForWidth(max(self.width(), look().px(140))))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, as in joined answers."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isChecked():
            self.click()
        else:
            super().keyPressEvent(event)

    def hitButton(self, _at: object) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, able = self.isChecked(), self.isEnabled()
        painter.setPen(QPen(look().colour("primary" if on else "field" if able else "hair"), 2 if on else 1))
        painter.setBrush(look().colour("select" if on or self.underMouse() else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        side = look().px(22)
        circle = QRectF(look().room(10), (self.height() - side) / 2, side, side)
        painter.setBrush(look().colour("field_bg"))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("primary"))
            painter.drawEllipse(circle.adjusted(6, 6, -6, -6))
        painter.setPen(look().colour("text" if able else "muted"))
        painter.setFont(look().font("strong" if on else "body"))
        words = QRectF(self._before(), 0, self.width() - self._before() - look().room(8), self.height())
        painter.drawText(words, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter), self.text())

    def _before(self) -> int:
        return look().room(10) + look().px(22) + look().room(8)


class Choices(QWidget):
    """Side by side, as many as fit, all of one size."""

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str, words: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.boxes = {code: ChoiceBox(text, name=f"{name}/{code}") for code, text in options}
        tiles = Tiles(self, gap=8, least=look().px(168))
        for box in self.boxes.values():
            tiles.addWidget(box)

    def put(self, code: str) -> None:
        """An empty code leaves all of them open."""
        for name, box in self.boxes.items():
            box.setAutoExclusive(False)
            box.setChecked(name == code)
            box.setAutoExclusive(True)
