"""A signed PDF: readable by anyone and any machine, and any later change shows."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.errors import MissingGlyph, NotOurPdf
from desktop.documents.checking import check_pdf
from desktop.documents.paper import Paper
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.documents.typeface import Typeface
from desktop.paths import fonts
from tests.desktop.documents.conformance import conformance, text_of
from tests.desktop.documents.council import Council
from tests.desktop.documents.papers import ARABIC, COUNCIL, held_back, paper, shared_line


def signed(what: Paper) -> bytes:
    identity = COUNCIL.officer("Nadia Brightwater")
    return seal_pdf(render(what, fonts()), identity, reason="Signed", place="Ashmere Council")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "interview.pdf"
    long = "I counted the lamp posts up to the bridge. " * 700
    path.write_bytes(signed(paper(before=long, places=[{"id": "a", "name": "Canal", "when": "late"}] * 40)))
    return path


def test_it_is_pdf_ua_and_pdf_a_by_verapdf(pdf: Path) -> None:
    """The signed file passes every rule of PDF/A-3a and PDF/UA-1 in the veraPDF checker."""
    assert conformance(pdf) == ["PASS 3a", "PASS ua1"]


def test_pdfsig_finds_one_valid_signature_over_the_whole_document(pdf: Path) -> None:
    said = subprocess.run(["pdfsig", "-nocert", str(pdf)], capture_output=True, text=True, check=True).stdout

    assert said.count("Signature #") == 1
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "Nadia Brightwater" in said


def test_openssl_verifies_the_signature_against_the_council_root(pdf: Path, tmp_path: Path) -> None:
    """OpenSSL alone, given the signed bytes and the CMS, trusts it through the council's root and no other."""
    data = pdf.read_bytes()
    first, second, third, fourth = map(int, re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", data).groups())
    (tmp_path / "content").write_bytes(data[first : first + second] + data[third : third + fourth])
    cms = bytes.fromhex(data[second + 1 : third - 1].decode())
    (tmp_path / "cms").write_bytes(cms)
    for root, status in ((COUNCIL.root_pem, 0), (Council("Ashmere Council").root_pem, 4)):
        (tmp_path / "root.pem").write_text(root)
        done = subprocess.run(
            ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "cms", "-content", "content",
             "-CAfile", "root.pem", "-purpose", "any", "-out", os.devnull],
            cwd=tmp_path, capture_output=True, check=False,
        )  # fmt: skip

        assert done.returncode == status, done.stderr


def test_the_verdict_names_the_signer_and_says_that_nothing_changed(pdf: Path) -> None:
    verdict = check_pdf(pdf.read_bytes(), [COUNCIL.root_pem])

    assert verdict.good
    assert verdict.sentence.startswith("Nadia Brightwater signed this on ")
    assert verdict.sentence.endswith("Nothing has changed since.")


def test_another_council_is_not_trusted_and_no_change_is_claimed(pdf: Path) -> None:
    verdict = check_pdf(pdf.read_bytes(), [Council().root_pem])

    assert (verdict.good, verdict.intact, verdict.trusted) == (False, True, False)


