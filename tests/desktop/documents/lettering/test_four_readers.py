"""What a child said, in ten languages, copied from the page by four readers: poppler, PDFium, MuPDF and pdf.js."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.documents.lettering.spoken_language import language_of
from desktop.documents.rendering import render
from desktop.paths import fonts
from tests.desktop.documents.papers import paper

PDFJS = Path(__file__).with_name("pdfjs_text.js")
SAID = {
    "English": "I went to the park (by the canal) at 22:30 and I was cold.",
    "Polish": "Poszłam do parku (nad kanałem), bo bałam się zostać w domu: źle, żółć, łódź.",
    "Romani": "Me gelem ando parko (pasha o kanalo), ke daravas khere; čhavo, śukar, džanav.",
    "decomposed": unicodedata.normalize("NFD", "Zażółć gęślą jaźń, Nguyễn, été."),
    "Hindi": "मैं पार्क गया क्योंकि मुझे घर पर डर लग रहा था (रात को)।",
    "Bengali": "আমি পার্কে গিয়েছিলাম কারণ বাড়িতে ভয় লাগছিল (রাতে)।",
    "Punjabi": "ਮੈਂ ਪਾਰਕ ਗਿਆ ਕਿਉਂਕਿ ਮੈਨੂੰ ਘਰ ਵਿੱਚ ਡਰ ਲੱਗਦਾ ਸੀ (ਰਾਤ ਨੂੰ)।",
    "Chinese": "我去了公园（在运河旁边），因为我在家里很害怕。",
    "Arabic": "ذهبت إلى الحديقة (قرب القناة) مع أصدقائي لأنني كنت غاضبة من البيت.",
    "Urdu": "میں گھر سے نکلا کیونکہ مجھے ڈر لگ رہا تھا (رات کو) اور پھر دوست آیا۔",
    "Farsi": "من به پارک رفتم چون نمی‌خواستم در خانه بمانم (آن شب).",
}
FROM_THE_RIGHT, MARKED = ("Arabic", "Urdu", "Farsi"), ("Bengali", "Hindi", "Punjabi", "decomposed")
HEBREW = "נועה לוי"
_APART = r"[^\s.:,;()（），。۔।]+"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An interview of a child with a Hebrew name, who says all of it."""
    path = tmp_path_factory.mktemp("readers") / "ten.pdf"
    made = replace(paper(before="\n".join(SAID.values()), after=""), child_name=HEBREW)
    path.write_bytes(render(made, fonts()))
    return path


def output_of(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def poppler(file: Path) -> str:
    return output_of("pdftotext", str(file), "-")


def pdfium(file: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))


def mupdf(file: Path) -> str:
    return output_of("mutool", "draw", "-q", "-F", "txt", str(file))


def pdfjs(file: Path) -> str:
    return output_of("node", str(PDFJS), str(file))


def words(text: str) -> list[str]:
    """Without the marks that a reader adds for direction; accents in one form."""
    return re.findall(_APART, to_the_letter(text))


def to_the_letter(text: str) -> str:
    """But for what nobody sees or hears: marks of direction, where a line ends, accents in one form or two."""
    bare = re.sub("[\u202a-\u202e\u200e\u200f]", "", text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", bare))


def missing(text: str, *languages: str) -> list[str]:
    """Languages whose words do not stand there one after the other, from the first to the last."""
    found = f" {' '.join(words(text))} "
    return [name for name in languages or SAID if f" {' '.join(words(SAID[name]))} " not in found]


def otherwise(text: str) -> list[str]:
    """Languages whose sentence does not stand there to the letter, its brackets and its full stop with it."""
    return [name for name in SAID if to_the_letter(SAID[name]) not in to_the_letter(text)]


def test_poppler_and_pdfium_have_every_sentence_whole_and_in_order(file: Path) -> None:
    assert (missing(poppler(file)), missing(pdfium(file))) == ([], [])


def test_pdfjs_has_every_sentence_to_the_letter(file: Path) -> None:
    """Firefox: brackets, joiners and accents with the rest."""
    assert otherwise(pdfjs(file)) == []


def test_poppler_has_every_sentence_to_the_letter_but_a_stop_at_the_left(file: Path) -> None:
    """See `test_what_a_reader_makes_of_it.py`: of a line on an English page, what stands at its left comes first."""
    text = to_the_letter(poppler(file))

    assert otherwise(text) == ["Arabic", "Farsi"]
    assert f".{to_the_letter(SAID['Arabic']).rstrip('.')}" in text
    assert f".){to_the_letter(SAID['Farsi']).rstrip(').')}" in text


def test_pdfium_has_every_sentence_to_the_letter_but_brackets_turned_over(file: Path) -> None:
    """See `test_what_a_reader_makes_of_it.py`. Chrome and Edge."""
    turned = str.maketrans("()", ")(")
    text = to_the_letter(pdfium(file))

    assert otherwise(text) == list(FROM_THE_RIGHT)
    assert [name for name in FROM_THE_RIGHT if to_the_letter(SAID[name]).translate(turned) not in text] == []


def test_mupdf_of_debian_has_what_runs_from_the_left(file: Path) -> None:
    """1.21 gives right-to-left words as they stand on the page, and may part a word where a mark was moved. Those of
    today do neither: see docs/decisions/what-readers-make-of-it.md."""
    text = mupdf(file)
    letters = "".join(words(text))

    assert otherwise(text) == ["decomposed", "Bengali", "Punjabi", *FROM_THE_RIGHT]
    assert [name for name in MARKED if "".join(words(SAID[name])) not in letters] == []


@pytest.mark.parametrize("read", [poppler, pdfium, pdfjs])
def test_the_head_of_a_page_has_a_hebrew_name_whole_among_english_words(file: Path, read: Any) -> None:
    """And no mark of direction that only the drawing needed. PDFium has each name whole, the last before the first."""
    text = re.sub("[\u202a-\u202e]", "", read(file))
    name = " ".join(reversed(HEBREW.split())) if read is pdfium else HEBREW

    assert f"Return home interview, {name}, " in text
    assert not re.findall("[\u2066-\u2069]", text)


def test_each_paragraph_says_in_which_language_it_is_to_be_read_out(file: Path) -> None:
    """As far as its letters tell; Latin letters do not, and the document says English."""
    with file.open("rb") as stream:
        said = [*languages(PdfFileReader(stream).root["/StructTreeRoot"])]

    assert {"hi", "bn", "pa", "zh", "ar", "ur", "fa"} <= {language_of(text) for text in SAID.values()}
    assert "he" in said


def languages(element: Any) -> list[str]:
    own = [str(element["/Lang"])] if "/Lang" in element else []
    inner = [child.get_object() for child in element.get("/K", [])]
    below = [one for one in inner if isinstance(one, generic.DictionaryObject) and "/S" in one]
    return own + [found for one in below for found in languages(one)]
