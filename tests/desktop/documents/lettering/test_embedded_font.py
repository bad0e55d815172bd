"""What is drawn can be seen, read out and copied: by poppler and by the veraPDF checker."""

from __future__ import annotations

import io
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from desktop.documents.rendering import render
from desktop.paths import fonts
from judgement.verification import check_pdf
from tests.desktop.documents.conformance import conformance
from tests.desktop.documents.lettering.test_shaping import MORE, WRITTEN
from tests.desktop.documents.papers import COUNCIL, paper
from tests.desktop.documents.test_rendering import signed

CASES = Path(__file__).with_name("cases")
BRACKETS = (CASES / "arabic-brackets.txt").read_text(encoding="utf-8").strip()
EMOJI = (CASES / "emoji-arrow.txt").read_text(encoding="utf-8").strip()
MIXED = "Wren said “شكرا (10:30)” to me."
EVERY_SCRIPT = "\n".join([*WRITTEN.values(), *MORE, BRACKETS, EMOJI, "\uf0b7 bread", MIXED])


@pytest.fixture(scope="module")
def every_script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scripts") / "every.pdf"
    path.write_bytes(signed(paper(before=EVERY_SCRIPT)))
    return path


def words_of(pdf: Path) -> set[str]:
    """Words as poppler copies them from the page, without the marks it adds for direction."""
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"[^\s.:,()“”]+", re.sub("[\u202a-\u202e]", " ", text)))


def test_every_script_is_pdf_ua_and_pdf_a_by_verapdf(every_script: Path) -> None:
    assert conformance(every_script) == ["PASS 3a", "PASS ua1"]
    assert check_pdf(every_script.read_bytes(), [COUNCIL.root_pem]).good


def test_every_word_is_copied_whole_and_in_reading_order(every_script: Path) -> None:
    """Letters in the order they are written, from right to left too; accents with their letters."""
    found = {unicodedata.normalize("NFC", word) for word in words_of(every_script)}
    wanted = re.findall(r"[^\s.:,()“”]+", unicodedata.normalize("NFC", EVERY_SCRIPT).replace("\uf0b7", "•"))

    assert [word for word in wanted if word not in found] == []


def test_whoever_listens_hears_right_to_left_words_among_others_as_they_are_said() -> None:
    """The structure tree says the line: its glyphs stand on the page from left to right."""
    root = PdfFileReader(io.BytesIO(render(paper(before=MIXED), fonts()))).root

    assert [text.strip() for text in spoken(root["/StructTreeRoot"])] == [MIXED]


def spoken(element: Any) -> Iterator[str]:
    """What is said in place of glyphs, all down the tree."""
    if "/ActualText" in element:
        yield str(element["/ActualText"])
    children = element.get("/K", [])
    for child in children if isinstance(children, generic.ArrayObject) else [children]:
        found = child.get_object()
        if isinstance(found, generic.DictionaryObject) and "/S" in found:
            yield from spoken(found)


def test_what_no_font_draws_is_a_box_with_its_code_and_explained(tmp_path: Path) -> None:
    """Copied it is the sign itself; a private sign, which means something else to everybody, is its code."""
    path = tmp_path / "boxes.pdf"
    path.write_bytes(signed(paper(before="Then 𓀀 and \ue123 came.", analysis="Nothing else.")))
    found = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    text = re.sub(r"\s+", " ", found)
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(path)], check=True, capture_output=True)

    assert "Then 𓀀 and U+E123 came." in text
    assert "In this document: U+13000 (egyptian hieroglyph a001), U+E123." in text
    assert "Then 𓀀 and \ue123 came." in (tmp_path / "record.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["A" * 500, "अ" * 500, "Ø" * 500])
def test_a_name_of_five_hundred_letters_takes_less_than_a_second_more(name: str) -> None:
    import time  # noqa: PLC0415
    from dataclasses import replace  # noqa: PLC0415

    def seconds(child: str) -> float:
        start = time.process_time()
        render(replace(paper(), child_name=child), fonts())
        return time.process_time() - start

    seconds("Wren")

    assert seconds(name) < seconds("Wren") + 1
