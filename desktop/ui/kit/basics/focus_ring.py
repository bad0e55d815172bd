"""The focus ring: three pixels wide, two pixels off, round whatever has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from desktop.ui.theme import look

REACH = 5  # px outside the control: a gap of two and a line of three
MOVES = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest}


class FocusRing(QWidget):
    """Drawn as a neighbour of the focused widget, since a style sheet cannot draw outside one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._on: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._moved)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look().colour("focus"), 3))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 9, 9)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A page that goes is hidden first: then the ring leaves it, or it would be deleted with it."""
        if event.type() == QEvent.Type.Hide:
            self._let_go()
        elif event.type() in MOVES:
            self._place()
        return False

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self._window):  # the last focus change comes while the program is taken down
            return
        self._let_go()
        if new is None or new.window() is not self._window or new.property("ring") is False:
            return
        self._on = new
        self._home(new)
        self._place()

    def _let_go(self) -> None:
        """Goes back to the window, so that no screen that is thrown away takes the ring with it."""
        for widget in filter(isValid, self._watched):  # a page may be gone before the focus has moved on
            widget.removeEventFilter(self)
        self._watched, self._on = [], None
        self.hide()
        self.setParent(self._window)

    def _home(self, widget: QWidget) -> None:
        """The nearest ancestor with room for the ring; never beyond what scrolls, or it would float over."""
        chain, home = [widget], widget.parentWidget() or widget
        while home is not self._window and not self._fits(widget, home) and not _scrolls(home):
            chain.append(home)
            home = home.parentWidget() or self._window
        self.setParent(home)
        self._watched = chain
        for watched in chain:
            watched.installEventFilter(self)

    def _fits(self, widget: QWidget, home: QWidget) -> bool:
        return home.rect().contains(self._around(widget, home))

    def _around(self, widget: QWidget, home: QWidget) -> QRect:
        where = QRect(widget.mapTo(home, QPoint(0, 0)), widget.size())
        return where.adjusted(-REACH, -REACH, REACH, REACH)

    def _place(self) -> None:
        home = self.parentWidget()
        if self._on is None or home is None or not self._on.isVisible():
            self.hide()
            return
        self.setGeometry(self._around(self._on, home).intersected(home.rect()))
        self.show()
        self.raise_()


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QAbstractScrollArea)
