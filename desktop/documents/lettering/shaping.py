"""A shipped font, and its glyphs for a word as HarfBuzz chooses and places them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools import unicodedata as scripts

EM = 1000
_UNSAID = {"Zyyy", "Zinh", "Zzzz"}
JOINERS = "\u200c\u200d"
_JOINER = "\u200d"
_IGNORABLE = frozenset("\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff") | {
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x2070)),
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0xE0000, 0xE1000)),
}


class Glyph(NamedTuple):
    """Lengths in thousandths of the size. `text` is what it says: all of a word's, in their order, are the word."""

    id: int
    text: str
    advance: float
    x: float
    y: float


class Font:
    """One file of `resources/fonts`; `characters` are those that it draws."""

    def __init__(self, path: str) -> None:
        self.name = Path(path).stem
        self.face = hb.Face(hb.Blob.from_file_path(path))
        self.characters = frozenset(map(chr, self.face.unicodes))
        self._font = hb.Font(self.face)
        self.scale = EM / self.face.upem
        self._naturals: dict[int, float] = {}

    @cached_property
    def nothing(self) -> int | None:
        """A glyph without ink or room. Not that of a joiner, which many fonts draw for those who edit."""
        return next((glyph for glyph in range(1, self.face.glyph_count) if self._is_blank(glyph)), None)

    def _is_blank(self, glyph: int) -> bool:
        ink = self._font.get_glyph_extents(glyph)
        return not self.natural(glyph) and (ink is None or not (ink.width or ink.height))

    def covers(self, text: str) -> bool:
        """Also where only the letter with its accent is there, or the letter and the accent apart."""
        return self._has(text) or self._has(unicodedata.normalize("NFC", text))

    def _has(self, text: str) -> bool:
        return all(char in self.characters or char in _IGNORABLE or char.isspace() for char in text)

    def natural(self, glyph: int) -> float:
        """How far it moves the pen of whoever reads the file."""
        found = self._naturals.get(glyph)
        if found is None:
            found = self._naturals[glyph] = float(self._font.get_glyph_h_advance(glyph) * self.scale)
        return found

    def shape(self, text: str, script: str, *, from_right: bool) -> tuple[Glyph, ...]:
        """From left to right, as they stand on the line. What stays unseen is left out, its text with a neighbour."""
        buffer = hb.Buffer()
        buffer.add_codepoints(list(map(ord, text)))
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.direction = "rtl" if from_right else "ltr"
        if script:
            buffer.script = script
        buffer.language = "en"
        hb.shape(self._font, buffer)
        infos, positions = buffer.glyph_infos, buffer.glyph_positions
        texts = _texts(text, [info.cluster for info in infos], from_right=from_right)
        glyphs = (
            Glyph(info.codepoint, said, at.x_advance * self.scale, at.x_offset * self.scale, at.y_offset * self.scale)
            for info, at, said in zip(infos, positions, texts, strict=True)
        )
        if not from_right:
            return tuple(part for glyph in glyphs for part in self._marks_apart(glyph))
        return tuple(_joiners_kept([part for glyph in glyphs for part in self._parted(glyph)]))

    def _parted(self, glyph: Glyph) -> Iterator[Glyph]:
        """Readers turn a line round by the glyph, and take an accent that was moved for a word of its own.

        So a ligature says its last letter, which stands at its left, and unseen glyphs the others; an accent's unseen
        glyph says it.
        """
        said = glyph.text
        if self.nothing is None or (len(said) < 2 and not (glyph.x or glyph.y)):
            yield glyph
            return
        moved = bool(glyph.x or glyph.y) and not glyph.advance
        letters = said if moved else said.rstrip(JOINERS)[:-1]
        unseen = [Glyph(self.nothing, char, 0, 0, 0) for char in reversed(letters)]
        own = glyph._replace(text="" if moved else said[len(letters) :])
        yield from (*unseen, own) if moved else (own, *unseen)

    def _marks_apart(self, glyph: Glyph) -> Iterator[Glyph]:
        """pdf.js takes a glyph that says a mark among its letters for a mark, without a width of its own."""
        said = unicodedata.normalize("NFC", glyph.text)
        if self.nothing is None or len(said) < 2 or not glyph.advance or not _has_mark(said):
            yield glyph
            return
        yield glyph._replace(text=glyph.text[:1])
        yield from (Glyph(self.nothing, char, 0, 0, 0) for char in glyph.text[1:])


def _joiners_kept(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """With the letter that stands before them in reading order: pdf.js leaves out a glyph that says nothing else."""
    held: list[Glyph] = []
    for glyph in glyphs:
        if glyph.text and not glyph.text.strip(JOINERS) and not glyph.advance:
            held.append(glyph)
        elif held and glyph.text:
            yield glyph._replace(text=glyph.text + "".join(each.text for each in reversed(held)))
            held = []
        else:
            yield glyph
    yield from held


def _has_mark(said: str) -> bool:
    return any(unicodedata.category(char) == "Mn" for char in said)


def _texts(text: str, clusters: Sequence[int], *, from_right: bool) -> list[str]:
    """What each glyph says; in a cluster of several, a character each in reading order, and the last the rest."""
    if not from_right and clusters == list(range(len(text))):
        return list(text)
    logical = list(reversed(clusters)) if from_right else list(clusters)
    starts = [(start, len(list(group))) for start, group in groupby(logical)]
    said: list[str] = []
    for number, (start, count) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else len(text)
        whole = text[start if number else 0 : end]
        said += [*whole[: count - 1], *[""] * (count - 1 - len(whole)), whole[count - 1 :]]
    return said[::-1] if from_right else said


@lru_cache(maxsize=64)
def font(path: str) -> Font:
    """Read once per program."""
    return Font(path)


@lru_cache(maxsize=4096)
def extends(char: str) -> bool:
    """Whether it belongs to the letter before: accents, vowel signs, joiners, variants, shades of skin."""
    is_shade = "\U0001f3fb" <= char <= "\U0001f3ff"
    return is_shade or char in _IGNORABLE or unicodedata.category(char) in {"Mn", "Mc", "Me"}


def clusters(text: str) -> Iterator[str]:
    """What a person takes for one letter, or one picture."""
    start = 0
    for place in range(1, len(text)):
        flag = _is_flag(text[place]) and _is_flag(text[place - 1]) and (place - start) % 2
        if not extends(text[place]) and text[place - 1] != _JOINER and not flag:
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


@lru_cache(maxsize=4096)
def script_of(char: str) -> str:
    """Empty for what all scripts share."""
    found = str(scripts.script(char))
    return "" if found in _UNSAID else found


def is_ignorable(char: str) -> bool:
    return char in _IGNORABLE
