"""Every word has the glyphs that Pango gives it, and its glyphs say the word."""

from __future__ import annotations

from pathlib import Path

import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.lettering.line_drawing import one_line, runs_of
from desktop.documents.lettering.shaping import clusters, font, is_ignorable
from desktop.documents.lettering.typeface import REGULAR, Run, Typeface
from desktop.documents.rendering import render
from desktop.paths import fonts
from tests.desktop.documents.lettering.pango import pango_runs
from tests.desktop.documents.papers import paper

FACE = Typeface(fonts())
INDIC = (Path(__file__).with_name("cases") / "indic.txt").read_text(encoding="utf-8").strip()
WRITTEN = {
    "Noto Sans Arabic": "كنت في البيت ثم خرجت لأنني ذهبت إلى الحديقة",
    "Noto Sans Hebrew": "שלום ילדים",
    "Noto Sans": f"{INDIC} राष्ट्र श्री किताब हिन्दी",
    "Noto Sans Bengali": "ব্রাহ্মণ ক্ষমতা সন্ধ্যা কোথায় কৌশল",
    "Noto Sans Gurmukhi": "ਪੰਜਾਬੀ ਵਿੱਚ ਸ੍ਰੀ ਕਿਤਾਬ",
    "Noto Sans Gujarati": "ગુજરાતી ક્ષત્રિય વિદ્યાર્થી",
    "Noto Sans Tamil": "தமிழ் மொழி கொண்டாடு",
    "Noto Sans Thai": "ฉันไปโรงเรียนกับเพื่อนที่น้ำตก",
    "Noto Sans Georgian": "ქართული ენა",
    "Noto Sans Armenian": "Հայերեն լեզու",
    "Noto Sans Ethiopic": "አማርኛ ቋንቋ",
    "Noto Sans Sinhala": "සිංහල ක්‍රියාව",
    "Noto Sans Malayalam": "മലയാളം എന്റെ",
    "Noto Sans Telugu": "తెలుగు క్షమించు",
    "Noto Sans Kannada": "ಕನ್ನಡ ಕ್ಷಮಿಸಿ",
    "Noto Sans CJK SC": "王小明我去了公园",
    "Noto Emoji": "😢👨‍👩‍👧👍🏽",
}
PERSIAN = "می‌خواهم به خانه بروم"
MORE = (
    PERSIAN,
    "میں گھر جانا چاہتا ہوں",
    "بِسْمِ مُحَمَّدٌ هنا",
    "e\u0301te\u0301",
    "Nguyễn Łódź Şişli",
    "한국어 이름",
    "🇬🇧 ❤️ ✓ → ☐",
    "x𓀀y",
)


def runs(text: str) -> list[Run]:
    return list(runs_of(FACE, one_line(text), REGULAR))


@pytest.mark.parametrize(("family", "text"), WRITTEN.items(), ids=WRITTEN)
def test_pango_draws_the_same_glyphs(family: str, text: str, tmp_path: Path) -> None:
    """Glyph for glyph, from the left of the line to its right, in the font that draws the script."""
    words = [run for run in runs(text) if run.text.strip()]
    ours = [glyph.id for run in words for glyph in run.glyphs if glyph.id not in unseen(run)]
    theirs = [glyph for run in pango_runs(text, family, tmp_path) if run.font == family for glyph in run.glyphs]

    assert ours
    assert ours == [glyph for glyph in theirs if glyph not in unseen(words[0])]


def unseen(run: Run) -> set[int]:
    """Glyphs that leave no mark: a space, and what stands for a letter that another glyph draws."""
    spaces = {glyph.id for glyph in run.font.shape(" ", "", from_right=False)}
    return spaces if run.font.nothing is None else spaces | {run.font.nothing}


@pytest.mark.parametrize("text", [*WRITTEN.values(), *MORE])
def test_the_glyphs_of_a_word_say_the_word(text: str) -> None:
    """In reading order and nothing twice, so that what is copied from the page is what was written."""
    for word in text.split():
        for run in FACE.word(word, REGULAR):
            assert run.box or "".join(glyph.text for glyph in run.reading()) == run.text


@pytest.mark.parametrize("text", [*WRITTEN.values(), *MORE])
def test_measuring_and_drawing_agree(text: str) -> None:
    """A line at the right edge begins where it should."""
    drawn = sum(run.width for run in runs(text)) * 10 / 1000

    assert FACE.width(text, REGULAR, 10) == pytest.approx(drawn, abs=0.5)


def test_the_joiner_of_persian_keeps_letters_apart() -> None:
    apart, together = ([glyph.id for glyph in FACE.word(word, REGULAR)[0].glyphs] for word in ("می‌خ", "میخ"))

    assert set(apart) != set(together)


def test_a_letter_and_its_accents_are_one() -> None:
    assert list(clusters("e\u0301a👍🏽🇬🇧🇫🇷कि")) == ["e\u0301", "a", "👍🏽", "🇬🇧", "🇫🇷", "कि"]


@pytest.mark.parametrize("path", sorted(fonts().glob("*.ttf")), ids=lambda path: path.stem)
def test_what_says_a_letter_unseen_leaves_no_ink(path: Path) -> None:
    """Many fonts draw the joiner as a bar, for those who edit: that one would be a stroke in the word."""
    shipped = font(str(path))
    ink = shipped.nothing is not None and hb.Font(shipped.face).get_glyph_extents(shipped.nothing)

    assert not ink or not (ink.width or ink.height)


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_any_text_at_all_is_set_and_says_what_it_was(text: str) -> None:
    """Whatever a keyboard, a paste or a telephone brings: nothing is refused, and nothing of it is lost."""
    line = one_line(text)
    said = "".join(run.text for run in runs(text))

    assert sorted(said) == sorted(line.text)
    assert not [run for run in runs(text) if not says_itself(run)]


def says_itself(run: Run) -> bool:
    """A box by its code; marks that nobody sees, and nothing else, by no glyph at all."""
    said = "".join(glyph.text for glyph in run.reading())
    return run.box or said == run.text or (not said and all(is_ignorable(char) for char in run.text))


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_text_at_all_becomes_a_pdf(texts: list[str]) -> None:
    assert render(paper(before="\n".join(texts)), fonts()).startswith(b"%PDF-1.7")
