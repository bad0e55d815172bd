"""Who may be the same child, and who is only called alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.canonical import JSON
from casework.practice.same_child import ChildSaid


def child(given: str = "", family: str = "", born: str = "", known_as: str = "") -> ChildSaid:
    said: dict[str, JSON] = {"given_name": given, "family_name": family, "date_of_birth": born, "known_as": known_as}
    return ChildSaid.of({name: value for name, value in said.items() if value})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (child("Łukasz", "O’Connor"), child("Lukasz", "OConnor")),
        (child("Mohammed", "Akhtar", "2012-03-27"), child("Muhammad", "Akthar")),
        (child("Ann", "Bee", "2012-03-27"), child("Ann", "Bee", "2012-03-28")),
        (child("Annie", "Stone", "2012-03-27"), child("Annie", "Marsh", "2012-03-27")),
        (child("Wren", "", "2012-03-27"), child("Katherine", "Hollow", "2012-03-27", "Wren")),
    ],
)
def test_these_may_be_one(one: ChildSaid, other: ChildSaid) -> None:
    assert one.is_like(other)
    assert one.marks() & other.marks()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (child("Ann"), child("Ann", "Bee")),
        (child("Mohammed", "Akhtar", "2012-03-27"), child("Muhammad", "Akhtar", "2009-01-01")),
        (child("Wren", "Stone", "2012-03-27"), child("Robin", "Hollow", "2012-03-27")),
        (child(), child()),
    ],
)
def test_these_are_two_as_far_as_anybody_knows(one: ChildSaid, other: ChildSaid) -> None:
    assert not one.is_like(other)


@given(st.text(max_size=8), st.text(max_size=8))
def test_a_child_is_always_like_itself_once_named(given_name: str, family: str) -> None:
    one = child(given_name, family, "2012-03-27")

    assert one.is_like(one) or not (one.given and one.family)
