"""A mistake in a definition, and the line of the file it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import NoReturn, TypeAlias

from casework.errors import DefinitionError

Path: TypeAlias = tuple[str | int, ...]
Known: TypeAlias = Mapping[str, object] | frozenset[str] | tuple[str, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-]+)\s*=")
_TRIPLE = re.compile(r"\"\"\"|'''")
_TOML_LINE = re.compile(r"line (\d+)")


class Fault(Exception):
    """A mistake at a place in the parsed data; the loader knows the file and finds the line."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def fault(path: Path, message: str) -> NoReturn:
    """Raise a Fault here."""
    raise Fault(path, message)


def meant(word: object, known: Known) -> str:
    """“ (did you mean 'x'?)”, or nothing."""
    near = get_close_matches(str(word), list(known), n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""


def definition_error(file: str, text: str, found: Fault) -> DefinitionError:
    """The Fault with its file and line."""
    return DefinitionError(file, line_of(text, found.path), found.message)


def toml_error(file: str, text: str, error: Exception) -> DefinitionError:
    """What the TOML reader refused, in the same shape as every other mistake."""
    match = _TOML_LINE.search(str(error))
    line = int(match[1]) if match else max(1, text.count("\n") + (not text.endswith("\n")))
    reason = str(error).split(" (at ")[0] or "too deeply nested"
    return DefinitionError(file, line, f"this is not TOML: {reason}.")


def line_of(text: str, path: Path) -> int:
    """The line where the longest known beginning of this path stands."""
    lines: dict[Path, int] = {(): 1}
    for place, line in _places(text):
        lines.setdefault(place, line)
    return next(lines[path[:size]] for size in range(len(path), -1, -1) if path[:size] in lines)


def _places(text: str) -> Iterator[tuple[Path, int]]:
    """Each header, key and array element that begins a line, as (path, line)."""
    counts: dict[Path, int] = {}
    table: Path = ()
    key: Path = ()
    element, in_text = 0, False
    for number, line in enumerate(text.split("\n"), start=1):
        was_in_text = in_text
        in_text ^= len(_TRIPLE.findall(line)) % 2 == 1
        if was_in_text:
            continue
        if header := _HEADER.match(line):
            table = _entered(header, counts)
            yield table, number
        elif found := _KEY.match(line):
            key, element = (*table, found[1]), 0
            yield key, number
        elif line.lstrip().startswith(("{", '"')):
            yield (*key, element), number
            element += 1


def _entered(header: re.Match[str], counts: dict[Path, int]) -> Path:
    """The path of a table header, each array of tables on the way counted."""
    names = header[2].split(".")
    path: Path = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if depth == len(names) and header[1] == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
