"""What readers make of the smallest file there is, so that nobody looks for it in ours; a test fails when one mends it.

Each file has one line, in one font whose codes say Hebrew letters, drawn from left to right as they stand on paper.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.documents.pdf.numbered_objects import NumberedObjects, ref, utf16
from tests.desktop.documents.lettering.test_four_readers import mupdf, pdfium, pdfjs, poppler, to_the_letter

ENGLISH = "An English page, whose only other line is short. "
SAYS = {code: chr(0x05D0 + place) for place, code in enumerate("VWXYZ")}  # V says Alef; all else says itself


def smallest(*lines: str) -> bytes:
    """`lines`: the codes of each, as they stand from left to right. Helvetica draws them; what they say is SAYS."""
    objects = NumberedObjects()
    said = "\n".join(f"<{ord(code):02X}> <{utf16(SAYS.get(code, code))}>" for code in map(chr, range(32, 127)))
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"
    room = "1 begincodespacerange <00> <FF> endcodespacerange"
    cmap = f"{head} {room} 95 beginbfchar\n{said}\nendbfchar endcmap end end"
    unicode = objects.stream(cmap.encode())
    font = objects.add(f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode {ref(unicode)}>>")
    codes = [re.sub(r"[()]", r"\\\g<0>", line) for line in lines]
    drawn = "".join(
        f"BT /F1 12 Tf 1 0 0 1 50 {700 - 20 * place} Tm ({line}) Tj ET " for place, line in enumerate(codes)
    )
    contents = objects.stream(drawn.encode())
    pages, page = objects.reserve(), objects.reserve()
    about = f"/MediaBox[0 0 595 842]/Resources<</Font<</F1 {ref(font)}>>>>/Contents {ref(contents)}"
    objects.put(page, f"<</Type/Page/Parent {ref(pages)}{about}>>")
    objects.put(pages, f"<</Type/Pages/Count 1/Kids[{ref(page)}]>>")
    return objects.written(objects.add(f"<</Type/Catalog/Pages {ref(pages)}>>"), b"smallest")


@pytest.fixture
def brackets(tmp_path: Path) -> Path:
    """Alef, a space, and Bet in brackets: on paper the brackets look away from each other's ends as they should."""
    file = tmp_path / "brackets.pdf"
    file.write_bytes(smallest(")W( V"))
    return file


def read(text: str) -> str:
    return to_the_letter(text).strip()


def test_brackets_of_a_hebrew_line_are_whole_in_poppler_and_pdfjs(brackets: Path) -> None:
    assert (read(poppler(brackets)), read(pdfjs(brackets))) == ("א (ב)", "א (ב)")


def test_pdfium_turns_them_over(brackets: Path) -> None:
    """It takes what a code says for what is seen. To say the other bracket would put it right there, and wrong in the
    two above, which read the same."""
    assert read(pdfium(brackets)) == "א )ב("


def test_mupdf_1_21_gives_the_line_as_it_is_drawn(brackets: Path) -> None:
    assert read(mupdf(brackets)) == ")ב( א"


def test_poppler_begins_a_hebrew_line_of_an_english_page_with_what_stands_at_its_left(tmp_path: Path) -> None:
    """On a page of its own it does not."""
    alone, among = tmp_path / "alone.pdf", tmp_path / "among.pdf"
    alone.write_bytes(smallest(".XWV"))
    among.write_bytes(smallest(ENGLISH, ".XWV"))

    assert read(poppler(alone)) == "אבג."
    assert read(poppler(among)).removeprefix(ENGLISH) == ".אבג"


def test_pdfium_has_two_hebrew_words_of_an_english_line_in_the_order_of_the_page(tmp_path: Path) -> None:
    file = tmp_path / "two.pdf"
    file.write_bytes(smallest(f"{ENGLISH}YX WV, and more."))

    assert read(pdfium(file)).removeprefix(ENGLISH) == "גד אב, and more."
    assert read(poppler(file)).removeprefix(ENGLISH) == "אב גד, and more."
