"""The fonts draw what people in England write; what they do not draw is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.documents.lettering.typeface import REGULAR, SEMIBOLD, Typeface, clean
from desktop.paths import fonts

FACE = Typeface(fonts())
WROTE = (Path(__file__).with_name("cases") / "emoji-arrow.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    [WROTE, "😢→✓☐☑✗❤♥½•﷽₹€", "👨‍👩‍👧 🏳️‍🌈 🇬🇧 👍🏽", "ગુજરાતી", "தமிழ்", "王小明 學校 学校", "ไทย", "ქართული",
     "Հայերեն", "አማርኛ",
     "한국어", "ひらがなカタカナ", "සිංහල", "മലയാളം", "తెలుగు", "ಕನ್ನಡ", "हिन्दी", "বাংলা", "ਪੰਜਾਬੀ",
     "اردو پښتو کوردی فارسی", "עברית", "Ελληνικά",
     "Русский Українська", "Ẹ̀kọ́ Nguyễn", "𝓗𝓮𝓵𝓵𝓸", "①②③"],
)  # fmt: skip
def test_nothing_is_missing(text: str) -> None:
    assert FACE.missing(text) == ()


def test_a_space_of_any_width_is_no_box() -> None:
    assert not [
        run for space in "\u00a0\u2003\u2009\u202f\u205f\u3000" for run in FACE.word(f"a{space}b", REGULAR) if run.box
    ]


def test_what_has_no_shape_is_named_once_and_boxed() -> None:
    box = FACE.word("a𓀀b", REGULAR)[1]

    assert FACE.missing("𓀀 and 𓀀, \ue123") == ("𓀀", "\ue123")
    assert (box.box, box.text) == (True, "𓀀")
    assert "".join(glyph.text for glyph in box.glyphs) == "U+13000"


def test_the_foot_says_what_the_boxes_are_only_where_there_are_some() -> None:
    face = Typeface(fonts())
    assert face.note_on_boxes("Wren") == ""
    face.missing("𓀀")

    assert "In this document: U+13000 (egyptian hieroglyph a001)." in face.note_on_boxes()


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("\uf0b7 milk\r\n\uf0fc bread", "• milk\n✓ bread"),
        ("a\x00\x08b\tc", "ab    c"),
        ("nine.\x0bThen\u2028the\x85bus\r", "nine.\nThen\nthe\nbus\n"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_words_own_bullets_are_bullets_and_joiners_stay(written: str, printed: str) -> None:
    assert clean(written) == printed


def test_a_word_has_one_font_where_one_can_draw_it_all() -> None:
    assert len({run.font.name for run in FACE.word("Nguyễn", SEMIBOLD)}) == 1
