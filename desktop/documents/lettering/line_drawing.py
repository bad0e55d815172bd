"""One line of text on a page: runs in the order they stand, each glyph where HarfBuzz put it."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from reportlab.lib.colors import HexColor

from desktop.documents.lettering.bidirectional import line_levels, order_of, visual_runs
from desktop.documents.lettering.embedded_font import EmbeddedFont, embedded, in_one
from desktop.documents.lettering.line_breaking import broken
from desktop.documents.lettering.shaping import Font, Glyph, clusters
from desktop.documents.lettering.typeface import BOX_PAD, BOX_SIZE, Run, Typeface, clean, code_point

_ISOLATES = frozenset("\u2066\u2067\u2068\u2069")
_SPACED = re.compile(r" +|[^ ]+")
_NARROW = 115.0  # thousandths: poppler sees one print over another below a tenth of the size
_FROM_RIGHT = "\u200f"  # a mark that nobody sees
_EDGE = 0.5  # points: the frame round a box
_CLOSE = 0.4  # thousandths of the size: nearer than this, nothing is moved


@dataclass(frozen=True, slots=True)
class Line:
    """`levels` are empty where all runs from left to right; `base` is odd where its paragraph runs from the right."""

    text: str
    levels: Sequence[int] = ()
    base: int = 0

    @property
    def runs_from_right(self) -> bool:
        return self.base % 2 == 1


def lines_of(face: Typeface, text: str, weight: str, size: float, room: float) -> Iterator[Line]:
    """One paragraph in lines no wider than the room; empty text is one empty line."""
    order = order_of(text)
    scale = size / 1000
    for start, end in broken(text, lambda word: face.word(word, weight), face.space, room / scale):
        levels = line_levels(text, order, start, end) if order.levels else ()
        yield Line(text[start:end], levels, order.base)


def one_line(text: str, *, base: int | None = None) -> Line:
    """Words that stay on one line, whatever they hold; with a `base` of 0 it runs from the left even so."""
    plain = clean(text).replace("\n", " ")
    order = order_of(plain, base)
    levels = line_levels(plain, order, 0, len(plain)) if order.levels else ()
    kept = [place for place, char in enumerate(plain) if char not in _ISOLATES]  # they have done what they are for
    return Line("".join(plain[at] for at in kept), [levels[at] for at in kept] if levels else (), order.base)


def shortened(face: Typeface, text: str, weight: str, size: float, room: float) -> str:
    """As much of it as one line holds, with a mark that there is more."""
    if face.width(text, weight, size) <= room:
        return text
    letters = list(clusters(text))
    fitting = bisect(range(len(letters)), room, key=lambda end: face.width("".join(letters[:end]) + "…", weight, size))
    return "".join(letters[: max(fitting - 1, 0)]) + "…"


def set_apart(name: str) -> str:
    """Within a sentence of ours: its direction, whichever it is, ends with it."""
    return f"\u2068{name}\u2069"


def runs_of(face: Typeface, line: Line, weight: str) -> Iterator[Run]:
    """From left to right."""
    for start, end, level in visual_runs(line.levels) or [(0, len(line.text), 0)]:
        from_right = level % 2 == 1
        words = _SPACED.findall(line.text[start:end])
        found: list[Run] = []
        for word in reversed(words) if from_right else words:
            runs = face.word(word, weight, from_right=from_right)
            found += reversed(runs) if from_right else runs
        yield from _spaced_alike(face, found)


def _spaced_alike(face: Typeface, runs: Sequence[Run]) -> Iterator[Run]:
    """A space in the font of the word beside it, as wide as ever: readers part a line where its font changes, and turn
    each part round by itself."""
    for place, run in enumerate(runs):
        near = runs[place - 1 if place else 1] if len(runs) > 1 else run
        if run.text.isspace() and near.font is not run.font and " " in near.font.characters and not near.box:
            yield face.space_in(near.font, run)
        else:
            yield run


def draw_line(
    canvas: Any, face: Typeface, line: Line, x: float, y: float, *, weight: str, size: float, colour: str
) -> float:
    """Begins at `x`; returns how wide it is."""
    canvas.setFillColor(HexColor(colour))
    pen = _Pen(canvas, x, y, size)
    runs = [*runs_of(face, line, weight)]
    if runs and line.runs_from_right and not _ends_from_right(line.text):
        pen.end_mark(runs[0].font)
    for run in runs:
        if run.box:
            pen.box(run)
        else:
            pen.run(run)
    pen.end()
    return pen.width


class _Pen:
    """Writes the operators of one line of text. `_at` and `_ink` are in thousandths of the size: where the next glyph
    belongs, and where the reader's pen stands."""

    def __init__(self, canvas: Any, x: float, y: float, size: float) -> None:
        self._canvas, self._x, self._y, self._size = canvas, x, y, size
        self._at = self._ink = 0.0
        self._font = ""
        self._open = False
        self._shown: list[str] = []
        self._rise = 0.0

    @property
    def width(self) -> float:
        return self._at * self._size / 1000

    def run(self, run: Run) -> None:
        font = embedded(self._canvas, run.font)
        self._begin(font.name, self._size)
        if run.is_plain:
            self._as_before(run, font)
            return
        if run.from_right:
            self._from_right(run, font)
            return
        with self._said("".join(in_one(glyph.text) for glyph in run.glyphs)):
            for glyph in run.glyphs:
                self._glyph(glyph, font.code(glyph), run.font.natural(glyph.id))

    def end_mark(self, shipped: Font) -> None:
        """At the left end, which is the last of it, and which a stop is not known to belong to otherwise."""
        if shipped.nothing is not None:
            font = embedded(self._canvas, shipped)
            self._begin(font.name, self._size)
            self._glyph(mark := Glyph(shipped.nothing, _FROM_RIGHT, 0, 0, 0), font.code(mark), 0)

    def _as_before(self, run: Run, font: EmbeddedFont) -> None:
        """A word is written once, and copied where it comes again; only where it begins is not the same."""
        if id(run) not in font.drawn:
            alone = _Pen(self._canvas, 0, 0, self._size)
            for glyph in run.glyphs:
                alone._glyph(glyph, font.code(glyph), run.font.natural(glyph.id))
            font.drawn[id(run)] = (
                run,
                alone._shown,
                alone._ink,
                alone._at,
            )  # held: else its place is another’s
        _run, shown, ink, at = font.drawn[id(run)]
        if self._rise:
            self._flush()
            self._rise = 0.0
            self._canvas._code.append("0 Ts")
        off = self._at - self._ink
        if abs(off) > _CLOSE:
            self._shown.append(f"{-off:.1f}")
            self._ink += round(off, 1)
        if self._shown and self._shown[-1].endswith(">") and shown[0].startswith("<"):
            self._shown[-1] = self._shown[-1][:-1] + shown[0][1:]
            self._shown += shown[1:]
        else:
            self._shown += shown
        self._ink += ink
        self._at += at

    def _from_right(self, run: Run, font: EmbeddedFont) -> None:
        """Accents after their word, for readers that end a word where one was moved. A letter that a ligature drew is
        none: with room of its own, PDFium leaves it out."""
        accents = []
        last = list(takewhile(lambda glyph: not glyph.advance and not glyph.text.isalpha(), run.glyphs))
        if last:
            self._say_before([glyph.text for glyph in last if glyph.text], run.font, font)
        for place, glyph in enumerate(run.glyphs):
            if glyph.text and place >= len(last):
                self._glyph(glyph, font.code(glyph), run.font.natural(glyph.id))
            elif not glyph.text:
                accents.append((self._at, glyph))
                self._at += glyph.advance
        if accents:
            end = self._at
            with self._said(""):
                for self._at, glyph in accents:
                    self._glyph(glyph, font.code(glyph), run.font.natural(glyph.id))
            self._at = end

    def _say_before(self, accents: Sequence[str], shipped: Font, font: EmbeddedFont) -> None:
        """Of the last letter of a word: with some room of their own, narrow spaces that say them, or a reader takes
        them for a second print of the letter and parts them from it."""
        space = shipped.shape(" ", "", from_right=False)[0]
        for place, accent in enumerate(accents):
            off = self._at - (len(accents) - place) * _NARROW - self._ink
            self._shown.append(f"{-off:.1f}")
            self._flush()
            code = font.code(space._replace(text=accent))
            self._canvas._code.append(f"{_NARROW / space.advance * 100:.2f} Tz [<{code:04X}>] TJ 100 Tz")
            self._ink += off + _NARROW

    @contextmanager
    def _said(self, text: str) -> Iterator[None]:
        """What is read out in place of the glyphs drawn within."""
        self._flush()
        self._canvas.speak(text)
        yield
        self._flush()
        self._canvas.end()

    def box(self, run: Run) -> None:
        """The code point in a frame: nobody can take it for a letter."""
        self.end()
        canvas, left, wide = self._canvas, self._x + self.width, run.width * self._size / 1000
        canvas.speak(code_point(run.text) if _is_nobodys(run.text) else run.text)
        canvas.setStrokeColor(canvas._fillColorObj)
        canvas.setLineWidth(_EDGE)
        canvas.rect(left + _EDGE, self._y - self._size * 0.16, wide - 2 * _EDGE, self._size * 0.82, stroke=1, fill=0)
        (space,) = run.font.shape(" ", "", from_right=False)
        edge = wide - space.advance * self._size / 1000
        within = (left + BOX_PAD * self._size / 1000, self._y + self._size * 0.04, self._size * BOX_SIZE)
        blank = Run(run.font, (space,), " ", 0, is_plain=True)  # a reader takes a sign to be as wide as what is drawn
        for at, part in (
            ((left, self._y, self._size), blank),
            (within, Run(run.font, run.glyphs, "", 0, is_plain=True)),
            ((left + edge, self._y, self._size), blank),
        ):
            inner = _Pen(canvas, *at)
            inner.run(part)
            inner.end()
        canvas.end()
        self._at += run.width

    def end(self) -> None:
        if self._open:
            self._flush()
            self._canvas._code.append("ET")
        self._open, self._font = False, ""

    def _begin(self, font: str, size: float) -> None:
        if not self._open:
            self._canvas._code.append(f"BT 1 0 0 1 {self._x + self.width:.3f} {self._y:.3f} Tm 0 Ts")
            self._open, self._ink, self._rise = True, self._at, 0.0
        if font != self._font:
            self._flush()
            self._canvas._code.append(f"/{font} {size:.3f} Tf")
            self._font = font

    def _glyph(self, glyph: Glyph, code: int, natural: float) -> None:
        if abs(glyph.y - self._rise) > _CLOSE:
            self._flush()
            self._rise = glyph.y
            self._canvas._code.append(f"{glyph.y * self._size / 1000:.3f} Ts")
        off = self._at + glyph.x - self._ink
        if abs(off) > _CLOSE:
            self._shown.append(f"{-off:.1f}")
            self._ink += round(off, 1)
        if self._shown and self._shown[-1].endswith(">"):
            self._shown[-1] = f"{self._shown[-1][:-1]}{code:04X}>"
        else:
            self._shown.append(f"<{code:04X}>")
        self._ink += natural
        self._at += glyph.advance

    def _flush(self) -> None:
        if self._shown:
            self._canvas._code.append(f"[{' '.join(self._shown)}] TJ")
            self._shown = []


def _ends_from_right(text: str) -> bool:
    return unicodedata.bidirectional(text.rstrip()[-1:] or " ") in ("R", "AL")


def _is_nobodys(char: str) -> bool:
    """A private place: a reader may make anything of it."""
    return "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"