@settings(max_examples=60)
@given(st.data())
def test_any_changed_byte_is_noticed(pdf: Path, data: st.DataObject) -> None:
    """A flipped bit anywhere in the file is either said to be a change, or makes the file unreadable in plain words."""
    original = pdf.read_bytes()
    changed = bytearray(original)
    changed[data.draw(st.integers(0, len(original) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    try:
        verdict = check_pdf(bytes(changed), [COUNCIL.root_pem])
    except NotOurPdf:
        return

    assert not verdict.good


def test_a_byte_changed_after_the_signature_is_noticed(pdf: Path) -> None:
    """The room left over behind the signature is covered by nothing but this look at it; so is the case of its hex."""
    original = pdf.read_bytes()
    end = original.index(b">", original.rindex(b"/Contents <"))
    padded, letter = bytearray(original), bytearray(original)
    padded[end - 1] = ord("1")
    first = next(place for place in range(original.rindex(b"/Contents <") + 11, end) if original[place] >= ord("A"))
    letter[first] ^= 0x20

    assert check_pdf(original, [COUNCIL.root_pem]).good
    assert not check_pdf(bytes(padded), [COUNCIL.root_pem]).good
    assert not check_pdf(bytes(letter), [COUNCIL.root_pem]).good


def test_every_digit_of_the_signature_itself_counts(pdf: Path) -> None:
    """No signature covers its own bytes; some of them, such as its version, no validator reads."""
    original = pdf.read_bytes()
    start = original.rindex(b"/Contents <") + len(b"/Contents <")
    held = bytes.fromhex(original[start : original.index(b">", start)].decode("ascii"))
    unnoticed = []
    for place in range(start, start + 2 * len(held.rstrip(b"\0"))):
        changed = bytearray(original)
        changed[place] = b"123456789ABCDEF0"[int(original[place : place + 1], 16)]
        try:
            unnoticed += [place] if check_pdf(bytes(changed), [COUNCIL.root_pem]).good else []
        except NotOurPdf:
            continue

    assert unnoticed == []


def test_pdfsig_too_sees_a_changed_byte(pdf: Path, tmp_path: Path) -> None:
    changed = bytearray(pdf.read_bytes())
    changed[len(changed) // 2] ^= 1
    (tmp_path / "changed.pdf").write_bytes(changed)
    said = subprocess.run(
        ["pdfsig", "-nocert", "changed.pdf"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert "Signature is Valid" not in said.stdout


def test_words_added_after_signing_are_noticed(pdf: Path) -> None:
    """An incremental update, which some readers accept, does not pass here."""
    assert not check_pdf(pdf.read_bytes() + b"\n% more\n", [COUNCIL.root_pem]).good


@pytest.mark.parametrize("junk", [b"", b"hello", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 4000, b"\x89PNG\r\n"])
def test_a_foreign_or_broken_file_is_refused_in_words(junk: bytes) -> None:
    with pytest.raises(NotOurPdf, match=r"^This "):
        check_pdf(junk, [COUNCIL.root_pem])


def test_what_is_held_back_is_in_no_part_of_the_copy(tmp_path: Path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(signed(held_back("during")))
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(path)], check=True, capture_output=True)
    attached = (tmp_path / "record.json").read_text()

    assert "22 bus" not in text_of(path)
    assert "22 bus" not in attached
    assert "Not in this copy: Wren asked for it to be kept back" in text_of(path)


@pytest.mark.parametrize(
    ("named", "note"),
    [(["Dex", "Tay"], "1 line is not in this copy"), (["Dex", "Tay", "Nan"], "2 lines are not in this copy")],
)
def test_lines_left_out_of_a_group_are_counted_and_not_named(named: list[str], note: str, tmp_path: Path) -> None:
    """D13: police are told of Dex, for a reason, and that others were named; of nobody else."""
    path = tmp_path / "copy.pdf"
    path.write_bytes(signed(shared_line("Dex", *named[1:])))
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(path)], check=True, capture_output=True)
    told = text_of(path) + (tmp_path / "record.json").read_text()

    assert "Dex" in text_of(path)
    assert f"{note}: Not needed for the reason it was shared." in text_of(path)
    assert not [name for name in named[1:] if name in told]


def test_the_attached_record_is_what_the_paper_says(pdf: Path, tmp_path: Path) -> None:
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(pdf)], check=True, capture_output=True)
    attached = json.loads((tmp_path / "record.json").read_text())

    assert attached["answers"]["during"] == "I got the 22 bus into town.\n\nThen it got cold."
    assert attached["content_hash"] == "ab" * 32


def test_every_word_of_a_long_narrative_is_on_the_pages(pdf: Path) -> None:
    assert text_of(pdf).count("lamp posts") == 700


def test_right_to_left_words_are_drawn_and_can_be_read_out() -> None:
    pages = PdfFileReader(io.BytesIO(signed(paper()))).root["/Pages"]["/Kids"]
    drawn = b"".join(page.get_object()["/Contents"].data for page in pages)
    spoken = [
        bytes.fromhex(text.decode()).decode("utf-16") for text in re.findall(rb"/ActualText <([0-9a-f]+)>", drawn)
    ]

    assert " ".join(spoken).split() == (ARABIC * 5).split()


def test_a_character_no_font_draws_is_named_and_no_file_is_made() -> None:
    with pytest.raises(MissingGlyph, match="“𓀀” \\(egyptian hieroglyph"):
        render(paper(before="𓀀"), fonts())


@given(st.text(alphabet="abc défł משה محمد ,.\n", max_size=300))
def test_breaking_lines_loses_no_word(text: str) -> None:
    """However narrow the column, the lines hold the words in their order."""
    from desktop.documents.tagging import Element  # noqa: PLC0415
    from desktop.documents.words import Style, Words  # noqa: PLC0415

    words = Words(Typeface(fonts()), text or "x", Style(), Element("Document"))
    words.wrap(60, 500)

    assert "".join("".join(words._lines).split()) == "".join((text or "x").split())
