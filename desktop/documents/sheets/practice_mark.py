"""“Practice” on every page that is made while somebody practises: under the words, at the top, in what is attached."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path

from casework.canonical import canonical, parse
from desktop.documents.lettering.line_drawing import draw_line, one_line
from desktop.documents.lettering.typeface import BOLD, Typeface
from desktop.documents.tagging import TaggedCanvas

ACROSS, ABOVE = "Practice", "Practice. Invented children: this is no record of anybody."
_FACE: ContextVar[Typeface | None] = ContextVar("face of the practice mark", default=None)


@contextmanager
def marked_as_practice(fonts: Path) -> Iterator[None]:
    """Every document finished within is marked."""
    before = _FACE.set(Typeface(fonts))
    try:
        yield
    finally:
        _FACE.reset(before)


def mark_pages(canvas: TaggedCanvas) -> None:
    """Nothing, unless somebody practises."""
    face = _FACE.get()
    if face is None:
        return
    for page in canvas.pages:
        canvas.draw_under(page, partial(_draw, canvas, face, page.size))


def mark_record(record: bytes) -> bytes:
    """What is attached for a computer says it too, so that a check of the file can."""
    found = parse(record) if _FACE.get() is not None else None
    return canonical({**found, "practice": True}) if isinstance(found, dict) else record


def _draw(canvas: TaggedCanvas, face: Typeface, size: tuple[float, float]) -> None:
    """An artifact: the title of the file says it to whoever listens."""
    wide, high = size
    canvas.begin_artifact()
    canvas.saveState()
    width = face.width(ABOVE, BOLD, 9)
    left = (wide - width) / 2
    draw_line(canvas, face, one_line(ABOVE, base=0), left, high - 20, weight=BOLD, size=9, colour="#8A3B00")
    canvas.translate(wide / 2 + 70, high / 2 - 50)
    canvas.rotate(54)
    begins = -face.width(ACROSS, BOLD, 120) / 2
    draw_line(canvas, face, one_line(ACROSS, base=0), begins, -40, weight=BOLD, size=120, colour="#FBE3C4")
    canvas.restoreState()
    canvas.end()
