"""Which shipped font draws which character, and how text that runs right to left is laid on a line."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from casework.errors import MissingGlyph

REGULAR, SEMIBOLD, BOLD = "Regular", "SemiBold", "Bold"
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_RESHAPER = ArabicReshaper({"delete_harakat": False, "support_ligatures": True})


class Typeface:
    """The fonts of `resources/fonts`, the house face first and a Noto face for what it lacks."""

    def __init__(self, folder: Path) -> None:
        self._faces = {weight: _register(folder, weight) for weight in (REGULAR, SEMIBOLD, BOLD)}

    def runs(self, text: str, weight: str) -> list[tuple[str, str]]:
        """[(font name, text)] for one line in display order. Raises MissingGlyph, naming the character."""
        shown = display_order(text)
        return [(font, "".join(found)) for font, found in groupby(shown, key=lambda char: self._font(char, weight))]

    def width(self, text: str, weight: str, size: float) -> float:
        shaped = _RESHAPER.reshape(text) if runs_right_to_left(text) else text
        parts = groupby(shaped, key=lambda char: self._font(char, weight))
        return float(sum(pdfmetrics.stringWidth("".join(found), font, size) for font, found in parts))

    def _font(self, char: str, weight: str) -> str:
        for name, known in self._faces[weight]:
            if ord(char) in known:
                return name
        raise MissingGlyph(_no_shape(char))


def clean(text: str) -> str:
    """Without control characters, which no font draws; line ends stay."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in {"Cc", "Cf"})


def runs_right_to_left(text: str) -> bool:
    return any(unicodedata.bidirectional(char) in _RIGHT_TO_LEFT for char in text)


def starts_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction belongs to a right-to-left script."""
    strong = (d for char in text if (d := unicodedata.bidirectional(char)) in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def display_order(text: str) -> str:
    """The characters from left to right, Arabic letters in the forms they take beside each other."""
    return str(get_display(_RESHAPER.reshape(text))) if runs_right_to_left(text) else text


def _no_shape(char: str) -> str:
    name = unicodedata.name(char, f"U+{ord(char):04X}").lower()
    return (
        f"No font in Homeward has a shape for “{char}” ({name}), so the PDF was not made. "
        "Write it another way, or ask for the font to be added."
    )


@lru_cache(maxsize=8)
def _register(folder: Path, weight: str) -> list[tuple[str, frozenset[int]]]:
    """[(font name, code points)] in the order they are tried."""
    faces = []
    for path in [folder / f"AtkinsonHyperlegibleNext-{weight}.ttf", *_fallbacks(folder, weight)]:
        font = TTFont(path.stem, str(path))
        pdfmetrics.registerFont(font)
        faces.append((path.stem, frozenset(font.face.charToGlyph)))
    return faces


def _fallbacks(folder: Path, weight: str) -> list[Path]:
    """Heavier faces first when a heavy one is asked for; any face rather than none."""
    others = sorted(path for path in folder.glob("*.ttf") if not path.stem.startswith("Atkinson"))
    wanted = "Regular" if weight == REGULAR else "Bold"
    return sorted(others, key=lambda path: (not path.stem.endswith(wanted), path.stem != f"NotoSans-{wanted}"))
