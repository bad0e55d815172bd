"""Arranging widgets: columns, rows, a row that breaks, and a pair that goes side by side when there is room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QSizePolicy, QStyle, QVBoxLayout, QWidget

Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


def column(parent: QWidget | None = None, *, gap: int = 0, margins: Margins = NONE) -> QVBoxLayout:
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    return _set(layout, gap, margins)


def row(parent: QWidget | None = None, *, gap: int = 8, margins: Margins = NONE) -> QHBoxLayout:
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    return _set(layout, gap, margins)


def beside(*widgets: QWidget, gap: int = 8, stretch: int = -1) -> QWidget:
    """Widgets in one row; the one numbered `stretch` takes the room that is over."""
    holder = QWidget()
    layout = row(holder, gap=gap)
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == stretch else 0)
    return holder


def stacked(*widgets: QWidget, gap: int = 8, margins: Margins = NONE) -> QWidget:
    """Widgets in one column, as tall as they need."""
    holder = QWidget()
    layout = column(holder, gap=gap, margins=margins)
    for widget in widgets:
        layout.addWidget(widget)
    return holder


def spacer() -> QWidget:
    """Takes what room is left, sideways and down."""
    gap = QWidget()
    gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return gap


def empty(layout: QLayout) -> None:
    """Takes every widget out of a layout and lets it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            empty(inner)


Box = TypeVar("Box", bound=QBoxLayout)


def _set(layout: Box, gap: int, margins: Margins) -> Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    return layout


