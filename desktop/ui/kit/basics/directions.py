"""Names written from right to left inside English lines: kept whole, and the line kept from left to right."""

from __future__ import annotations

import re

_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
_RUN = rf"[{_RIGHT}](?:[\s’'\-]*[{_RIGHT}])*"
_OTHER = r"[A-Za-z0-9\u00c0-\u024f]"
FIRST_RIGHT = "\u0590"
START, END, LEFT_TO_RIGHT = "\u2068", "\u2069", "\u200e"


def directed(text: str) -> str:
    """A line wholly in one direction is left alone; a mixed one reads from the left, each name in its own order."""
    if max(text, default="") < FIRST_RIGHT or not re.search(_RUN, text) or not re.search(_OTHER, text):
        return text
    return LEFT_TO_RIGHT + re.sub(_RUN, lambda run: f"{START}{run[0]}{END}", text)
