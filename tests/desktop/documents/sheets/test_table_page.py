"""A table over several pages: its heads stand above the rows of each, and are said once to whoever listens."""

from __future__ import annotations

import pypdfium2
import pytest

from desktop.documents.bars_on_paper import PaperBar
from desktop.documents.sheets.scorecard_page import PaperPicture, scorecard_pdf
from desktop.documents.sheets.table_page import table_pdf
from desktop.paths import fonts
from tests.desktop.documents.test_last_page import table

HEADS = ("Child", "Due", "Locality")


def pages_with_heads(document: bytes) -> list[bool]:
    texts = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(document)]
    return [all(head in text.split() for head in HEADS) for text in texts]


@pytest.mark.parametrize("rows", [1, 45, 90])
def test_the_heads_stand_on_every_page_that_has_rows(rows: int) -> None:
    document = table_pdf(table(rows), fonts())

    assert all(pages_with_heads(document))
    assert document.count(b"/Scope/Column") == len(HEADS)


def test_pictures_before_the_table_have_no_heads_above_them() -> None:
    tall = PaperPicture("Months", [PaperBar(f"Month {number}", number, str(number)) for number in range(24)])

    assert pages_with_heads(scorecard_pdf(table(60), [tall, tall], fonts())) == [False, False, True, True, True]


def test_a_table_without_rows_has_its_heads_once() -> None:
    document = table_pdf(table(0), fonts())

    assert len(pypdfium2.PdfDocument(document)) == 1
    assert pypdfium2.PdfDocument(document)[0].get_textpage().get_text_range().count("Locality") == 1
