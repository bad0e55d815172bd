"""A copy that opens with a password: the same document, which says nothing without, by programs of others."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from casework.errors import DocumentError
from desktop.documents.pdf.protection import protected
from desktop.documents.rendering import render
from desktop.documents.sealing import seal_pdf
from desktop.flows.signing.copy_password import made_password
from desktop.paths import fonts
from judgement.attached import attached_in, page_hash, page_hash_of
from tests.desktop.documents.conformance import conformance
from tests.desktop.documents.papers import COUNCIL, paper

PASSWORD = "otter lantern gravel mosaic elk"  # the commands of poppler read 32 letters of one


@pytest.fixture(scope="module")
def unsigned() -> bytes:
    return render(paper(), fonts())


@pytest.fixture(scope="module")
def copy(unsigned: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("copy") / "copy.pdf"
    by, at = COUNCIL.officer("Nadia Brightwater"), datetime.now(UTC)
    file.write_bytes(seal_pdf(unsigned, by, reason="Signed", place="Ashmere Council", at=at, password=PASSWORD))
    return file


def said(program: str, file: Path, *more: str) -> str:
    done = subprocess.run([program, *more, str(file)], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_pdfsig_finds_its_signature_valid_with_the_password_and_nothing_without(copy: Path) -> None:
    told = said("pdfsig", copy, "-nocert", "-upw", PASSWORD)

    assert "Signature is Valid" in told
    assert "Total document signed" in told
    assert "Incorrect password" in said("pdfsig", copy, "-nocert")
    assert "Incorrect password" in said("pdfsig", copy, "-nocert", "-upw", PASSWORD.upper())


def test_what_draws_pages_in_a_browser_opens_it_with_the_words_that_homeward_makes(unsigned: bytes) -> None:
    password = made_password()
    document = protected(unsigned, password)
    opened = pypdfium2.PdfDocument(document, password=password)

    assert "I had a row with staff about my phone." in opened[0].get_textpage().get_text_range()
    for wrong in (None, password[:32], password.title()):
        with pytest.raises(pypdfium2.PdfiumError, match="password"):
            pypdfium2.PdfDocument(document, password=wrong)


def test_it_is_pdf_2_under_aes_256_and_may_be_read_aloud_and_printed(copy: Path) -> None:
    told = said("pdfinfo", copy, "-upw", PASSWORD)

    assert re.search(r"PDF version: +2\.0", told)
    assert "print:yes copy:yes change:yes addNotes:yes algorithm:AES-256" in told
    assert re.search(r"Tagged: +yes", told)


def test_it_holds_the_same_words_pages_and_record(copy: Path, unsigned: bytes, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    plain.write_bytes(unsigned)
    words = subprocess.run(
        ["pdftotext", "-upw", PASSWORD, str(copy), "-"], capture_output=True, text=True, check=True
    ).stdout
    reader = PdfFileReader(io.BytesIO(copy.read_bytes()))
    reader.decrypt(PASSWORD)
    found = attached_in(reader)

    assert "I had a row with staff about my phone." in words
    assert words == subprocess.run(["pdftotext", str(plain), "-"], capture_output=True, text=True, check=True).stdout
    assert page_hash(reader) == page_hash_of(unsigned)
    assert found is not None
    assert found == attached_in(PdfFileReader(io.BytesIO(unsigned)))


def test_nothing_of_it_is_readable_without_nor_worked_out_from_it(copy: Path, unsigned: bytes) -> None:
    """No word, no title, no name of a file; and its own number, which of an open copy comes from what is in it."""
    held, again = copy.read_bytes(), protected(unsigned, PASSWORD)

    for word in ("Wren", "Hollowby", "Return home", "record.json", "RHI-2026", PASSWORD, "otter"):
        for written in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-be").hex().upper().encode()):
            assert written not in held
    assert b"Wren" in unsigned
    numbers = {bytes(PdfFileReader(io.BytesIO(each)).document_id[0]) for each in (held, again, unsigned)}
    assert len(numbers) == 3


def test_verapdf_finds_nothing_but_its_version_and_that_it_claims_no_standard(unsigned: bytes, tmp_path: Path) -> None:
    """Locked with no password at all, so that the checker opens it: tags, fonts and the right to read it aloud."""
    file = tmp_path / "copy.pdf"
    file.write_bytes(protected(unsigned, ""))
    of_ua = conformance(file)
    of_ua = of_ua[of_ua.index("FAIL ua1") + 1 :]
    reader = PdfFileReader(io.BytesIO(file.read_bytes()))
    reader.decrypt("")
    about = reader.root["/Metadata"].data

    assert sorted(line.split()[0] for line in of_ua) == ["5", "6.1"]
    assert b"pdfaid" not in about
    assert b"pdfuaid" not in about
    assert b"Wren Hollowby" in about


@pytest.mark.parametrize("password", ["x" * 128, "ötter", "line\nbreak"])
def test_a_password_that_not_every_program_reads_alike_is_refused(unsigned: bytes, password: str) -> None:
    with pytest.raises(DocumentError, match="at most 127 plain letters"):
        protected(unsigned, password)
