"""The faces we ship: one to read, and others for names in scripts it does not draw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

from casework.errors import BugError
from desktop.paths import fonts

FAMILY = "Atkinson Hyperlegible Next"
FALLBACKS = (
    "Noto Sans",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Gurmukhi",
    "Noto Sans Bengali",
    "Noto Sans Ethiopic",
    "Noto Sans Gujarati",
    "Noto Sans Tamil",
    "Noto Sans Thai",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Sinhala",
    "Noto Sans Malayalam",
    "Noto Sans Telugu",
    "Noto Sans Kannada",
    "Noto Sans CJK SC",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Noto Sans Math",
    "Noto Emoji",
)


AT_THE_DOOR = ("AtkinsonHyperlegibleNext-*.ttf", "NotoSans-*.ttf")
DRAWN_AT_THE_DOOR = "\u052f"  # up to here, which is Latin, Greek and Cyrillic, those draw every letter


@cache
def load_first_fonts() -> None:
    """Registers the faces of the door, once per program: each costs the start a third of a millisecond."""
    _register([path for pattern in AT_THE_DOOR for path in sorted(fonts().glob(pattern))])


@cache
def load_fonts() -> None:
    """Registers every shipped face, once per program."""
    load_first_fonts()
    first = {path for pattern in AT_THE_DOOR for path in fonts().glob(pattern)}
    _register(sorted(set(fonts().glob("*.ttf")) - first))


def load_fonts_for(words: str) -> None:
    """Sees to it that these words are drawn, where they stand at the door."""
    if any(letter > DRAWN_AT_THE_DOOR for letter in words):
        load_fonts()


def _register(found: Sequence[Path]) -> None:
    if not found or any(QFontDatabase.addApplicationFont(str(path)) < 0 for path in found):
        message = "The fonts that belong to Homeward are missing. Install Homeward again."
        raise BugError(message)


def face(size_px: int, weight: int = 400) -> QFont:
    """Our face at a size, with figures that all take the same room."""
    font = QFont()
    font.setFamilies([FAMILY, *FALLBACKS])
    font.setPixelSize(max(size_px, 1))
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
