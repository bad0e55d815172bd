"""Words as they are kept, however they came into a box: by keys, by pasting, by dictation, or from another program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, cast

from casework.canonical import JSON

_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"  # Word, web pages and mainframes each end a line otherwise
_GONE = "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffc\ufffe\uffff]"  # no letter, no line, no joiner
_HALF = "[\ud800-\udfff]"  # half of a character; whole ones never hold it


class Half(NamedTuple):
    """What stands in a box and is no answer yet. `problem` says why, or is empty where none was asked for."""

    raw: JSON
    problem: str = ""


def kept_words(text: str) -> str:
    """Every way to end a line becomes a line break; other control characters go; not one letter is touched."""
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_HALF, "\ufffd", re.sub(_GONE, "", re.sub(_BREAKS, "\n", text)))


def misread(words: Sequence[str]) -> str:
    """Why a line of a terminal cannot be read: letters in it were written in another way than the terminal says."""
    for word in words:
        if re.search(_HALF, word):
            shown = re.sub(_HALF, "\ufffd", word)
            return f"“{shown}” holds letters that did not come whole. Set the terminal to UTF-8, then type it again."
    return ""


def in_one_line(text: str) -> str:
    """The same for a box of one line, where a break or a tab shows as a space."""
    return re.sub(r"[\n\t]", " ", kept_words(text))


def kept_answer(value: JSON) -> JSON:
    """An answer of any shape, with the words in it as they are kept."""
    if isinstance(value, str):
        return kept_words(value)
    if isinstance(value, list):
        return [kept_answer(item) for item in value]
    if isinstance(value, dict):
        return cast("JSON", {name: kept_answer(item) for name, item in value.items()})
    return value
