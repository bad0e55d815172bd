"""Words from Word, from the web and from a dictation keep their letters and their lines, and lose what has no shape."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.canonical import canonical
from casework.forms import Question, QuestionType, check_answer
from casework.typed_words import in_one_line, kept_answer, kept_words

FROM_WORD = Path(__file__).parent / "typed" / "word-soft-break.txt"


def test_a_soft_break_of_word_is_a_line_break() -> None:
    assert kept_words(FROM_WORD.read_text(encoding="utf-8")) == "I left at nine.\nThen I got the bus."


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_way_to_end_a_line_is_a_line_break(end: str) -> None:
    assert kept_words(f"one{end}two") == "one\ntwo"
    assert in_one_line(f"one{end}two") == "one two"


@pytest.mark.parametrize("control", ["\x00", "\x08", "\x1b", "\x7f", "\x9d", "\ufffe", "\ufdd0", "\ufffc"])
def test_a_control_character_goes_and_its_neighbours_stay(control: str) -> None:
    assert kept_words(f"one{control}two") == "onetwo"


@pytest.mark.parametrize(
    "words", ["می\u200cروم", "👩\u200d👧", "e\u0301", "\u00a0", "a\tb", "\u00ad", "\u202b(10:30)\u202c"]
)
def test_joiners_marks_and_spaces_stay(words: str) -> None:
    assert kept_words(words) == words


@given(st.text(st.characters(exclude_categories=())))
def test_whatever_was_typed_can_be_kept(text: str) -> None:
    """Nothing that comes out is refused, by the answer's check or on the way to the disk; and it stays as it is."""
    words = kept_words(text)
    if words:
        check_answer(Question("q", "Words", QuestionType.NARRATIVE), words)
    canonical(words)

    assert kept_words(words) == words
    assert kept_answer({"typed": [text, 1]}) == {"typed": [words, 1]}
