"""One way to write a value as bytes, so that every machine computes the same hash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from casework.errors import AnswerError

if TYPE_CHECKING:
    from msgspec.json import Encoder

    JSON: TypeAlias = "bool | int | str | list[JSON] | dict[str, JSON] | None"
else:
    JSON = Any  # what reads messages at run time cannot follow a type that names itself

MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1  # beyond this other languages' JSON readers lose digits


def canonical(value: object) -> bytes:
    """Sorted keys, no spaces, UTF-8. Raises AnswerError for floats, lone surrogates and what JSON has no word for."""
    _check(value, 0)
    return encode(value)


def encode(value: object) -> bytes:
    """The same bytes for a value that was checked already, as part of an operation."""
    try:
        return _sorted().encode(value)
    except UnicodeEncodeError as error:
        message = "The text holds half of a character. Type that part again."
        raise AnswerError(message) from error


@cache
def _sorted() -> Encoder:
    from msgspec.json import Encoder  # noqa: PLC0415 - a box for words knows what JSON is, and writes none

    return Encoder(order="sorted")


def digest(value: object) -> str:
    """BLAKE2b-256 of the canonical bytes, in hexadecimal."""
    return digest_bytes(canonical(value))


def digest_bytes(data: bytes) -> str:
    """BLAKE2b-256, in hexadecimal."""
    from hashlib import blake2b  # noqa: PLC0415

    return blake2b(data, digest_size=32).hexdigest()


def parse(data: bytes | str) -> JSON:
    """JSON without floats, duplicate keys or depth beyond 32. Raises AnswerError."""
    try:
        value: JSON = json.loads(data, parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        message = "This is not readable as JSON."
        raise AnswerError(message) from error
    _check(value, 0)
    return value


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        message = "The value is nested more deeply than any answer can be."
        raise AnswerError(message)
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            message = "Names inside an answer must be text."
            raise AnswerError(message)
        for item in value.values():
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in value:
            _check(item, depth + 1)
    else:
        _check_leaf(value)


def _check_leaf(value: object) -> None:
    if value is None or isinstance(value, (bool, str)):
        return
    if isinstance(value, int) and abs(value) <= MAX_INTEGER:
        return
    message = f"An answer cannot hold {value!r}. Write decimals as text."
    raise AnswerError(message)


def refuse_unsayable(value: object) -> None:
    """Raises AnswerError for what no answer can hold: a float, too great a number, too deep a nest. `value` was read
    from JSON, so its names are text and its letters whole."""
    if type(value) is str or value is None:
        return
    _check(value, 0)
    if _is_too_deep(value):
        message = "The value is nested more deeply than any answer can be."
        raise AnswerError(message)


def _is_too_deep(value: object, room: int = MAX_DEPTH - 4) -> bool:
    """Whether a value nests more deeply than an answer may, within the operation around it."""
    if isinstance(value, Mapping):
        return room < 0 or any(_is_too_deep(item, room - 1) for item in value.values())
    if isinstance(value, list):
        return room < 0 or any(_is_too_deep(item, room - 1) for item in value)
    return False


def _no_float(text: str) -> JSON:
    message = f"Write {text} as text: decimals lose digits on the way."
    raise AnswerError(message)


def _unique(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    result = dict(pairs)
    if len(result) != len(pairs):
        message = "The same name stands twice in one object."
        raise AnswerError(message)
    return result
