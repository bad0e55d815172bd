"""Where in a record a value lives: `f/<question>`, `r/<group>/<row>` or `r/<group>/<row>/<column>`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from casework.errors import AnswerError

_NAME = r"[a-z][a-z0-9_]{0,63}"
_ROW = r"[A-Za-z0-9_-]{1,64}"
_PATH = re.compile(rf"f/(?P<field>{_NAME})|r/(?P<group>{_NAME})/(?P<row>{_ROW})(?:/(?P<column>{_NAME}))?")


class Path(NamedTuple):
    """A parsed path: `question` is the field or the column, empty for the row itself."""

    question: str
    group: str = ""
    row: str = ""

    @property
    def is_row(self) -> bool:
        return bool(self.group) and not self.question


@lru_cache(maxsize=16_384)
def parse_path(text: str) -> Path:
    """Raises AnswerError for anything that is not a path."""
    match = _PATH.fullmatch(text)
    if match is None:
        message = f"“{text[:80]}” is not a place in a record."
        raise AnswerError(message)
    if match["field"]:
        return Path(match["field"])
    return Path(match["column"] or "", match["group"], match["row"])


def field_path(question: str) -> str:
    return f"f/{question}"


def row_path(group: str, row: str) -> str:
    return f"r/{group}/{row}"


def cell_path(group: str, row: str, column: str) -> str:
    return f"r/{group}/{row}/{column}"


def is_of_row(path: str) -> bool:
    """A row, or a cell of one; asked of every value at every merge, so it does not parse."""
    return path.startswith("r/")


def parent_row(path: str) -> str | None:
    """The path of the row that a cell, or a row, belongs to; None for a field."""
    parsed = parse_path(path)
    return row_path(parsed.group, parsed.row) if parsed.group else None
