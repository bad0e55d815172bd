"""Several lines in one label, each in a face of its own: a page has hundreds, and every widget costs its share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle

from desktop.ui.kit.basics.directions import directed
from desktop.ui.kit.basics.height_for_width import follow_width
from desktop.ui.kit.basics.labels import TONES
from desktop.ui.kit.basics.layout import NONE, Margins
from desktop.ui.theme import look

WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop)
NO_LIMIT = 16_000
BESIDE = 8  # px between a name and its value
OWN_LETTERS = re.compile("[ -\u024f\u2010-\u2026]*")  # those that our own face draws; others may be taller
WIDEST = 480  # px at 100 %: longer lines would rather be two


@dataclass
class LineOfWords:
    """Words, and how they look; by no other name than one of a tone they are in the text’s own colour."""

    words: str
    kind: str = "body"
    tone: str = ""

    def __post_init__(self) -> None:
        self.words = directed(self.words)

    @cached_property
    def natural(self) -> int:
        """The width of its words on one line."""
        return look().metrics(self.kind).horizontalAdvance(self.words)

    def box(self, width: int) -> QRect:
        return look().metrics(self.kind).boundingRect(QRect(0, 0, width, NO_LIMIT), WRAP, self.words)

    def tall(self, width: int) -> int:
        """At a width. Most lines fit, and are as tall as their face: then nothing has to be set."""
        if self.natural < width and OWN_LETTERS.fullmatch(self.words):
            return look().metrics(self.kind).height()
        return self.box(max(width, 1)).height()


class SetLine(NamedTuple):
    """A line, and where it stands at one width."""

    line: LineOfWords
    where: QRect


class Lines(QLabel):
    """Under each other, each as tall as its words need. What is empty is left out. A screen reader reads all of it."""

    def __init__(self, *said: LineOfWords, gap: int = 0, margins: Margins = NONE) -> None:
        super().__init__()
        self._said = [line for line in said if line.words]
        self._gap, self._margins = gap, margins
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText("\n".join(line.words for line in self._said))
        follow_width(self, QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def heightForWidth(self, width: int) -> int:
        """Kept, since layouts within layouts ask for it many times over."""
        if width not in self._heights:
            set_lines = self._arranged(width)
            self._heights[width] = max((one.where.bottom() + 1 for one in set_lines), default=0) + self._margins[3]
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = min(self._natural(), look().px(WIDEST))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least(), self.heightForWidth(NO_LIMIT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, across = QPainter(self), self._across()
        for line, where in self._arranged(self.width()):
            painter.setFont(look().font(line.kind))
            painter.setPen(look().colour(TONES.get(line.tone, "text")))
            painter.drawText(self.mirrored(where), across, line.words)

    def _arranged(self, width: int) -> Sequence[SetLine]:
        left, top, right, _bottom = self._margins
        found, wide = list[SetLine](), width - left - right
        for line in self._said:
            found.append(SetLine(line, QRect(left, top, wide, line.tall(wide))))
            top += found[-1].where.height() + self._gap
        return found

    def _natural(self) -> int:
        return self._beside() + max((line.natural for line in self._said), default=0) + 1

    def _least(self) -> int:
        """The widest word."""
        return self._beside() + max((line.box(1).width() for line in self._said), default=0) + 1

    def _beside(self) -> int:
        return self._margins[0] + self._margins[2]

    def _across(self) -> int:
        """Words begin where the window's do, as in any label."""
        way = self.layoutDirection()
        is_left = way is Qt.LayoutDirection.LeftToRight
        forced = Qt.TextFlag.TextForceLeftToRight if is_left else Qt.TextFlag.TextForceRightToLeft
        return WRAP | int(forced) | QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft).value

    def mirrored(self, where: QRect) -> QRect:
        """In a window that reads from the right."""
        return QStyle.visualRect(self.layoutDirection(), self.rect(), where)


class NamedValues(Lines):
    """Values beside what they are called; `width` of the names, in px, so that values stand under each other. A narrow
    window has each below its name."""

    def __init__(self, pairs: Sequence[tuple[str, str]], width: int, *, gap: int) -> None:
        self._pairs = [(LineOfWords(name, "caption", "muted"), LineOfWords(value)) for name, value in pairs]
        super().__init__(*(line for pair in self._pairs for line in pair))
        self._names, self._between = width, gap
        self.setAccessibleName(". ".join(f"{name}: {value}" for name, value in pairs))

    def _arranged(self, width: int) -> Sequence[SetLine]:
        left = 0 if look().narrow else look().px(self._names) + BESIDE
        found, top = list[SetLine](), 0
        for name, value in self._pairs:
            wide = left - BESIDE if left else width
            found.append(SetLine(name, QRect(0, top, wide, name.tall(wide))))
            top = top if left else found[-1].where.bottom() + 1
            found.append(SetLine(value, QRect(left, top, width - left, value.tall(width - left))))
            top = max(one.where.bottom() + 1 for one in found[-2:]) + self._between
        return found

    def _beside(self) -> int:
        return 0 if look().narrow else look().px(self._names) + BESIDE
