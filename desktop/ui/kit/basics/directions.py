"""Names written from right to left inside English lines: kept whole, and the line kept from left to right."""

from __future__ import annotations

import re

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RUN = re.compile(rf"[{_RIGHT}](?:[\s’'\-]*[{_RIGHT}])*")
_OTHER = re.compile(r"[A-Za-z0-9\u00c0-\u024f]")
START, END, LEFT_TO_RIGHT = "\u2068", "\u2069", "\u200e"


def directed(text: str) -> str:
    """A line wholly in one direction is left alone; a mixed one reads from the left, each name in its own order."""
    if _RUN.search(text) is None or _OTHER.search(text) is None:
        return text
    return LEFT_TO_RIGHT + _RUN.sub(lambda run: f"{START}{run[0]}{END}", text)
