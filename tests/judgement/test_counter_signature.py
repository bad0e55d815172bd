"""Two signatures in one file, the author's and later the manager's: each checked, and nothing else can be added."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from casework.errors import NotOurPdf
from casework.identifiers import OfficerId
from desktop.documents.counter_signature import shown_on_paper
from desktop.documents.rendering import render
from desktop.documents.sealing import Identity, countersign_pdf, room_left, seal_pdf
from desktop.paths import fonts
from judgement.sealed_file import Trust
from judgement.signature_form import AUTHOR, CHECKER
from judgement.verdict import Outcome
from judgement.verification import check_pdf
from tests.desktop.documents.conformance import conformance, pages_of
from tests.judgement.test_verification import COUNCIL, DELE, NADIA, ROOTS, nadias

TOM = COUNCIL.officer("Tom Applegarth", "tom-3")
SIGNED_AT = datetime.now(UTC)
CHECKED_AT = SIGNED_AT + timedelta(hours=2)


def sealed(*, leaves_room: bool = True) -> bytes:
    made = render(replace(nadias(), leaves_room=leaves_room), fonts())
    return seal_pdf(made, NADIA, reason="Signed", place="Ashmere", at=SIGNED_AT, leaves_room=leaves_room)


def countersigned(document: bytes, by: Identity = TOM) -> bytes:
    room = room_left(document)
    assert room is not None
    shown = shown_on_paper(by.name, ("Team manager, Ashmere Council", "28 March 2026, 09:10"), room, fonts())
    return countersign_pdf(document, by, shown=shown, reason="Checked", place="Ashmere Council", at=CHECKED_AT)


@pytest.fixture(scope="module")
def author_only() -> bytes:
    return sealed()


@pytest.fixture(scope="module")
def both(author_only: bytes) -> bytes:
    return countersigned(author_only)


def test_each_signature_has_its_sentence(author_only: bytes, both: bytes) -> None:
    """What the author sealed stays as it was, byte for byte."""
    before, after = check_pdf(author_only, ROOTS), check_pdf(both, ROOTS)

    assert both.startswith(author_only)
    assert (before.good, before.checked_by) == (True, "")
    assert (after.outcome, after.checked_by, after.checked_officer) == (Outcome.GOOD, "Tom Applegarth", "tom-3")
    assert after.sentence.startswith("Nadia Brightwater signed this on ")
    assert "Tom Applegarth checked it and signed that on " in after.sentence
    assert room_left(author_only)
    assert room_left(both) is None


def test_programs_of_others_agree(both: bytes, tmp_path: Path) -> None:
    """poppler, pyHanko's own validator, and the checker of PDF/A and PDF/UA."""
    file = tmp_path / "both.pdf"
    file.write_bytes(both)
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    trusted = ValidationContext(trust_roots=list(Trust.of(ROOTS).councils[0]), allow_fetching=False, moment=CHECKED_AT)
    found = PdfFileReader(io.BytesIO(both)).embedded_signatures
    statuses = [validate_pdf_signature(each, trusted) for each in found]

    assert told.count("Signature Validation: Signature is Valid.") == 2
    assert "Total document signed" in told
    assert [each.field_name for each in found] == [AUTHOR, CHECKER]
    assert all(status.bottom_line for status in statuses)
    assert conformance(file) == ["PASS 3a", "PASS ua1"]
    assert pages_of(file) == 2


def refused(document: bytes) -> bool:
    try:
        return not check_pdf(document, ROOTS).good
    except NotOurPdf:
        return True


def test_a_name_that_became_half_a_number_is_noticed(both: bytes) -> None:
    """One bit of “/StructElem” makes it “.StructElem”, which is read as a number that is none."""
    named = [name for name in (b"/StructElem", b"/P", b"/Row", b"/Page") if name in both]
    assert b"/StructElem" in named
    for name in named:
        assert refused(both.replace(name, name.replace(b"/", b"."), 1))


@pytest.mark.parametrize("examples", [30, pytest.param(500, marks=pytest.mark.soak)])
def test_any_changed_byte_of_either_is_noticed(both: bytes, author_only: bytes, examples: int) -> None:
    """As often in the part that the manager added as in the whole."""
    chance, unnoticed = random.Random(examples), []
    for number in range(examples):
        place = chance.randrange(len(author_only) if number % 2 else 0, len(both))
        changed = bytearray(both)
        changed[place] ^= 1 << chance.randrange(8)
        unnoticed += [] if refused(bytes(changed)) else [place]

    assert unnoticed == []


def test_every_digit_of_either_signature_counts(both: bytes) -> None:
    """No signature covers its own bytes. A few of each hundred here, the rest in turns of other days."""
    unnoticed = []
    for number in range(2):
        start = list(_places(both, b"/Contents <"))[number] + len(b"/Contents <")
        end = both.index(b">", start)
        for place in [*range(start, end, 331), end - 1]:
            changed = bytearray(both)
            changed[place] = b"123456789ABCDEF0"[int(both[place : place + 1], 16)]
            unnoticed += [] if refused(bytes(changed)) else [place]

    assert unnoticed == []


