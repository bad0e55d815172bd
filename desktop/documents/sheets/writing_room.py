"""Room for a pen: boxes to tick, ruled lines, places for a day and a time, tables with empty lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from desktop.documents.tagging import TaggedCanvas
from desktop.documents.text_flow import TextFlow

PEN, RULE = "#15202B", "#8C97A2"


@dataclass(frozen=True, slots=True)
class PenSize:
    """How large a person writes, in points: `line` from one ruled line to the next, `box` a side of a box to tick."""

    line: float = 23.0
    box: float = 10.0
    size: float = 10.0

    @property
    def leading(self) -> float:
        return round(self.size * 1.4, 1)


class Ticks(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Boxes side by side, each before its words; `share` is how much of the width each may take."""

    def __init__(self, words: Sequence[TextFlow], hand: PenSize, *, share: float) -> None:
        super().__init__()
        self.width = self.height = 0.0
        self._words, self._hand, self._share = words, hand, share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        room = width * self._share - self._hand.box - 14
        self.width = width
        self.height = max(words.wrap(room, height)[1] for words in self._words) + 5
        return width, self.height

    def draw(self) -> None:
        canvas, step = self.canv, self.width * self._share
        for place, words in enumerate(self._words):
            canvas.saveState()
            canvas.translate(place * step, 0)
            tick_box(canvas, self._hand, 0, self.height - self._hand.leading * 0.5)
            canvas.translate(self._hand.box + 7, 0)
            words.draw_on(canvas, self.height)
            canvas.restoreState()


class Ruled(Flowable):  # type: ignore[misc]
    """Lines to write on, over as many pages as they take. `edge`: beside a child's own words."""

    def __init__(self, lines: int, hand: PenSize, *, edge: str = "") -> None:
        super().__init__()
        self.width = self.height = 0.0
        self._lines, self._hand, self._edge = lines, hand, edge

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, self._lines * self._hand.line + 4
        return width, self.height

    def split(self, _width: float, height: float) -> list[Ruled]:
        room = int((height - 4) // self._hand.line)
        if room >= self._lines:
            return [self]
        room = min(room, self._lines - 2)
        if room < 2:
            return []
        parts = (room, self._lines - room)
        return [Ruled(lines, self._hand, edge=self._edge) for lines in parts]

    def draw(self) -> None:
        canvas, left = self.canv, 8.0 if self._edge else 0.0
        canvas.begin_artifact()
        canvas.setStrokeColor(HexColor(RULE))
        canvas.setLineWidth(0.6)
        for number in range(self._lines):
            y = self.height - (number + 1) * self._hand.line
            canvas.line(left, y, self.width, y)
        if self._edge:
            canvas.setFillColor(HexColor(self._edge))
            canvas.rect(0, 2, 3, self.height - 6, stroke=0, fill=1)
        canvas.end()


class PenPlaces(Flowable):  # type: ignore[misc]
    """Short lines, each with a word before it: “Day ____ Month ____ Year ____”. `parts`: the words, how wide they are,
    and how wide the line after them is."""

    def __init__(self, parts: Sequence[tuple[TextFlow, float, float]], hand: PenSize) -> None:
        super().__init__()
        self.width = self.height = 0.0
        self._parts, self._hand = parts, hand

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self._hand.line + 2
        for words, wide, _room in self._parts:
            words.wrap(wide + 1, height)
        return width, self.height

    def draw(self) -> None:
        canvas, x = self.canv, 0.0
        for words, wide, room in self._parts:
            canvas.saveState()
            canvas.translate(x, 0)
            words.draw_on(canvas, self._hand.leading + 1)
            canvas.restoreState()
            x += wide + 5
            canvas.begin_artifact()
            canvas.setStrokeColor(HexColor(RULE))
            canvas.setLineWidth(0.6)
            canvas.line(x, 3, x + room, 3)
            canvas.end()
            x += room + 8


class AskedBeside(Flowable):  # type: ignore[misc]
    """What is asked at the left, the room for it at the right; never parted by the end of a page."""

    def __init__(self, left: Sequence[Flowable], right: Sequence[Flowable], *, share: float = 0.42) -> None:
        super().__init__()
        self.width = self.height = 0.0
        self._sides, self._share = (tuple(left), tuple(right)), share

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        rooms = (width * self._share - 12, width * (1 - self._share))
        self.height = 6 + max(
            sum(part.wrap(room, height)[1] for part in side) for side, room in zip(self._sides, rooms, strict=True)
        )
        return width, self.height

    def draw(self) -> None:
        for side, x in zip(self._sides, (0.0, self.width * self._share), strict=True):
            y = self.height - 3
            for part in side:
                y -= part.height
                part.drawOn(self.canv, x, y)


class EmptyRow(Flowable):  # type: ignore[misc]
    """One line of a table to fill in: boxes of the widths of its columns; `ticks` are words to tick in some of them."""

    def __init__(self, cells: Sequence[Sequence[Flowable]], widths: Sequence[float], height: float) -> None:
        super().__init__()
        self.width = self.height = 0.0
        self._cells, self._widths, self._lowest = cells, widths, height

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        tallest = max(
            sum(part.wrap(share * width - 8, height)[1] for part in cell)
            for cell, share in zip(self._cells, self._widths, strict=True)
        )
        self.height = max(self._lowest, tallest + 6)
        return width, self.height

    def draw(self) -> None:
        canvas, x = self.canv, 0.0
        for cell, share in zip(self._cells, self._widths, strict=True):
            canvas.begin_artifact()
            canvas.setStrokeColor(HexColor(RULE))
            canvas.setLineWidth(0.6)
            canvas.rect(x, 0, share * self.width, self.height, stroke=1, fill=0)
            canvas.end()
            y = self.height - 3
            for part in cell:
                y -= part.height
                part.drawOn(canvas, x + 4, y)
            x += share * self.width


class SignHere(Flowable):  # type: ignore[misc]
    """A box to sign in."""

    def __init__(self, height: float) -> None:
        super().__init__()
        self.width, self.height = 0.0, height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        self.canv.begin_artifact()
        self.canv.setStrokeColor(HexColor(RULE))
        self.canv.setLineWidth(0.8)
        self.canv.rect(0, 2, self.width, self.height - 4, stroke=1, fill=0)
        self.canv.end()


def tick_box(canvas: TaggedCanvas, hand: PenSize, x: float, middle: float) -> None:
    canvas.begin_artifact()
    canvas.setStrokeColor(HexColor(PEN))
    canvas.setLineWidth(0.9)
    canvas.rect(x, middle - hand.box / 2, hand.box, hand.box, stroke=1, fill=0)
    canvas.end()
