"""Rows of a record: a table whose heads are said, never a label run on behind a question mark."""

from __future__ import annotations

import hashlib
import io
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.canonical import JSON
from desktop.documents.rendering import render
from desktop.paths import fonts
from tests.desktop.documents.conformance import words_in
from tests.desktop.documents.papers import CATALOGUE, paper

ACTIONS: list[JSON] = [
    {"id": "a", "what": "Ask the house meeting", "who": "Sam Tindle", "by_when": "2026-04-03"},
    {"id": "b", "what": "Review the plan", "who": "Nadia Brightwater"},
]
SHARED: list[JSON] = [
    {
        "id": "s",
        "recipient": "police",
        "reason": "risk_of_harm",
        "why": "An adult gives lifts.",
        "manager": "Tom Applegarth",
        "child_told": True,
        "what": ["places"],
    }
]


def inside(element: Any) -> list[Any]:
    return [child.get_object() for child in element["/K"]]


def elements(document: bytes, tag: str) -> list[Any]:
    """Of the tree that is read aloud."""

    def below(element: Any) -> list[Any]:
        own = [element] if element.get("/S") == tag else []
        inner = inside(element)
        return own + [found for child in inner if isinstance(child, dict) and "/S" in child for found in below(child)]

    return below(PdfFileReader(io.BytesIO(document)).root["/StructTreeRoot"]["/K"][0])


def scopes(table: Any) -> list[str]:
    return [cell["/A"]["/Scope"] for line in inside(table) for cell in inside(line) if cell["/S"] == "/TH"]


def test_few_columns_are_a_table_with_heads() -> None:
    """One head a column that somebody said something in, and a row is headed by its first cell."""
    document = render(replace(paper(actions=ACTIONS), shown=frozenset({"actions"})), fonts())
    words = words_in(document)
    table = elements(document, "/Table")[-1]

    assert "What Who does it By when" in words
    assert "Review the plan Nadia Brightwater –" in words
    assert scopes(table) == ["/Column"] * 3 + ["/Row"] * 2
    assert {len(inside(line)) for line in inside(table)} == {3}


def test_many_columns_are_said_line_by_line_without_a_mark_before_the_colon() -> None:
    words = words_in(render(replace(paper(shared_without=SHARED), shown=frozenset({"shared_without"})), fonts()))

    assert "Was Wren told: Yes" in words
    assert "?:" not in words


def test_a_picture_stands_beside_its_line_two_standing_ones_to_a_page(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 400), 60).convert("RGB").save(out, "JPEG")
    sha256 = hashlib.sha256(out.getvalue()).hexdigest()
    rows: list[JSON] = [
        {"id": str(n), "file": {"sha256": sha256, "type": "image/jpeg"}, "subject": f"Sums {n}", "shows": "Division"}
        for n in range(4)
    ]
    visit = CATALOGUE.form("ehe_visit")
    answers: dict[str, JSON] = {"samples": rows}
    held = {sha256: out.getvalue()}
    file = tmp_path / "v.pdf"
    file.write_bytes(
        render(replace(paper(), definition=visit, answers=answers, shown=frozenset(answers), pictures=held), fonts())
    )
    listed = subprocess.run(["pdfimages", "-list", str(file)], capture_output=True, text=True, check=True).stdout
    pages = [line.split()[0] for line in listed.splitlines()[2:]]

    assert max(pages.count(page) for page in pages) == 2
    assert words_in(file.read_bytes()).count("What it shows: Division") == 4


@pytest.fixture(scope="module")
def interview() -> bytes:
    return render(paper(), fonts())


def test_the_first_page_says_whose_copy_it_is_by_whom_and_what_to_ask_for(interview: bytes) -> None:
    words = words_in(interview)
    head = words[: words.index("1 Episode")]

    for part in ("This is a", "Full copy", "Signed by", "Nadia Brightwater", "Missing advocate", "RHI-2026-0F0F0F"):
        assert part in head


def test_each_heading_is_a_bookmark(interview: bytes) -> None:
    root = PdfFileReader(io.BytesIO(interview)).root
    whole = root["/Outlines"]["/First"]
    titles, one = [], whole["/First"]
    while True:
        titles.append(one["/Title"])
        if "/Next" not in one:
            break
        one = one["/Next"]

    assert whole["/Title"] == "Return home interview, Wren Hollowby"
    assert titles[0] == "1 Episode"
    assert titles[-1] == "Signatures"
    assert len(titles) == len(elements(interview, "/H2"))
