"""British English, names left alone, one’s own words kept with one’s records."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.flows.desk import Desk
from desktop.flows.spelling import dictionary
from desktop.flows.spelling.dictionary import TooManyWords, doubtful, forget_words, keep_word, meant, my_words

NONE: frozenset[str] = frozenset()


def words(text: str, mine: frozenset[str] = NONE) -> list[str]:
    return [found.word for found in doubtful(text, mine)]


def test_colour_is_english_and_recieve_is_not() -> None:
    """Check 25 of the acceptance checks."""
    assert words("The colour she chose. I did not recieve it.") == ["recieve"]
    assert "receive" in meant("recieve")


@pytest.mark.parametrize(
    "text",
    [
        "Then Tay and Nyima went to Skelbrooke.",
        "CSE and CCE, at 22:40, 3rd floor, ref QX/12.",
        "She couldn’t say, and couldn't ring.",
        "A key-worker and a well-kept room.",
        "قالت إنها بخير, Она сказала, 她说",
        "",
    ],
)
def test_names_numbers_and_other_scripts_are_left_alone(text: str) -> None:
    assert words(text) == []


def test_a_sentence_that_begins_with_a_slip_is_seen() -> None:
    assert words("Becuase of that. Whne she came: “Tehn we left”") == ["Becuase", "Whne", "Tehn"]


def test_a_curly_apostrophe_stays_one() -> None:
    assert all("'" not in one for one in meant("did’nt"))
    assert "didn’t" in meant("did’nt")


def test_ones_own_words_are_kept_in_the_store_and_right_from_then_on(desk: Desk) -> None:
    assert words("The skatepark was shut.") == ["skatepark"]
    mine = frozenset(keep_word(desk, "skatepark"))

    assert words("The skatepark was shut. Skatepark!", mine) == []
    assert my_words(desk) == ("skatepark",)
    assert not any(b"skatepark" in file.read_bytes() for file in desk.vault.folder.rglob("*") if file.is_file())
    forget_words(desk)
    assert my_words(desk) == ()


def test_a_full_list_says_what_to_do(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "MOST_WORDS", 1)
    keep_word(desk, "skatepark")

    with pytest.raises(TooManyWords, match="Settings"):
        keep_word(desk, "vape")


@given(st.text(alphabet=st.one_of(st.sampled_from("abcteh ’'-.\n😢é"), st.characters()), max_size=60))
def test_whatever_is_typed_each_word_is_where_it_is_said_to_be(text: str) -> None:
    for found in doubtful(text, NONE):
        assert text[found.start : found.end] == found.word
