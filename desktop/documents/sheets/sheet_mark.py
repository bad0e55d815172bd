"""The mark on each page of a blank form that a scanner reads: which print it is of, and which page of how many.

What it says means nothing without the laptop that printed it: no name, no number of a child or of a record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from desktop.documents.tagging import TaggedCanvas

SheetId = NewType("SheetId", str)
SIDE = 33.0  # points: at 150 dots to the inch a scanner still has two dots for each of its squares
_QUIET = 2.0  # points of nothing round it, beside the margin that the page has
_SAYS = re.compile(r"HW1/([A-Z2-9]{10})/([1-9][0-9]{0,2})/([1-9][0-9]{0,2})")


@dataclass(frozen=True, slots=True)
class SheetMark:
    """`sheet`: the number of the print, the same on every page of it and on no other."""

    sheet: SheetId
    page: int
    of: int

    def __str__(self) -> str:
        return f"HW1/{self.sheet}/{self.page}/{self.of}"


def mark_said(text: str) -> SheetMark | None:
    """None for a mark of somebody else’s."""
    found = _SAYS.fullmatch(text)
    return SheetMark(SheetId(found[1]), int(found[2]), int(found[3])) if found else None


def draw_mark(canvas: TaggedCanvas, mark: SheetMark, x: float, y: float) -> None:
    """With its lower left corner there. A quarter of it may be dirty or torn; a page has two of them all the same."""
    code = QRCode(None, QRErrorCorrectLevel.Q)
    code.addData(str(mark))
    code.make()
    count = code.getModuleCount()
    step = SIDE / count
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(x - _QUIET, y - _QUIET, SIDE + 2 * _QUIET, SIDE + 2 * _QUIET, stroke=0, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    path = canvas.beginPath()
    for row in range(count):
        for column in range(count):
            if code.isDark(row, column):
                path.rect(x + column * step, y + (count - 1 - row) * step, step, step)
    canvas.drawPath(path, stroke=0, fill=1)


def in_print(sheet: SheetId) -> str:
    """“ABCDE FGHJK”, for a person to compare."""
    return f"{sheet[:5]} {sheet[5:]}"
