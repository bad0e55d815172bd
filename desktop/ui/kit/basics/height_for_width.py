"""Controls whose words wrap: as tall as the words need at the width they have, and no taller."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.ui.theme import look


def height_now(widget: QWidget, before: int) -> int:
    """The height for the present width; asks for a new layout when it is another than the layout knows.

    Called at each resize, the first time with nought. A layout gives a widget of fixed height only its hint, so the
    hint has to follow.
    """
    tall = widget.heightForWidth(widget.width())
    if tall != (before or widget.sizeHint().height()):
        widget.updateGeometry()
    return tall


def follow_width(
    widget: QWidget, across: QSizePolicy.Policy, down: QSizePolicy.Policy = QSizePolicy.Policy.Fixed
) -> None:
    """Has a layout ask the widget how tall it is at a width."""
    policy = QSizePolicy(across, down)
    policy.setHeightForWidth(True)
    widget.setSizePolicy(policy)


class EnterButton(QPushButton):
    """Enter presses it as Space does, also outside a dialog."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


class WrappingButton(EnterButton):
    """A hint takes `_tall` into account, which is the height for the width it has now."""

    def __init__(
        self,
        across: QSizePolicy.Policy,
        down: QSizePolicy.Policy = QSizePolicy.Policy.Fixed,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tall = 0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        follow_width(self, across, down)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tall = height_now(self, self._tall)


class WholeLine(WrappingButton):
    """A line that is one button."""

    def __init__(self) -> None:
        super().__init__(QSizePolicy.Policy.Expanding)


class Drawing(QWidget):
    """Painted by hand, as wide as there is room, and as tall as that width asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        follow_width(self, QSizePolicy.Policy.Expanding)

    def hasHeightForWidth(self) -> bool:
        return True

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()
