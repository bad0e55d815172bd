"""The page of a letter: what stands on it, that it can be listened to, and that no word is lost over pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from casework.identifiers import OfficerId
from casework.practice.letters.letter_filling import FACT, POINT, TEXT, LetterPart
from desktop.documents.paper import Maker, Signer
from desktop.documents.sealing import seal_pdf
from desktop.documents.sheets.letter_page import LetterPaper, letter_pdf
from desktop.paths import fonts
from tests.desktop.documents.conformance import conformance, pages_of, text_of
from tests.desktop.documents.council import Council

AT = datetime(2026, 3, 27, 14, 32, tzinfo=UTC)
PAPER = LetterPaper(
    record_id="3f2a" * 8,
    kind="request_to_council",
    wording="Request to another council, version 1",
    council="Ashmere Council",
    head=("Riverside House", "01632 960155"),
    to=("Calder Vale Council", "1 Weir Lane"),
    sent_on=date(2026, 3, 27),
    subject="A child who may live in your area: Reuben Tansley",
    parts=(
        LetterPart(TEXT, "Dear Calder Vale Council,"),
        LetterPart(FACT, "Reuben Tansley", "Child"),
        LetterPart(FACT, "3 May 2017", "Born"),
        LetterPart(TEXT, "Would you tell us:"),
        LetterPart(POINT, "whether Reuben lives in your area"),
        LetterPart(POINT, "whether Reuben is on a roll"),
        LetterPart(TEXT, "شكرا جزيلا"),
    ),
    closing="Yours sincerely",
    law="Shared under the Education Act 1996, section 436A",
    signer=Signer("Bryony Cutler", "Cme officer", "Ashmere Council", "ASH-0142", AT, OfficerId("o1")),
    ink=None,
)


def sealed(paper: LetterPaper, folder: Path) -> Path:
    file = folder / "letter.pdf"
    identity = Council().officer("Bryony Cutler", "o1")
    file.write_bytes(seal_pdf(letter_pdf(paper, fonts()), identity, reason="Letter, signed", place="", at=AT))
    return file


def test_it_reads_from_the_council_to_the_signature_and_conforms(tmp_path: Path) -> None:
    file = sealed(PAPER, tmp_path)
    text = text_of(file)
    order = [
        "Ashmere Council",
        "Calder Vale Council",
        "A child who may live",
        "Dear",
        "Child",
        "Born",
        "Yours sincerely",
    ]

    assert [text.index(words) for words in order] == sorted(text.index(words) for words in order)
    assert "Bryony Cutler" in text
    assert "27 March 2026" in text
    assert conformance(file) == ["PASS 3a", "PASS ua1"]


def test_a_long_letter_goes_on_and_says_which_page_it_is(tmp_path: Path) -> None:
    long = " ".join(f"word{number}" for number in range(1500))
    file = sealed(replace(PAPER, parts=(LetterPart(TEXT, long),)), tmp_path)
    text = text_of(file)

    assert pages_of(file) > 1
    assert "Page 2 of" in text
    assert all(f"word{number}" in text for number in range(1500))


def test_a_copy_that_a_colleague_makes_says_so(tmp_path: Path) -> None:
    maker = Maker("Ines Marlow", "Cme officer", "Ashmere Council", "ASH-0143", AT, OfficerId("o2"))
    text = text_of(sealed(replace(PAPER, maker=maker), tmp_path))

    assert "Copy made by Ines Marlow" in text
    assert "Bryony Cutler" in text
