"""Where a caret stands: Qt counts a letter outside the first plane of Unicode, such as 😢, as two places."""

from __future__ import annotations

WIDE = "\uffff"


def places(text: str) -> int:
    """How many places a text takes."""
    return len(text) if text.isascii() else len(text) + sum(letter > WIDE for letter in text)


def before(text: str, place: int) -> str:
    """The letters before a caret; one whose middle it stands in, which no person sees, is among them."""
    if text.isascii():
        return text[:place]
    left = 0
    for number, letter in enumerate(text):
        if left >= place:
            return text[:number]
        left += 2 if letter > WIDE else 1
    return text
