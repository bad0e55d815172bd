"""What the window remembers while it is locked: where a person was, and what is not on the disk yet."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from casework.canonical import JSON
from casework.typed_words import Half

Typed: TypeAlias = "JSON | Half"  # an answer, or what stands in a box and is none yet


def words_of(typed: Typed) -> str:
    """What stands in a box of words that is no answer."""
    return str(typed.raw or "") if isinstance(typed, Half) else ""


class Where(NamedTuple):
    """A place, and what it is about: Where("form", record_id)."""

    place: str
    about: str = ""
    part: str = ""


TODAY = Where("today")
FIRST = "first"  # of a recovery code: this store was made just now


class Bookmark(NamedTuple):
    """`box` is the name of what had the keyboard."""

    where: Where = TODAY
    box: str = ""
    caret: int = 0


class UnsavedWords:
    """What is not on the disk yet, by record and path; it outlives screens and a lock, not the program."""

    def __init__(self) -> None:
        self.values: dict[str, dict[str, Typed]] = {}

    def keep(self, record_id: str, path: str, value: Typed) -> None:
        self.values.setdefault(record_id, {})[path] = value

    def drop(self, record_id: str, path: str) -> None:
        found = self.values.get(record_id, {})
        found.pop(path, None)
        if not found:
            self.values.pop(record_id, None)
