"""Reading one table of a definition: known keys only, each of its type, nothing needed left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from casework.forms.faults import Path, fault, meant

T = TypeVar("T")
Table = Mapping[str, object]
Known = Mapping[str, object] | frozenset[str] | tuple[str, ...]
_ID = re.compile(r"[a-z][a-z0-9_]{0,63}")

_KINDS = {str: "text in quotes", bool: "true or false", int: "a whole number", list: "a list", dict: "a table"}


class Reader:
    """One table and its place in the file."""

    def __init__(self, table: object, path: Path, known: frozenset[str]) -> None:
        if not isinstance(table, dict):
            fault(path, "this should be a table.")
        self.table: Table = table
        self.path = path
        for key in table:
            if key not in known:
                fault((*path, key), f"no setting is called '{key}'{meant(key, known)}.")

    def at(self, key: str) -> Path:
        """The path of one key."""
        return (*self.path, key)

    def need(self, key: str, kind: type[T]) -> T:
        """A value that must be there."""
        if key not in self.table:
            fault(self.path, f"'{key}' is missing.")
        return self._typed(key, kind)

    def get(self, key: str, kind: type[T], otherwise: T) -> T:
        """A value that may be there."""
        return self._typed(key, kind) if key in self.table else otherwise

    def _typed(self, key: str, kind: type[T]) -> T:
        value = self.table[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            fault(self.at(key), f"'{key}' should be {_KINDS[kind]}.")
        return value

    def text(self, key: str) -> str:
        """Text that must be there and say something."""
        value = self.need(key, str)
        if not value.strip():
            fault(self.at(key), f"'{key}' is empty.")
        return value

    def id(self, key: str = "id") -> str:
        """A name for machines: small letters, digits and underscores."""
        value = self.need(key, str)
        if not _ID.fullmatch(value):
            fault(self.at(key), f"'{value}' should be small letters, digits and underscores, a letter first.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is not there."""
        values = self.get(key, list, [])
        for place, value in enumerate(values):
            if not isinstance(value, str) or not value:
                fault((*self.at(key), place), f"'{key}' should hold texts in quotes.")
        if len(set(values)) != len(values):
            fault(self.at(key), f"'{key}' names the same thing twice.")
        return tuple(values)

    def among(self, key: str, known: Known, what: str) -> tuple[str, ...]:
        """A list of texts, every one of them known."""
        values = self.texts(key)
        for place, value in enumerate(values):
            if value not in known:
                fault((*self.at(key), place), f"'{value}' is not {what}{meant(value, known)}.")
        return values

    def one_of(self, key: str, known: Known, otherwise: str | None = None) -> str:
        """A text from a fixed set; without `otherwise` it must be there."""
        value = self.need(key, str) if otherwise is None else self.get(key, str, otherwise)
        if key in self.table and value not in known:
            fault(self.at(key), f"'{value}' cannot stand for '{key}'{meant(value, known)}.")
        return value

    def tables(self, key: str) -> list[tuple[object, Path]]:
        """Each element of a list of tables, with its path."""
        return [(item, (*self.at(key), place)) for place, item in enumerate(self.get(key, list, []))]

    def renames(self, key: str) -> dict[str, str]:
        """A table of text to text, empty when the key is not there."""
        table = self.get(key, dict, {})
        for name, value in table.items():
            if not isinstance(value, str):
                fault((*self.at(key), name), f"'{name}' should be text in quotes.")
        return dict(table)
