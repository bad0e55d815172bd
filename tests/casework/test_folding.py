"""A name is found however it is typed, and two spellings of one person are told apart from two people."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.folding import days_in, folded, is_near, is_same_person, keys_of, near_keys_of, sound_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Łukasz", "lukasz"),
        ("Søren", "soren"),
        ("Østergård", "ostergard"),
        ("Strauß", "strauss"),
        ("Işık", "isik"),
        ("Đào", "dao"),
        ("O’Connor", "oconnor"),
        ("D'Angelo", "dangelo"),
        ("ul-Haq", "ulhaq"),
        ("ul Haq", "ulhaq"),
        ("王小明", "xiao"),
        ("王小明", "明"),
    ],
)
def test_every_letter_has_a_plain_one(written: str, typed: str) -> None:
    assert typed in keys_of(written)


def test_plain_words_need_no_other_key() -> None:
    """Or the index of 10,000 records would be twice as large."""
    assert keys_of("Nobody wrote anything unusual yesterday") == set()


@pytest.mark.parametrize(
    "typed",
    ["27/03/2012", "27-3-2012", "27.03.12", "2012-03-27", "27 March 2012", "27 mar 2012", "27th March, 2012"],
)
def test_a_day_of_birth_in_any_usual_way(typed: str) -> None:
    days, rest = days_in(f"Zoë {typed}")

    assert (days, rest.split()) == ([date(2012, 3, 27)], ["Zoë"])


@pytest.mark.parametrize("typed", ["14/100", "31/02/2012", "3 of 4", "Maltby 12"])
def test_what_is_no_day_stays_words(typed: str) -> None:
    assert days_in(typed) == ([], typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mohammed", "Muhammad"), ("Catherine", "Katharine"), ("Stephen", "Steven"), ("Philip", "Filip")],
)
def test_names_that_sound_alike(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)
    assert is_near(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lukasz", "Lukas"), ("Brightwater", "Brightwatre"), ("Holloway", "Hollaway"), ("Ōtsuka", "Otsuka")],
)
def test_one_letter_off(one: str, other: str) -> None:
    assert near_keys_of(one) & near_keys_of(other)
    assert is_near(one, other)


@pytest.mark.parametrize(("one", "other"), [("Ann", "Ian"), ("Wren", "Robin"), ("Holloway", "Harrison")])
def test_other_names_are_others(one: str, other: str) -> None:
    assert not is_near(one, other)


def test_a_person_by_names_in_any_order() -> None:
    assert is_same_person(("Łukasz", "O’Connor"), ("OConnor", "Lukasz Jan"))
    assert not is_same_person(("Lukasz", "Stone"), ("Lukasz", "Holloway"))
    assert not is_same_person(("", ""), ("Lukasz",))


@given(st.text(max_size=20))
def test_folding_is_settled_by_one_pass(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert is_near(text, text)
