"""Which shipped font draws which character, and what stands where no font has a shape."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from itertools import groupby
from pathlib import Path

from desktop.documents.lettering.shaping import Font, Glyph, clusters, font, is_ignorable, script_of

REGULAR, SEMIBOLD, BOLD = "Regular", "SemiBold", "Bold"
BOX_SIZE, BOX_PAD = 0.62, 140.0  # of the size: the letters in a box; thousandths: the room left and right of them
_LAST = ("NotoSansSymbols", "NotoSansMath", "NotoEmoji", "NotoSansCJK")  # large, and seldom what is wanted
_PICTURE = "\ufe0f"
# Word writes its bullets and arrows in fonts of its own, at places that belong to nobody.
_OF_WORD = str.maketrans(
    {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF076: "❖", 0xF0A8: "□", 0xF06F: "□", 0xF0E0: "→",
     0xF0DF: "←", 0xF04A: "☺", 0xF04C: "☹", 0xF0FB: "✗", 0xF0FE: "☒", 0xF0D0: "–"}
)  # fmt: skip
_LINE_ENDS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one font, from left to right. A `box` stands where no font has a shape; its glyphs name the place."""

    font: Font
    glyphs: tuple[Glyph, ...]
    text: str
    width: float
    from_right: bool = False
    box: bool = False
    is_plain: bool = False  # whether its glyphs, one after the other, say what it says

    def reading(self) -> Iterator[Glyph]:
        return reversed(self.glyphs) if self.from_right else iter(self.glyphs)


