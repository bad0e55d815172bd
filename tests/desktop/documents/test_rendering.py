"""A signed PDF: readable by anyone and any machine, and any later change shows."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.errors import NotOurPdf
from desktop.documents.paper import Paper
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.paths import fonts
from judgement.verification import check_pdf
from tests.desktop.documents.conformance import conformance, text_of
from tests.desktop.documents.council import Council
from tests.desktop.documents.papers import COUNCIL, held_back, paper, shared_line


def signed(what: Paper) -> bytes:
    identity = COUNCIL.officer("Nadia Brightwater")
    return seal_pdf(render(what, fonts()), identity, reason="Signed", place="Ashmere Council", at=datetime.now(UTC))


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
    assert "Nothing has changed since." in verdict.sentence


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
    assert "kept back" not in text_of(path) + attached
    assert "This is a copy for one reader" in text_of(path)


@pytest.mark.parametrize("named", [["Dex", "Tay"], ["Dex", "Tay", "Nan"]])
def test_lines_left_out_of_a_group_are_neither_counted_nor_named(named: list[str], tmp_path: Path) -> None:
    """D13: police are told of Dex, for a reason, and not that others were named."""
    path = tmp_path / "copy.pdf"
    path.write_bytes(signed(shared_line("Dex", *named[1:])))
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(path)], check=True, capture_output=True)
    told = text_of(path) + (tmp_path / "record.json").read_text()

    assert "Dex" in text_of(path)
    assert "left out" not in text_of(path)
    assert not [name for name in named[1:] if name in told]


def test_the_attached_record_is_what_the_paper_says(pdf: Path, tmp_path: Path) -> None:
    subprocess.run(["pdfdetach", "-saveall", "-o", str(tmp_path), str(pdf)], check=True, capture_output=True)
    attached = json.loads((tmp_path / "record.json").read_text())

    assert attached["answers"]["during"] == "I got the 22 bus into town.\n\nThen it got cold."
    assert attached["checks"]["content_hash"] == "ab" * 32


def test_every_word_of_a_long_narrative_is_on_the_pages(pdf: Path) -> None:
    assert text_of(pdf).count("lamp posts") == 700
