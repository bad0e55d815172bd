"""A plain ground over everything, at once, for when somebody walks in."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.kit.basics.buttons import Button
from desktop.ui.kit.basics.labels import label
from desktop.ui.kit.basics.layout import column
from desktop.ui.theme import look


class Cover(QWidget):
    """Hides; it does not lock. The words say so, and which key brings the page back."""

    shown_again = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("cover")
        self._window = window
        self._had_focus: QWidget | None = None
        self._back = Button("Show the page again", name="cover/back", kind="primary", key="Esc")
        self._back.clicked.connect(self.uncover)
        box = column(self, gap=16)
        box.addStretch(1)
        words = label("The screen is hidden. It is not locked.", "section", wrap=False)
        box.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addWidget(self._back, 0, Qt.AlignmentFlag.AlignHCenter)
        box.addStretch(1)
        self.hide()
        window.installEventFilter(self)

    def cover(self) -> None:
        """Painted before anything else happens."""
        self._had_focus = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.repaint()

    def uncover(self) -> None:
        self.hide()
        self.shown_again.emit()
        if self._had_focus is not None:
            self._had_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.uncover()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), look().colour("window"))
