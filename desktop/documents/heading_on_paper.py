"""The heading of a part, with what is said of all of it beside it where both fit on one line."""

from __future__ import annotations

from reportlab.platypus import Flowable

from desktop.documents.text_flow import TextFlow

_BETWEEN = 12.0
_BASE = 0.76  # of the leading: where letters stand


class HeadingBeside(Flowable):  # type: ignore[misc]  # reportlab has no types
    """`leads`: how tall a line of each is."""

    def __init__(self, heading: TextFlow, aside: TextFlow, *, width: float, leads: tuple[float, float]) -> None:
        super().__init__()
        self._heading, self._aside, self._taken = heading, aside, width + _BETWEEN
        self._low = (leads[0] - leads[1]) * _BASE
        self._beside = False
        self.width = self.height = 0.0
        self.spaceBefore, self.spaceAfter = 0.0, 4.0

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        _width, tall = self._heading.wrap(width, height)
        one_line = self._aside.wrap(10_000, height)[1]
        self._beside = self._taken < width and self._aside.wrap(width - self._taken, height)[1] == one_line
        self.width, self.height = width, tall if self._beside else tall + self._aside.wrap(width, height)[1]
        return self.width, self.height

    def draw(self) -> None:
        lower = self.height - self._heading.height
        self._drawn(self._heading, 0, lower)
        if self._beside:
            self._drawn(self._aside, self._taken, self.height - self._aside.height - self._low)
        else:
            self._drawn(self._aside, 0, 0)

    def _drawn(self, part: TextFlow, x: float, y: float) -> None:
        self.canv.saveState()
        self.canv.translate(x, y)
        part.canv = self.canv
        part.draw()
        self.canv.restoreState()
