"""The pages of a document under each other, white in every theme; each is drawn when it comes into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from desktop.ui.frame.shell import Shell
from desktop.ui.kit.basics.screen_reader import announce
from desktop.ui.printing.page_pictures import PagePictures
from desktop.ui.theme import look

WIDEST = 820  # of a page on the screen
GAP = 14
KEPT = 12  # pages whose pictures are held at once


class PaperView(QWidget):
    """Stands in a scroller, and is scrolled by keys."""

    def __init__(self, shell: Shell, pages: PagePictures, *, title: str) -> None:
        super().__init__()
        self.setObjectName("preview/pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shell, self._pages, self._title = shell, pages, title
        self._drawn: dict[int, QImage] = {}
        self._asked: int | None = None
        self._page = 0
        self._say_page()

    @property
    def drawn(self) -> Sequence[int]:
        """Which pages have their pictures now."""
        return sorted(self._drawn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turn = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Home: -self._page}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_End:
            turn = len(self._pages.sizes) - 1 - self._page
        step = {Qt.Key.Key_Down: 60, Qt.Key.Key_Up: -60}.get(Qt.Key(event.key()))
        if turn is None and step is None:
            super().keyPressEvent(event)
        elif turn is not None:
            self.turn_to(self._page + turn)
        elif step is not None and (area := self._area()) is not None:
            area.verticalScrollBar().setValue(area.verticalScrollBar().value() + step)

    def turn_to(self, page: int) -> None:
        """Counted from 0; beyond an end it is the page at that end."""
        page = max(0, min(page, len(self._pages.sizes) - 1))
        if (area := self._area()) is not None and (inside := area.widget()) is not None:
            top = self.mapTo(inside, self._place(page).topLeft().toPoint()).y()
            area.verticalScrollBar().setValue(top - GAP)
        self._scrolled()

    def watch(self, area: QScrollArea) -> None:
        """Once it stands in `area`."""
        area.verticalScrollBar().valueChanged.connect(self._scrolled)
        QTimer.singleShot(0, self, self._scrolled)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(int(self._place(len(self._pages.sizes) - 1).bottom()) + GAP)
        if event.oldSize().width() != event.size().width():
            self._drawn.clear()
            QTimer.singleShot(0, self, self._scrolled)

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDEST), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in range(len(self._pages.sizes)):
            place = self._place(page)
            if not place.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(place, look().colour("paper"))
            if page in self._drawn:
                painter.drawImage(place, self._drawn[page])
            painter.setPen(look().colour("paper_line"))
            painter.drawRect(place)

    def _place(self, page: int) -> QRectF:
        """Of a page on this widget, in its own points."""
        top, width = 0.0, min(self.width() - 4, look().px(WIDEST))
        for across, tall in self._pages.sizes[:page]:
            top += width * tall / across + GAP
        across, tall = self._pages.sizes[page]
        return QRectF((self.width() - width) / 2, top + 2, width, width * tall / across)

    def _area(self) -> QScrollArea | None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def _in_sight(self) -> Sequence[int]:
        seen = QRectF(self.visibleRegion().boundingRect())
        return [n for n in range(len(self._pages.sizes)) if self._place(n).intersects(seen)]

    def _scrolled(self) -> None:
        in_sight = self._in_sight()
        if not in_sight:
            return
        middle = self.visibleRegion().boundingRect().center().y()
        page = min(in_sight, key=lambda n: abs(self._place(n).center().y() - middle))
        if page != self._page:
            self._page = page
            self._say_page()
            self.update()
        self._draw_next()

    def _draw_next(self) -> None:
        missing = [n for n in self._in_sight() if n not in self._drawn]
        if not missing or self._asked is not None:
            return
        page, pages = missing[0], self._pages
        self._asked = page
        dots = self._place(page).width() * self.devicePixelRatioF() / (pages.sizes[page][0] / 72)
        self._shell.fetch(self, lambda: pages.picture(page, dots), self._came)

    def _came(self, image: QImage) -> None:
        if self._asked is not None:
            self._drawn[self._asked] = image
        self._asked = None
        for far in sorted(self._drawn, key=lambda n: abs(n - self._page))[KEPT:]:
            del self._drawn[far]
        self.update()
        self._draw_next()

    def _say_page(self) -> None:
        """For who sees no picture: which page it is, and all that stands on it."""
        name = f"Page {self._page + 1} of {len(self._pages.sizes)}"
        self.setAccessibleName(f"{self._title}. {name}")
        page, pages = self._page, self._pages
        self._shell.fetch(self, lambda: pages.words(page), self._read)
        if self.hasFocus():
            announce(self, name)

    def _read(self, words: str) -> None:
        self.setAccessibleDescription(words)
