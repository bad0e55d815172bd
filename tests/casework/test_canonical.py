"""One value, one row of bytes; and what JSON has no word for is refused with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.canonical import MAX_INTEGER, canonical, digest, parse
from casework.errors import AnswerError

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_reads_back_as_it_was_and_always_has_the_same_bytes(value: object) -> None:
    written = canonical(value)

    assert parse(written) == value
    assert canonical(parse(written)) == written


@given(st.dictionaries(st.text(), st.integers(0, 9), min_size=2, max_size=6))
def test_the_order_of_names_changes_nothing(table: dict[str, int]) -> None:
    turned = dict(reversed(table.items()))

    assert digest(table) == digest(turned)


@pytest.mark.parametrize("value", [1.5, float("nan"), MAX_INTEGER + 1, {1: "x"}, "\ud800", b"bytes"])
def test_what_json_has_no_word_for_is_refused(value: object) -> None:
    with pytest.raises(AnswerError):
        canonical(value)


@pytest.mark.parametrize("text", ["1.5", '{"a": 1, "a": 2}', "NaN", "[" * 40 + "]" * 40, "{"])
def test_text_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(AnswerError):
        parse(text)