class Typeface:
    """The fonts of `resources/fonts`, the house face first and a Noto face for what it lacks."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._fonts = {weight: _in_order(folder, weight) for weight in (REGULAR, SEMIBOLD, BOLD)}
        self._met: dict[str, None] = {}  # what no font draws, in the order it was met
        self._spaces: dict[tuple[str, str, str], Run] = {}
        self._words = lru_cache(maxsize=30_000)(self._set)

    @cached_property
    def space(self) -> float:
        return self._house(REGULAR).shape(" ", "Latn", from_right=False)[0].advance

    def space_in(self, other: Font, run: Run) -> Run:
        """As many spaces as the run has, and as wide, with another font's glyph."""
        key = (other.name, run.font.name, run.text)
        if key not in self._spaces:
            (glyph,) = other.shape(" ", "", from_right=False)
            glyphs = tuple(glyph._replace(advance=each.advance, text=each.text) for each in run.glyphs)
            self._spaces[key] = replace(run, font=other, glyphs=glyphs)
        return self._spaces[key]

    def width(self, text: str, weight: str, size: float) -> float:
        words = text.split(" ")
        found = sum(run.width for word in words if word for run in self.word(word, weight))
        return (found + self.space * (len(words) - 1)) * size / 1000

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters that no shipped font draws, each once, in the order of the text."""
        others = (char for char in dict.fromkeys(clean(text)) if char not in self._house(REGULAR).characters)
        found = [char for char in others if not char.isspace() and not self._is_drawn(char)]
        self._met |= dict.fromkeys(found)
        return tuple(found)

    def note_on_boxes(self, *also: str) -> str:
        """For the foot of a document: what stands in its boxes, those of `also` with them; empty without any."""
        self.missing("".join(also))
        if not self._met:
            return ""
        codes = ", ".join(named(char) for char in self._met)
        return (
            "A box with a code stands for a sign that Homeward has no shape for. "
            f"In this document: {codes}. The record attached to this file has every sign as it was written."
        )

    def word(self, word: str, weight: str, *, from_right: bool | None = None) -> tuple[Run, ...]:
        """In reading order. Without being told, it runs as its letters do: enough to measure it."""
        return self._words(word, weight, starts_right_to_left(word) if from_right is None else from_right)

    def _set(self, word: str, weight: str, from_right: bool) -> tuple[Run, ...]:
        return tuple(
            self._box(text, weight) if found is None else _run(found, text, script, from_right=from_right)
            for found, script, text in self._parts(word, weight)
        )

    def _parts(self, word: str, weight: str) -> Iterator[tuple[Font | None, str, str]]:
        """[(font, script, text)]: where one font can, it draws the whole word."""
        written = _scripts(word)
        if _PICTURE not in word and len(set(written)) == 1 and self._house(weight).covers(word):
            yield self._house(weight), written[0], word
            return
        letters = [(self._font(cluster, weight), cluster) for cluster in clusters(word)]
        if len({found for found, _ in letters}) > 1:
            whole = self._font(word, weight)
            letters = [(whole or found, cluster) for found, cluster in letters]
        pieces: list[tuple[Font | None, str, str]] = []
        at = 0
        for found, cluster in letters:
            script = written[at]
            at += len(cluster)
            if found is None:
                pieces += [(self._font(char, weight), script, char) for char in cluster]
            else:
                pieces.append((found, script, cluster))
        for (found, script), group in groupby(pieces, key=lambda piece: piece[:2]):
            if found is None:
                yield from group
            else:
                yield found, script, "".join(text for _, _, text in group)

    def _is_drawn(self, char: str) -> bool:
        return is_ignorable(char) or self._font(char, REGULAR) is not None

    def _font(self, text: str, weight: str) -> Font | None:
        if _PICTURE in text and (picture := font(str(self._folder / "NotoEmoji-Regular.ttf"))).covers(text):
            return picture
        return next((found for path in self._fonts[weight] if (found := font(path)).covers(text)), None)

    def _box(self, char: str, weight: str) -> Run:
        house = self._house(weight)
        glyphs = house.shape(code_point(char), "Latn", from_right=False)
        width = sum(glyph.advance for glyph in glyphs) * BOX_SIZE + 2 * BOX_PAD
        return Run(house, glyphs, char, width, box=True)

    def _house(self, weight: str) -> Font:
        return font(self._fonts[weight][0])


def clean(text: str) -> str:
    """As it is printed: without control characters, Word's own signs as everybody's; line ends stay."""
    plain = text.replace("\r\n", "\n").replace("\t", "    ").translate(_OF_WORD | _LINE_ENDS)
    return "".join(char for char in plain if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"})


def code_point(char: str) -> str:
    return f"U+{ord(char):04X}"


def named(char: str) -> str:
    """U+13000 (egyptian hieroglyph a001)."""
    name = unicodedata.name(char, "").lower()
    return f"{code_point(char)} ({name})" if name else code_point(char)


def starts_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction belongs to a right-to-left script."""
    if text.isascii():
        return False
    strong = (d for char in text if (d := unicodedata.bidirectional(char)) in {"L", "R", "AL"})
    return next(strong, "L") != "L"


def _run(found: Font, text: str, script: str, *, from_right: bool) -> Run:
    glyphs = found.shape(text, script, from_right=from_right)
    is_plain = all(each.text and (each.advance or not from_right) and not (each.x or each.y) for each in glyphs)
    return Run(found, glyphs, text, sum(glyph.advance for glyph in glyphs), from_right, is_plain=is_plain)


def _scripts(word: str) -> list[str]:
    """Of each character; what all scripts share goes with what is before it, and at the start with what follows."""
    own = [script_of(char) for char in word]
    before = next((script for script in own if script), "")
    found = []
    for script in own:
        before = script or before
        found.append(before)
    return found


@cache
def _in_order(folder: Path, weight: str) -> list[str]:
    """The house face; heavier faces first when a heavy one is asked for; any face rather than none."""
    others = sorted(path for path in folder.glob("*.ttf") if not path.stem.startswith("Atkinson"))
    wanted = "Regular" if weight == REGULAR else "Bold"

    def place(path: Path) -> tuple[bool, bool, bool, int]:
        last = next((number for number, name in enumerate(_LAST, 1) if path.stem.startswith(name)), 0)
        return bool(last), not path.stem.endswith(wanted), path.stem != f"NotoSans-{wanted}", last

    return [str(path) for path in (folder / f"AtkinsonHyperlegibleNext-{weight}.ttf", *sorted(others, key=place))]
