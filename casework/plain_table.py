"""A table for both command lines and for files: heads, and rows of values; as lines, as CSV, as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WIDEST = 48  # letters to which a column is filled up; what is longer pushes the rest of its line
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A value that is not there is an empty cell."""

    heads: Sequence[str]
    rows: Sequence[Sequence[object]]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, object]]) -> PlainTable:
        """The heads are the names in the first row, which every row has."""
        return cls(list(rows[0]) if rows else [], [list(row.values()) for row in rows])

    def lines(self) -> list[str]:
        """For a person: the heads, then each row under them; a table without rows is no line."""
        if not self.rows:
            return []
        cells = [[head.replace("_", " ") for head in self.heads], *([_cell(one) for one in row] for row in self.rows)]
        wide = [min(max(map(len, column)), _WIDEST) for column in zip(*cells, strict=True)]
        return ["  ".join(map(str.ljust, row, wide)).rstrip() for row in cells]

    def csv(self) -> str:
        """For a spreadsheet, which reads every cell as words and works nothing out."""
        written = io.StringIO()
        lines = csv.writer(written, lineterminator="\n")
        lines.writerow(self.heads)
        lines.writerows([guarded(_cell(value)) for value in row] for row in self.rows)
        return written.getvalue().rstrip("\n")

    def values(self) -> list[dict[str, object]]:
        """For a program, as JSON."""
        return [dict(zip(self.heads, row, strict=True)) for row in self.rows]


def guarded(text: str) -> str:
    """So that no spreadsheet runs it; `unguarded` gives the same text back."""
    return f"'{text}" if text.startswith((*_DANGEROUS, "'")) else text


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith((*_DANGEROUS, "'")) else text


def _cell(value: object) -> str:
    return "" if value is None else str(value)
