"""How much of very long words a box shows: laying out a megabyte would hold up the window at every key."""

from __future__ import annotations

import re

SHOWN = 120_000  # letters: more than any answer takes
SHOWN_IN_A_LINE = 10_000
UNBROKEN = 20_000  # letters without a space: each is a place to break, and the layout looks at all of them
_RUN = re.compile(rf"\S{{{UNBROKEN},}}")


def parted(text: str, most: int = SHOWN) -> tuple[str, str]:
    """What is shown, and the rest, which is kept out of sight with it."""
    found = _RUN.search(text)
    at = min(most, found.start() + UNBROKEN if found is not None else most)
    return text[:at], text[at:]