def _places(text: bytes, what: bytes) -> Iterator[int]:
    at = text.find(what)
    while at >= 0:
        yield at
        at = text.find(what, at + 1)


def _paint(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    more = writer.add_object(generic.StreamObject(stream_data=b"/Artifact BMC 1 1 1 rg 60 600 400 40 re f EMC"))
    page[generic.pdf_name("/Contents")] = generic.ArrayObject([page.raw_get("/Contents"), more])
    writer.update_container(page)


def _attach(writer: IncrementalPdfFileWriter) -> None:
    held = writer.root["/Names"]["/EmbeddedFiles"]["/Names"][1]["/EF"]
    held[generic.pdf_name("/F")] = writer.add_object(generic.StreamObject(stream_data=b"{}"))
    writer.update_container(held)


def _another_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Another", box=(10, 10, 100, 50)))


def _annotate(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    note = {"/Type": "/Annot", "/Subtype": "/Square"}
    made = generic.DictionaryObject({generic.pdf_name(a): generic.pdf_name(b) for a, b in note.items()})
    made[generic.pdf_name("/Rect")] = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 500, 700))
    page.setdefault(generic.pdf_name("/Annots"), generic.ArrayObject())
    page["/Annots"].append(writer.add_object(made))
    writer.update_container(page)


def _move_field(writer: IncrementalPdfFileWriter) -> None:
    """The manager's own place, laid over the words of the page."""
    fields = writer.root["/AcroForm"]["/Fields"]
    field = next(fields[number] for number in range(len(fields)) if fields[number]["/T"] == CHECKER)
    field[generic.pdf_name("/Rect")] = generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 500, 700))
    writer.update_container(field)


def _say_another_title(writer: IncrementalPdfFileWriter) -> None:
    writer.root[generic.pdf_name("/Lang")] = generic.pdf_string("cy")
    writer.update_root()


CHANGES: tuple[Callable[[IncrementalPdfFileWriter], None], ...] = (
    _paint, _attach, _another_field, _annotate, _move_field, _say_another_title,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("when", ["between", "after"])
def test_nothing_is_added_but_the_signature(
    author_only: bytes, both: bytes, change: Callable[[IncrementalPdfFileWriter], None], when: str
) -> None:
    """Not before the manager signs, though the manager's signature is then good and over all of it; and not after."""
    out, writer = io.BytesIO(), IncrementalPdfFileWriter(io.BytesIO(author_only if when == "between" else both))
    change(writer)
    writer.write(out)
    document = out.getvalue()

    assert check_pdf(document, ROOTS).outcome is Outcome.CHANGED
    if when == "between":
        assert check_pdf(countersigned(document), ROOTS).outcome is Outcome.CHANGED


def test_the_manager_is_an_officer_whose_certificate_was_good_and_another_than_the_author(author_only: bytes) -> None:
    by_itself = check_pdf(countersigned(author_only, NADIA), ROOTS)
    ended = check_pdf(countersigned(author_only, COUNCIL.officer("Tom Applegarth", "tom-3", starts=-9, days=-2)), ROOTS)
    withdrawn = [COUNCIL.withdrawn(TOM, SIGNED_AT - timedelta(days=1))]
    from_elsewhere = countersigned(author_only, type(COUNCIL)("Elsewhere").officer("Tom Applegarth", "tom-3"))

    assert by_itself.outcome is Outcome.CHECKED_BY_ITS_AUTHOR
    assert ended.outcome is Outcome.NOT_VALID_THEN
    assert check_pdf(countersigned(author_only), ROOTS, lists=withdrawn).outcome is Outcome.WITHDRAWN_BEFORE
    assert check_pdf(countersigned(author_only, COUNCIL.service()), ROOTS).outcome is Outcome.NOT_AN_OFFICER
    assert check_pdf(from_elsewhere, ROOTS).outcome is Outcome.CHANGED


def test_where_no_room_was_left_nobody_signs() -> None:
    assert room_left(sealed(leaves_room=False)) is None


def test_a_check_that_only_the_page_speaks_of_is_said_to_be_its_sealers_word() -> None:
    made = replace(nadias(), checked=replace(nadias().signer, name="Tom Applegarth", officer_id=OfficerId("tom-3")))
    document = seal_pdf(render(made, fonts()), NADIA, reason="Signed", place="Ashmere", at=SIGNED_AT)

    assert "It says that Tom Applegarth checked it on " in check_pdf(document, ROOTS).sentence
    assert "for which Nadia Brightwater vouches." in check_pdf(document, ROOTS).sentence
    assert check_pdf(document, ROOTS).checked_by == ""
    assert not check_pdf(seal_pdf(render(made, fonts()), DELE, reason="", place="", at=SIGNED_AT), ROOTS).good
