"""No word is lost at the end of a line, and no word is too long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.lettering.line_drawing import lines_of, shortened
from desktop.documents.lettering.shaping import clusters
from desktop.documents.lettering.typeface import REGULAR, Typeface
from desktop.paths import fonts

FACE = Typeface(fonts())
UNBROKEN = (Path(__file__).with_name("cases") / "unbroken-2000.txt").read_text(encoding="utf-8").strip()
CHINESE = "王小明说：“我去了公园，然后回家了。”他还说了很多。"


def broken(text: str, room: float) -> list[str]:
    return [line.text for line in lines_of(FACE, text, REGULAR, 10, room)]


def seconds(text: str) -> float:
    start = time.process_time()
    broken(text, 400)
    return time.process_time() - start


@given(st.text(alphabet="abc défł משה محمد คน王明，。,.क्षि\u0301\u200d", max_size=300), st.integers(10, 400))
def test_breaking_lines_loses_no_word(text: str, room: int) -> None:
    """However narrow the column, the lines hold the words in their order."""
    assert "".join("".join(broken(text, room)).split()) == "".join(text.split())


@given(st.text(alphabet="abc défł คน王明क्षि\u0301", min_size=1, max_size=100), st.integers(60, 400))
def test_no_line_is_wider_than_its_room(text: str, room: int) -> None:
    for line in broken(text.strip(), room):
        assert FACE.width(line, REGULAR, 10) <= room + 10 or len(list(clusters(line))) == 1


@pytest.mark.parametrize("letter", ["A", "क", "م", "王", "é"])
def test_a_word_without_a_space_takes_time_by_its_length(letter: str) -> None:
    """Was cubic: two thousand letters took 34 seconds. Ten times the letters may take twenty times as long here."""
    broken(letter * 100, 400)
    short = min(seconds(letter * 2_001) for _ in range(3))
    long = min(seconds(letter * 20_011) for _ in range(3))

    assert seconds(UNBROKEN) < 1
    assert long < 20 * short + 0.1


def test_chinese_breaks_between_its_letters_and_keeps_its_punctuation() -> None:
    lines = broken(CHINESE, 60)

    assert "".join(lines) == CHINESE
    assert len(lines) > 3
    assert not [line for line in lines if line[0] in "，。：”" or line[-1] == "“"]


def test_a_letter_is_never_parted_from_its_accents() -> None:
    lines = broken("क्षि" * 80, 60)

    assert len(lines) > 3
    assert not [line for line in lines if line[0] in "\u094d\u093f"]


def test_a_name_too_long_for_the_head_of_a_page_ends_in_a_mark() -> None:
    cut = shortened(FACE, "Ø" * 500, REGULAR, 8.5, 200)

    assert cut == "Ø" * (len(cut) - 1) + "…"
    assert 180 < FACE.width(cut, REGULAR, 8.5) <= 200
    assert shortened(FACE, "Wren", REGULAR, 8.5, 200) == "Wren"


def test_spaces_between_words_stay_as_they_were() -> None:
    assert broken("one  two", 400) == ["one  two"]
