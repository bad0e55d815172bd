"""The faces we ship: one to read, and others for names in scripts it does not draw."""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from casework.errors import BugError
from desktop.paths import resources

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


@cache
def load_fonts() -> None:
    """Registers the shipped faces, once per program."""
    found = sorted((resources() / "fonts").glob("*.ttf"))
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
