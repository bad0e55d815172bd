"""A card to choose: what happens, and one line about it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.kit.basics.height_for_width import WrappingButton
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column, row
from desktop.ui.theme import look


class Choice(WrappingButton):
    """One of several when `checkable`. A thick edge and a ground show the chosen one, or where a person is (`here`)."""

    def __init__(
        self, title: str, text: str, mark: QWidget, *, name: str, checkable: bool = True, here: bool = False
    ) -> None:
        super().__init__(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._here = here
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCheckable(checkable)
        self.setAutoExclusive(checkable)
        self.setAutoDefault(False)
        side = look().room(10)
        self._box = column(self, gap=4, margins=(side, side, side, side))
        self._lay(title, text, mark)

    def sizeHint(self) -> QSize:
        hint = self._box.sizeHint()
        return QSize(hint.width(), max(hint.height(), self._tall))

    def minimumSizeHint(self) -> QSize:
        return self._box.minimumSize()

    def heightForWidth(self, width: int) -> int:
        return self._box.totalHeightForWidth(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, painter = look(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit, chosen = self.isDown() or self.underMouse(), self.isChecked() or self._here
        width = 3 if chosen else now.tokens.line
        painter.setPen(QPen(now.colour("decide" if self._here else "primary" if chosen else "field"), width))
        painter.setBrush(now.colour("decide_bg" if self._here else "primary_soft" if lit or chosen else "surface"))
        half = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 8, 8)

    def _lay(self, title: str, text: str, mark: QWidget) -> None:
        head = row(gap=8)
        head.addWidget(mark)
        head.addWidget(label(title, "strong"), 1)
        self._box.addLayout(head)
        self._box.addWidget(label(text, "caption", "decide" if self._here else "muted"))
        self._box.addStretch(1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
