"""An operation is read only as its author wrote it: one way to write it, and nothing in it that no answer can hold."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.canonical import MAX_INTEGER, canonical
from casework.errors import AnswerError
from casework.records import Change, Operation, field_path
from tests.casework.records.strategies import Desk

LETTERS = [*range(0xD800), *range(0xE000, 0x11000), 0x1F600, 0x10FFFF]
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-MAX_INTEGER, MAX_INTEGER), st.text())
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=12)


def plainly(value: object) -> bytes:
    """Canonical JSON by the standard library, which is slower and agrees to the byte."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def written(value: object = "words") -> str:
    desk = Desk("A")
    desk.create()
    change = Change(field_path("before"), value)  # type: ignore[arg-type]  # also what no answer can be
    return desk.author.say(desk.stamp(), desk.view, [change]).payload.decode()


def test_every_letter_is_written_as_the_standard_library_writes_it() -> None:
    for start in range(0, len(LETTERS), 4096):
        text = "".join(map(chr, LETTERS[start : start + 4096]))

        assert canonical({text: [text]}) == plainly({text: [text]})


@given(VALUES)
def test_canonical_bytes_are_the_same_as_ever(value: object) -> None:
    assert canonical(value) == plainly(value)


@given(VALUES)
def test_whatever_can_be_said_survives_the_way(value: object) -> None:
    payload = written(value)

    read = Operation.from_payload(payload, "")

    assert read.changes[0].value == value
    assert read.payload == payload.encode()


OTHER_WAYS: dict[str, Callable[[str], str]] = {
    "a space": lambda text: text.replace('":', '": ', 1),
    "another order": lambda text: json.dumps(dict(reversed(json.loads(text).items())), separators=(",", ":")),
    "a name said twice": lambda text: text.replace('"at":', '"at":"2020-01-01T00:00:00+00:00","at":', 1),
    "a name twice within an answer": lambda text: text.replace('"words"', '{"a":1,"a":2}'),
    "letters spelt out": lambda text: text.replace("words", "\\u0077ords"),
    "a member too many": lambda text: text.replace("{", '{"_extra":1,', 1),
    "a member of a change too many": lambda text: text.replace('"path"', '"a":1,"path"', 1),
    "a member missing": lambda text: text.replace('"after":[', '"after_":[', 1),
    "a change without its replaces": lambda text: text.replace('"replaces":[],', "", 1),
    "half a number": lambda text: text.replace('"words"', "1.5"),
    "a whole number written as half": lambda text: text.replace('"words"', "1.0"),
    "a number as a power": lambda text: text.replace('"words"', "1e3"),
    "no number at all": lambda text: text.replace('"words"', "NaN"),
    "too great a number": lambda text: text.replace('"words"', str(MAX_INTEGER + 1)),
    "a hundred digits": lambda text: text.replace('"words"', "9" * 100),
    "half a letter": lambda text: text.replace("words", "\\ud800"),
    "a nest without end": lambda text: text.replace('"words"', "[" * 5000 + "]" * 5000),
    "a deep nest": lambda text: text.replace('"words"', "[" * 40 + "]" * 40),
    "a half in the body": lambda text: text.replace('"body":{}', '"body":{"a":0.5}'),
    "a number that is a truth": lambda text: text.replace('"device_seq":2', '"device_seq":true'),
    "a number below one": lambda text: text.replace('"device_seq":2', '"device_seq":0'),
    "a number as a half": lambda text: text.replace('"device_seq":2', '"device_seq":2.0'),
    "a kind nobody knows": lambda text: text.replace('"kind":"set"', '"kind":"forget"'),
    "a time without its offset": lambda text: text.replace("+00:00", ""),
    "a path that is none": lambda text: text.replace("f/before", "g/before"),
    "an id with a line break": lambda text: text.replace('"record_id":"rec"', '"record_id":"rec\\n"'),
    "nothing": lambda _text: "",
    "a list": lambda _text: "[]",
    "what follows it": lambda text: text + " ",
}


@pytest.mark.parametrize("change", OTHER_WAYS.values(), ids=OTHER_WAYS.keys())
def test_no_other_way_of_writing_is_read(change: Callable[[str], str]) -> None:
    text = change(written())
    assert text != written()

    with pytest.raises(AnswerError):
        Operation.from_payload(text, "")


@pytest.mark.parametrize("signature", ["00", "g" * 128, "A" * 128, "0" * 128 + "\n"])
def test_a_signature_is_written_one_way(signature: str) -> None:
    with pytest.raises(AnswerError):
        Operation.from_payload(written(), signature)
