"""The theme in force: colours, sizes and faces, for style sheets and for what is painted by hand."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette

from desktop.ui.theme.fonts import face
from desktop.ui.theme.tokens import LIGHT, Colour, Tokens

# (size in px at 100 %, weight); 16 px is 12 point.
SIZES = {
    "caption": (15, 400),
    "caption_strong": (15, 600),
    "body": (16, 400),
    "strong": (16, 600),
    "section": (19, 600),
    "brand": (19, 700),
    "page": (24, 700),
    "number": (32, 700),
}
SMALLEST, LARGEST = 100, 200
NARROW_FROM = 150  # per cent at which the places bar and the rail become buttons


class Look(NamedTuple):
    """A theme at a text size. Text and controls grow with the text; the room between them does not."""

    tokens: Tokens = LIGHT
    percent: int = 100

    def colour(self, token: Colour) -> QColor:
        return QColor(getattr(self.tokens, token))

    def palette(self, role: QPalette.ColorRole, token: Colour) -> QPalette:
        """That says this colour alone, for a widget that has all others from where it stands."""
        return QPalette(_palette(role, getattr(self.tokens, token)))

    def px(self, size: float) -> int:
        """A length that grows as the text grows."""
        return round(size * self.percent / 100)

    def room(self, size: float) -> int:
        """A length that grows half as fast: the height and padding of controls."""
        return round(size * (100 + self.percent) / 200)

    def font(self, kind: str = "body") -> QFont:
        size, weight = SIZES[kind]
        return QFont(_face(self.px(size), weight))

    def metrics(self, kind: str = "body") -> QFontMetrics:
        """Of a face; for measuring alone, since it is shared."""
        size, weight = SIZES[kind]
        return _metrics(self.px(size), weight)

    @property
    def narrow(self) -> bool:
        return self.percent >= NARROW_FROM


_face = lru_cache(maxsize=64)(face)  # a page asks some five hundred times


@lru_cache(maxsize=64)
def _metrics(size_px: int, weight: int) -> QFontMetrics:
    return QFontMetrics(_face(size_px, weight))


@lru_cache(maxsize=64)  # widgets that share one are spared the work of putting together their own
def _palette(role: QPalette.ColorRole, colour: str) -> QPalette:
    palette = QPalette()
    palette.setColor(role, QColor(colour))
    return palette


class _InForce:
    look = Look()


def look() -> Look:
    """The look in force. Ask at painting time; never keep it."""
    return _InForce.look


def put_in_force(new: Look) -> None:
    """Called by `apply_look` only, which also redraws every widget."""
    _InForce.look = new
