"""What a manager's signature shows in the room that was left for it: the name, and when by which laptop's clock."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop.documents.lettering.line_drawing import draw_line, one_line, shortened
from desktop.documents.lettering.typeface import SEMIBOLD, Typeface
from desktop.documents.pdfua import pages_alone
from desktop.documents.tagging import TaggedCanvas

_INK, _QUIET = "#15202B", "#4A5663"
_NAME, _LINE = 12.0, 8.0  # points


def shown_on_paper(name: str, lines: Sequence[str], room: tuple[float, float], fonts: Path) -> bytes:
    """A page as large as the room. In embedded fonts, like every other word of the document."""
    face, canvas = Typeface(fonts), TaggedCanvas(room)
    canvas.begin_artifact()  # what is read out is the name of the field, and who signed it
    top = room[1]
    for text, weight, size, colour in (
        (name, SEMIBOLD, _NAME, _INK),
        *((line, "Regular", _LINE, _QUIET) for line in lines),
    ):
        top -= size + 2
        line = one_line(shortened(face, text, weight, size, room[0]), base=0)
        draw_line(canvas, face, line, 0, top, weight=weight, size=size, colour=colour)
    canvas.end()
    canvas.showPage()
    return pages_alone(canvas)
