"""Where a paragraph breaks into lines: at its spaces, between letters in scripts without them, or where it must."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from desktop.documents.lettering.shaping import clusters
from desktop.documents.lettering.typeface import Run

_WORD = re.compile(r"[^ ]+")
_BREAK_HERE = "\u200b"
_NOT_FIRST = frozenset("ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々〻ะาำๅๆฯ%％‰°")
_WIDE = (("\u2e80", "\u9fff"), ("\uf900", "\ufaff"), ("\uff00", "\uffef"), ("\U00020000", "\U0003ffff"))
_NOT_LAST = frozenset("เแโใไ$£¥€#＃")


class Atom(NamedTuple):
    """What stays together on a line: the places of its characters, and how wide it is."""

    start: int
    end: int
    width: float


def broken(text: str, shaped: Callable[[str], Sequence[Run]], space: float, room: float) -> Iterator[tuple[int, int]]:
    """The start and end of each line; lengths in any one unit. Each letter is measured once."""
    start, end, used = 0, 0, 0.0
    begun = False
    for atom in _atoms(text, shaped, room):
        gap = (atom.start - end) * space
        if begun and used + gap + atom.width > room:
            yield start, end
            start, used, gap = atom.start, 0.0, 0.0
        elif not begun:
            start, gap = 0, min(atom.start * space, room / 2)
        begun, end, used = True, atom.end, used + gap + atom.width
    yield start, end


def _atoms(text: str, shaped: Callable[[str], Sequence[Run]], room: float) -> Iterator[Atom]:
    for word in _WORD.finditer(text):
        at = word.start()
        for piece in _pieces(word.group()):
            runs = shaped(piece)
            width = sum(run.width for run in runs)
            if width <= room:
                yield Atom(at, at + len(piece), width)
            else:
                yield from _cut(piece, runs, at, room)
            at += len(piece)


def _cut(piece: str, runs: Sequence[Run], at: int, room: float) -> Iterator[Atom]:
    """A word wider than the page, in parts that fit; never within a letter and its accents."""
    widths = _letter_widths(runs)
    start = place = 0
    used = 0.0
    for letter in clusters(piece):
        width = sum(widths[place : place + len(letter)])
        if used and used + width > room:
            yield Atom(at + start, at + place, used)
            start, used = place, 0.0
        place, used = place + len(letter), used + width
    yield Atom(at + start, at + place, used)


def _letter_widths(runs: Sequence[Run]) -> list[float]:
    """Of each character; of several under one glyph, the first has it all."""
    widths: list[float] = []
    for run in runs:
        if run.box:
            widths.append(run.width)
            continue
        for glyph in run.reading():
            if glyph.text or not widths:
                widths += [glyph.advance, *[0.0] * (len(glyph.text) - 1)]
            else:
                widths[-1] += glyph.advance
    return widths


def _pieces(word: str) -> Iterator[str]:
    """A word of a script with spaces whole; Chinese, Japanese and Thai by the letter, with their punctuation."""
    if max(word) < "\u0e00":
        yield word
        return
    held = ""
    for letter in clusters(word):
        if held and _may_break(held[-1], letter[0]):
            yield held
            held = ""
        held += letter
    yield held


def _may_break(before: str, after: str) -> bool:
    if before == _BREAK_HERE:
        return True
    stays = unicodedata.category(after) in {"Pe", "Pf", "Po"} or after in _NOT_FIRST
    if stays or unicodedata.category(before) in {"Ps", "Pi"} or before in _NOT_LAST:
        return False
    return _is_wide(before) or _is_wide(after) or (_has_no_spaces(before) and _has_no_spaces(after))


def _is_wide(char: str) -> bool:
    return any(first <= char <= last for first, last in _WIDE)


def _has_no_spaces(char: str) -> bool:
    return "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff"
