"""Bars on paper: drawn as lines and areas, never as pixels, with their numbers beside them, and said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from desktop.documents.lettering.line_drawing import draw_line, one_line, shortened
from desktop.documents.lettering.typeface import SEMIBOLD, Typeface
from desktop.documents.pdf.structure_tree import Element

STEP, BAR, SIZE = 17.0, 11.0, 8.5
NAMES, NUMBERS = 0.36, 84.0
FULL, BEFORE, EDGE, INK = "#0B5A6F", "#66727F", "#4A5663", "#15202B"


@dataclass(frozen=True, slots=True)
class PaperBar:
    """`count` is None where it is hidden: an outline, whose length says nothing."""

    words: str
    count: int | None
    shown: str
    is_before: bool = False


class BarsBlock(Flowable):  # type: ignore[misc]  # reportlab has no types
    """Of one width of the page; a figure in the structure, with every bar in its description."""

    def __init__(self, face: Typeface, title: str, bars: Sequence[PaperBar], parent: Element) -> None:
        super().__init__()
        self.width, self.height = 0.0, 0.0
        self._face, self._bars, self._parent = face, bars, parent
        self._alt = f"{title}. " + ". ".join(f"{bar.words}: {bar.shown}" for bar in bars)
        self._most = max((bar.count or 0 for bar in bars), default=0) or 1
        self.spaceBefore, self.spaceAfter = 2, 8

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width, self.height = width, STEP * len(self._bars) + 2
        return self.width, self.height

    def draw(self) -> None:
        self.canv.begin(self._parent.add("Figure", alt=self._alt))
        for place, bar in enumerate(self._bars):
            self._draw_bar(bar, self.height - STEP * (place + 1))
        self.canv.end()

    def _draw_bar(self, bar: PaperBar, base: float) -> None:
        canvas, left = self.canv, self.width * NAMES
        share = 0.12 if bar.count is None else bar.count / self._most
        length = max((self.width - left - NUMBERS) * share, 0.6)
        canvas.setLineWidth(0.7)
        if bar.count is None:
            canvas.setStrokeColor(HexColor(EDGE))
            canvas.setDash(2, 2)
            canvas.rect(left, base + 2, length, BAR, stroke=1, fill=0)
            canvas.setDash()
        else:
            canvas.setFillColor(HexColor(BEFORE if bar.is_before else FULL))
            canvas.rect(left, base + 2, length, BAR, stroke=0, fill=1)
        words = shortened(self._face, bar.words, "Regular", SIZE, left - 8)
        draw_line(canvas, self._face, one_line(words, base=0), 0, base + 4.5, weight="Regular", size=SIZE, colour=INK)
        told = one_line(bar.shown, base=0)
        draw_line(canvas, self._face, told, left + length + 5, base + 4.5, weight=SEMIBOLD, size=SIZE, colour=INK)