class _Items(QLayout):
    """What Qt asks of any layout that keeps its items in order."""

    def __init__(self, parent: QWidget | None, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Kept until something in it changes: layouts around it ask many times over."""
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, where: QRect) -> None:
        super().setGeometry(where)
        self._arrange(where, place=True)

    def minimumSize(self) -> QSize:
        widths = [item.minimumSize().width() for item in self._shown()]
        heights = [item.minimumSize().height() for item in self._shown()]
        return QSize(max(widths, default=0), max(heights, default=0))

    def _shown(self) -> Iterable[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _put(self, item: QLayoutItem, at: QRect, where: QRect) -> None:
        """Mirrored where the language is read from the right."""
        parent = self.parentWidget()
        way = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        item.setGeometry(QStyle.visualRect(way, where, at))

    # Abstract, and not by abc: a Qt class has a metaclass of its own, beside which ABCMeta has no room.
    def _arrange(self, where: QRect, *, place: bool) -> int:
        raise NotImplementedError


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


class Flow(_Items):
    """A row that breaks into more rows, as words do."""

    def sizeHint(self) -> QSize:
        items = list(self._shown())
        width = sum(item.sizeHint().width() for item in items) + self.spacing() * max(len(items) - 1, 0)
        return QSize(width, max((item.sizeHint().height() for item in items), default=0))

    def _arrange(self, where: QRect, *, place: bool) -> int:
        x, y, tallest = where.x(), where.y(), 0
        for item in self._shown():
            width = min(item.sizeHint().width(), where.width())
            height = _height(item, width)
            if x > where.x() and x + width > where.right() + 1:
                x, y, tallest = where.x(), y + tallest + self.spacing(), 0
            if place:
                self._put(item, QRect(QPoint(x, y), QSize(width, height)), where)
            x, tallest = x + width + self.spacing(), max(tallest, height)
        return y + tallest - where.y()


class SideOrBelow(_Items):
    """A label with its answer on the right when both fit on a line, else the answer under the label."""

    def __init__(
        self, parent: QWidget | None = None, gap: int = 16, below: int = 6, least: int = 0, *, is_top: bool = False
    ) -> None:
        """`is_top`: both begin on one line, rather than stand with their middles on it."""
        super().__init__(parent, gap)
        self._below, self._least, self._is_top = below, least, is_top

    def sizeHint(self) -> QSize:
        items = list(self._shown())
        width = sum(item.sizeHint().width() for item in items) + self.spacing()
        return QSize(width, max((item.sizeHint().height() for item in items), default=0))

    def _arrange(self, where: QRect, *, place: bool) -> int:
        items = list(self._shown())
        if len(items) < 2:
            return self._under(items, where, place=place)
        label, answer = items
        left = where.width() - self.spacing() - answer.sizeHint().width()
        if left < min(label.sizeHint().width(), self._least or where.width() * 45 // 100):
            return self._under(items, where, place=place)
        heights = (_height(label, left), _height(answer, answer.sizeHint().width()))
        if place:
            down = [0 if self._is_top else (max(heights) - height) // 2 for height in heights]
            self._put(label, QRect(where.x(), where.y() + down[0], left, heights[0]), where)
            x, wide = where.right() + 1 - answer.sizeHint().width(), answer.sizeHint().width()
            self._put(answer, QRect(x, where.y() + down[1], wide, heights[1]), where)
        return max(heights)

    def _under(self, items: Iterable[QLayoutItem], where: QRect, *, place: bool) -> int:
        y = where.y()
        for number, item in enumerate(items):
            y += self._below if number else 0
            height = _height(item, where.width())
            if place:
                item.setGeometry(QRect(where.x(), y, where.width(), height))
            y += height
        return y - where.y()


class LabelColumn(SideOrBelow):
    """As `SideOrBelow`, but where there is room labels are of one width, so that the answers of a page begin under each
    other. `is_filling`: the answer takes what is left of its line."""

    def __init__(self, parent: QWidget | None = None, *, wide: int, is_filling: bool) -> None:
        super().__init__(parent)
        self._wide, self._is_filling = wide, is_filling

    def _arrange(self, where: QRect, *, place: bool) -> int:
        items = list(self._shown())
        room = where.width() - self._wide - self.spacing()
        if len(items) < 2 or room < max(self._wide, 0 if self._is_filling else items[1].sizeHint().width()):
            return self._under(items, where, place=place) if self._is_filling else super()._arrange(where, place=place)
        widths = (self._wide, room if self._is_filling else items[1].sizeHint().width())
        heights = [_height(item, width) for item, width in zip(items, widths, strict=True)]
        x = where.x()
        for item, width, height in zip(items, widths, heights, strict=True) if place else ():
            self._put(item, QRect(x, where.y() + (max(heights) - height) // 2, width, height), where)
            x += width + self.spacing()
        return max(heights)


class Tiles(_Items):
    """Things of one width beside each other, as many as fit at `least`; those of a row are of one height."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8, least: int = 200) -> None:
        super().__init__(parent, gap)
        self._least = least

    def sizeHint(self) -> QSize:
        items = list(self._shown())
        width = len(items) * (self._least + self.spacing())
        return QSize(width, max((item.sizeHint().height() for item in items), default=0))

    def minimumSize(self) -> QSize:
        return QSize(min(self._least, 120), max((item.minimumSize().height() for item in self._shown()), default=0))

    def _arrange(self, where: QRect, *, place: bool) -> int:
        items, gap, y = list(self._shown()), self.spacing(), where.y()
        if not items:
            return 0
        across = max(1, min(len(items), (where.width() + gap) // (self._least + gap)))
        wide = (where.width() - gap * (across - 1)) // across
        for start in range(0, len(items), across):
            line = items[start : start + across]
            tall = max(_height(item, wide) for item in line)
            for number, item in enumerate(line if place else ()):
                self._put(item, QRect(where.x() + number * (wide + gap), y, wide, tall), where)
            y += tall + gap
        return y - gap - where.y()


class Columns(_Items):
    """Down the first column, then down the next: as many columns, `most` at most, as make it least tall.

    Words may wrap for it; no item is made narrower than its longest word, nor a column than `least`.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 24, below: int = 4, least: int = 200) -> None:
        self._chosen: dict[int, tuple[int, int]] = {}  # by width, how tall and how many across
        super().__init__(parent, gap)
        self._below, self._least, self.most = below, least, 1

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._shown()]
        heights = sum(hint.height() + self._below for hint in hints)
        return QSize(max((hint.width() for hint in hints), default=0), max(heights - self._below, 0))

    def _arrange(self, where: QRect, *, place: bool) -> int:
        items = list(self._shown())
        if not items:
            return 0
        width = where.width()
        if width not in self._chosen:
            most = self._most_across(items, width)
            self._chosen[width] = min((self._tall(items, width, across), across) for across in range(1, most + 1))
        tall, across = self._chosen[width]
        if place:
            self._place(items, where, across)
        return tall

    def invalidate(self) -> None:
        self._chosen.clear()
        super().invalidate()

    def _most_across(self, items: list[QLayoutItem], width: int) -> int:
        least = max(self._least, *(item.minimumSize().width() for item in items))
        return max(1, min(self.most, len(items), (width + self.spacing()) // (least + self.spacing())))

    def _wide(self, width: int, across: int) -> int:
        return (width - self.spacing() * (across - 1)) // across

    def _tall(self, items: list[QLayoutItem], width: int, across: int) -> int:
        wide = self._wide(width, across)
        return max(
            sum(_height(item, wide) + self._below for item in one) - self._below for one in _parts(items, across)
        )

    def _place(self, items: list[QLayoutItem], where: QRect, across: int) -> None:
        wide = self._wide(where.width(), across)
        for number, one in enumerate(_parts(items, across)):
            y = where.y()
            for item in one:
                height = _height(item, wide)
                self._put(item, QRect(where.x() + number * (wide + self.spacing()), y, wide, height), where)
                y += height + self._below


def _parts(items: list[QLayoutItem], across: int) -> list[list[QLayoutItem]]:
    """As even as may be, the first never shorter than the next."""
    deep = -(-len(items) // across)
    return [items[start : start + deep] for start in range(0, len(items), deep)]
