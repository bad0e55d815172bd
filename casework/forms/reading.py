"""A table of a file read into the struct that declares it. Whatever does not fit is one sentence, with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, NoReturn, TypeVar, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from casework.forms.faults import Known, Path, fault, meant

T = TypeVar("T")


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """What may stand in one table of a file: each setting once, with its type, its limits and what it is otherwise."""


def known(words: Known, what: str = "") -> Meta:
    """One of a fixed set; `what` they are called, when several are listed."""
    return Meta(extra={"known": words, "what": what})


Text = Annotated[str, Meta(pattern=r"\S")]
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}\Z")]
Counting = Annotated[int, Meta(ge=1, le=9999)]
Texts = tuple[Annotated[str, Meta(min_length=1)], ...]

_SHOULD_BE = {
    "str": "text in quotes",
    "bool": "true or false",
    "int": "a whole number",
    "array": "a list",
    "object": "a table",
    "date": "a date such as 2026-12-24, without quotes",
}
_MEMBER = re.compile(r"Object (contains unknown|missing required) field `(.*)`", re.DOTALL)
_EXPECTED = re.compile(r"Expected `(\w+)")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]|(\[\.\.\.\])")


def read(kind: type[T], data: object, path: Path = ()) -> T:
    """Raises Fault at the first thing that does not fit."""
    try:
        found = msgspec.convert(data, kind, builtin_types=(date, datetime))
    except msgspec.ValidationError as error:
        _blame(kind, data, path, str(error))
    _check(kind, found, path)
    return found


def _blame(kind: Any, data: Any, path: Path, words: str) -> NoReturn:
    """Follows msgspec to the place, and says it as this house does."""
    said, _, place = words.rpartition(" - at `$") if " - at `$" in words else (words, "", "")
    for name, number, value_of_a_table in _STEP.findall(place):
        if value_of_a_table:
            _blame_a_value(kind, data, path)
        step = name or int(number)
        try:
            kind, data, path = _inner(kind, step), data[step], (*path, step)
        except LookupError:  # a name in the file that reads like msgspec's own words
            fault(path, "this cannot be read: it has a setting with a name that no setting can have.")
    if member := _MEMBER.match(said):
        _blame_member(kind, member, path)
    _blame_value(kind, data, path, said)


def _blame_a_value(kind: Any, data: Mapping[str, object], path: Path) -> NoReturn:
    """msgspec does not say which value of a table it was."""
    named, kept = get_args(_bare(kind))
    for name, value in data.items():
        _check_name(named, name, path)
        read(kept, value, (*path, name))
    fault(path, "this cannot be read.")


def _blame_member(kind: Any, member: re.Match[str], path: Path) -> NoReturn:
    if member[1].startswith("missing"):
        fault(path, f"'{member[2]}' is missing.")
    fault((*path, member[2]), f"no setting is called '{member[2]}'{meant(member[2], tuple(_fields(_bare(kind))))}.")


def _blame_value(kind: Any, data: object, path: Path, said: str) -> NoReturn:
    expected = _EXPECTED.match(said)
    should, last = _SHOULD_BE.get(expected[1] if expected else "", "something else"), path[-1] if path else ""
    if not expected:
        fault(path, f"'{data}' cannot stand for '{last}'{meant(data, tuple(_bare(kind)))}.")
    if "matching regex" in said and isinstance(data, str):
        bad_id = f"'{data}' should be small letters, digits and underscores, a letter first."
        fault(path, bad_id if data.strip() else f"'{last}' is empty.")
    if said.endswith(("1", "9999")) and expected[1] == "int":
        fault(path, f"'{last}' should be 1 or more.")
    if isinstance(last, int) and expected[1] == "str":
        fault(path, f"'{path[-2]}' should hold texts in quotes.")
    fault(path, f"{'this' if isinstance(last, int) or not path else repr(last)} should be {should}.")


def _bare(kind: Any) -> Any:
    """Without what is said about it, and without “or nothing”."""
    while get_origin(kind) is Annotated or type(None) in get_args(kind):
        kind = get_args(kind)[0]
    return kind


def _inner(kind: Any, step: str | int) -> Any:
    bare = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, Struct):
        return _fields(bare)[str(step)]
    return get_args(bare)[1 if get_origin(bare) is dict else 0]


@cache
def _fields(kind: type[Struct]) -> dict[str, Any]:
    """By what they are called in a file."""
    return {field.encode_name: field.type for field in msgspec.structs.fields(kind)}


@cache
def _to_check(kind: type[Struct]) -> list[tuple[str, str, Any]]:
    """The settings that hold more than one plain value, or one of a fixed set: here, in the file, and their type."""
    names = zip(kind.__struct_fields__, _fields(kind).items(), strict=True)
    return [(name, said, inner) for name, (said, inner) in names if get_args(inner) or isinstance(inner, type(Struct))]


def _check(kind: Any, value: object, path: Path) -> None:
    """What a type cannot say: fixed sets, and the same thing twice. What was left out is as it should be."""
    if isinstance(value, str):
        _check_word(kind, value, path)
    elif isinstance(value, Struct):
        for name, said, inner in _to_check(type(value)):
            if (found := getattr(value, name)) or found == "":
                _check(inner, found, (*path, said))
    elif isinstance(value, tuple):
        if all(isinstance(item, str) for item in value) and len(set(value)) != len(value):
            fault(path, f"'{path[-1]}' names the same thing twice.")
        for place, item in enumerate(value):
            _check(_inner(kind, place), item, (*path, place))
    elif isinstance(value, dict) and (inner := get_args(_bare(kind))):
        for name, item in value.items():
            _check_name(inner[0], name, path)
            _check(inner[1], item, (*path, name))


def _check_name(kind: Any, name: str, path: Path) -> None:
    if (words := _known_to(kind)) and name not in words["known"]:
        fault((*path, name), f"no setting is called '{name}'{meant(name, words['known'])}.")


def _check_word(kind: Any, value: str, path: Path) -> None:
    words = _known_to(kind)
    if words is None or value in words["known"]:
        return
    near = meant(value, words["known"])
    fault(path, f"'{value}' is not {words['what']}{near}." if words["what"] else
          f"'{value}' cannot stand for '{path[-1]}'{near}.")  # fmt: skip


def _known_to(kind: Any) -> dict[str, Any] | None:
    while type(None) in get_args(kind):
        kind = get_args(kind)[0]
    said = getattr(kind, "__metadata__", ())
    return next((meta.extra for meta in said if meta.extra), None)
