"""A form to fill in with a pen: what its structure says to somebody who listens, and what it says to a program."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.forms.by_hand.on_paper import with_pen
from desktop.compose import build_catalogue
from desktop.documents.sheets.blank_page import BlankPaper, blank_pdf
from desktop.documents.sheets.sheet_mark import SheetId
from desktop.paths import fonts
from tests.desktop.documents.conformance import words_in

FORM = build_catalogue().form("need_to_know")
NOW = datetime(2026, 11, 29, 14, 0, tzinfo=UTC)


def made(child: str = "") -> bytes:
    paper = BlankPaper(
        form=FORM.id,
        version=FORM.version,
        title=FORM.title,
        about=FORM.about,
        sections=with_pen(FORM),
        return_to=("Nadia Brightwater", "Ashmere Council"),
        seen_by="a manager",
        council="Ashmere Council",
        made=NOW,
        sheet=SheetId("K7QFK7QFK7"),
        author="Nadia Brightwater",
        child=child,
    )
    return blank_pdf(paper, fonts())


@pytest.fixture(scope="module")
def root() -> Any:
    return PdfFileReader(io.BytesIO(made())).root


def tags(element: Any) -> list[str]:
    found = [str(element["/S"])] if "/S" in element else []
    for child in element.get("/K", ()):
        if hasattr(child, "get_object") and hasattr(inner := child.get_object(), "get") and "/S" in inner:
            found += tags(inner)
    return found


def test_headings_lists_and_tables_are_what_they_are(root: Any) -> None:
    said = tags(root["/StructTreeRoot"])

    assert said.count("/H1") == 1
    assert said.count("/H2") == len(with_pen(FORM))
    assert {"/L", "/LI", "/LBody", "/Table", "/TR", "/TH", "/TD"} <= set(said)


def test_nobody_signs_it(root: Any) -> None:
    assert "/AcroForm" not in root


def test_a_program_reads_which_form_and_version_it_is() -> None:
    file = PdfFileReader(io.BytesIO(made())).root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]["/F"]
    said = json.loads(file.data)

    assert (said["form"], said["form_version"], said["blank"], said["sheet"]) == ("need_to_know", 1, True, "K7QFK7QFK7")
    assert "child" not in said


def test_a_sign_that_no_font_draws_is_told_of() -> None:
    assert "A box with a code stands for a sign" in words_in(made(child="Wren \U00013000"))
    assert "A box with a code" not in words_in(made(child="Wren"))
