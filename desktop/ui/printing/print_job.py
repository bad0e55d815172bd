"""Putting pages on paper, one after the other: they are drawn off the window's thread, and it can be stopped."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from casework.errors import DocumentError
from desktop.ui.frame.shell import Shell
from desktop.ui.printing.page_pictures import PagePictures

SHARP = 200.0  # dots an inch


class PrintJob(QObject):
    """`reached` carries the page that is being printed, counted from 1; `refused` a sentence. Ends by itself after
    `ended` or `refused`."""

    reached = Signal(int)
    ended = Signal()
    refused = Signal(object)

    def __init__(self, shell: Shell, pages: PagePictures, printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._pages, self._printer = shell, pages, printer
        self._painter = QPainter()
        first, last = printer.fromPage(), printer.toPage()
        self._left = list(range((first or 1) - 1, min(last or len(pages.sizes), len(pages.sizes))))

    @property
    def total(self) -> int:
        return len(self._pages.sizes)

    def begin(self) -> None:
        if not self._painter.begin(self._printer):
            message = "The printer does not answer. Nothing was printed. Look whether it is on, and try again."
            self.refused.emit(DocumentError(message))
            return
        self._next()

    def stop(self) -> None:
        """What the printer has not been given is not printed."""
        self._left = []
        if self._painter.isActive():
            self._printer.abort()
            self._painter.end()

    def _next(self) -> None:
        page, pages = self._left[0], self._pages
        self.reached.emit(page + 1)
        self._shell.fetch(self, lambda: pages.picture(page, SHARP), self._came)

    def _came(self, image: QImage) -> None:
        if not self._left or not self._painter.isActive():
            return
        self._left.pop(0)
        room = QRectF(self._painter.viewport())
        size = image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRectF((room.width() - size.width()) / 2, 0, size.width(), size.height()), image)
        if not self._left:
            self._painter.end()
            self.ended.emit()
            return
        self._printer.newPage()
        self._next()
